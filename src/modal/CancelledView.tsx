import { Button } from 'antd';
import { Actions } from './Actions.tsx';
import type { LrtController } from './controller.ts';
import { useTranslator } from './MessagesContext.ts';
import { PhaseHeading } from './PhaseHeading.tsx';

/** The task was cancelled: nothing of it is left. */
export function CancelledView({ controller, onClose }: { controller: LrtController; onClose(): void }) {
  const { msg } = useTranslator();
  return (
    <>
      <PhaseHeading outcome="cancelled">{msg('cancelled_heading')}</PhaseHeading>
      <div>{msg('failed_nothing_stored')}</div>
      <Actions>
        <Button onClick={onClose}>{msg('close')}</Button>
        <Button type="primary" onClick={() => controller.dismiss()}>
          {msg('start_another')}
        </Button>
      </Actions>
    </>
  );
}
