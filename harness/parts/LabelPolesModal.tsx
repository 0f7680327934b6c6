import { Input } from 'antd';
import { useId, useState } from 'react';
import { DraggableModal, type HostApplication, useLocale } from '../../src/host/index.ts';
import {
  Facts,
  MessagesProvider,
  TaskPanel,
  type TaskSession,
  TaskSetup,
  TaskSummary,
  useMessages,
  useSelectedFeature,
} from '../../src/parts/index.ts';
import { packs } from './labelPolesPacks.ts';

export interface LabelPolesModalProps {
  app: HostApplication;
  session: TaskSession;
  open: boolean;
  onClose(): void;
}

/** An author writes this much to have a modal: the fields before the task, and the figures after it. */
export function LabelPolesModal(props: LabelPolesModalProps) {
  return (
    <MessagesProvider app={props.app} group="LABEL_POLES" packs={packs} host={useLocale('LABEL_POLES')}>
      <Window {...props} />
    </MessagesProvider>
  );
}

function Window({ app, session, open, onClose }: LabelPolesModalProps) {
  const { msg } = useMessages();
  return (
    <DraggableModal open={open} title={msg('title')} width={420} onCancel={onClose} footer={null}>
      <TaskPanel
        session={session}
        setup={<Setup app={app} session={session} />}
        facts={({ params }) => [[msg('design'), <bdi key="design">{nameOf(params?.design)}</bdi>]]}
        summary={(task) => (
          <TaskSummary
            session={session}
            task={task}
            heading={msg('labelled', { count: labelledOf(task.result) })}
          />
        )}
      />
    </DraggableModal>
  );
}

function Setup({ app, session }: Omit<LabelPolesModalProps, 'open' | 'onClose'>) {
  const { msg } = useMessages();
  const id = useId();
  const [prefix, setPrefix] = useState('P-');
  const design = useSelectedFeature(app)?._myw?.delta;
  return (
    <TaskSetup
      session={session}
      startLabel={msg('start')}
      params={design && prefix ? { design, prefix } : undefined}
      reason={msg(design ? 'no_prefix' : 'nothing_selected')}
    >
      <p style={{ marginBlockStart: 0 }}>{msg('intro')}</p>
      <Facts
        facts={[
          [msg('design'), <bdi key="design">{nameOf(design)}</bdi>],
          [
            msg('prefix'),
            <Input
              key="prefix"
              id={id}
              value={prefix}
              maxLength={20}
              onChange={(event) => setPrefix(event.target.value)}
            />,
            id,
          ],
        ]}
      />
    </TaskSetup>
  );
}

/** 'design/NAME' as people call it. */
function nameOf(design: unknown): string {
  return typeof design === 'string' ? design.replace('design/', '') : '–';
}

function labelledOf(result: unknown): number {
  return typeof result === 'object' && result !== null && 'labelled' in result ? Number(result.labelled) : 0;
}
