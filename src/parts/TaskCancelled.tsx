import { Button } from 'antd';
import { Actions, CloseButton } from './Actions.tsx';
import { useTranslator } from './MessagesContext.ts';
import { PhaseHeading } from './PhaseHeading.tsx';
import type { TaskControls } from './TaskSession.ts';

export interface TaskCancelledProps {
  session: TaskControls;
  onClose?: (() => void) | undefined;
}

/** The task was cancelled: nothing of it is left. */
export function TaskCancelled({ session, onClose }: TaskCancelledProps) {
  const { msg } = useTranslator();
  return (
    <>
      <PhaseHeading outcome="cancelled">{msg('cancelled_heading')}</PhaseHeading>
      <div>{msg('failed_nothing_stored')}</div>
      <Actions
        start={
          <>
            <CloseButton onClose={onClose} />
            <Button onClick={() => session.dismiss()}>{msg('start_another')}</Button>
          </>
        }
      />
    </>
  );
}
