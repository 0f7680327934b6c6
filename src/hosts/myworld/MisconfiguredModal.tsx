import { Button } from 'antd';
import type { HostApplication } from '../../host/contract.ts';
import { connectionLocales } from '../../locales/customerConnection/connectionLocales.ts';
import { MESSAGE_GROUP } from '../../modal/messageGroup.ts';
import { Actions } from '../../parts/Actions.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useTranslation } from '../../parts/useTranslation.ts';
import type { HostModules } from './hostModules.ts';

export interface MisconfiguredModalProps {
  host: Pick<HostModules, 'DraggableModal' | 'useLocale'>;
  app: HostApplication;
  open: boolean;
  onClose(): void;
  /** Names the mistake and its fix, for whoever configured the application. */
  problem: string;
}

/** In the modal's place where the plugin was registered with options that it cannot work with. */
export function MisconfiguredModal({ host, app, open, onClose, problem }: MisconfiguredModalProps) {
  const translator = useTranslation({
    app,
    group: MESSAGE_GROUP,
    host: host.useLocale(MESSAGE_GROUP),
    locales: connectionLocales,
  });
  const { DraggableModal } = host;
  return (
    <DraggableModal
      open={open}
      title={translator?.msg('title')}
      width={440}
      onCancel={onClose}
      footer={null}
      wrapClassName="lrt-modal"
    >
      {open && translator ? (
        <div lang={translator.language} dir={translator.direction}>
          <Notice kind="error" urgent>
            {translator.msg('window_broken', { message: problem })}
          </Notice>
          <Actions>
            <Button onClick={onClose}>{translator.msg('close')}</Button>
          </Actions>
        </div>
      ) : null}
    </DraggableModal>
  );
}
