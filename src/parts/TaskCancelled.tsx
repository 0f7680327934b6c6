import { Button } from 'antd';
import { Actions } from './Actions.tsx';
import { useTranslator } from './MessagesContext.ts';
import { PanelFacts } from './PanelFacts.tsx';
import { TaskLines } from './TaskLines.tsx';
import type { TaskControls } from './TaskSession.ts';
import { useLook } from './useLook.ts';
import { useSession } from './useSession.ts';

export interface TaskCancelledProps {
  session: TaskControls;
}

/** The task was cancelled: nothing of it is left. */
export function TaskCancelled({ session }: TaskCancelledProps) {
  const translator = useTranslator();
  const { msg } = translator;
  const { task } = useSession(session);
  const looked = useLook(session, task);
  if (!task) return null;
  const dismiss = () => session.dismiss();
  return (
    <>
      <TaskLines task={task} heading={looked?.cancelledBy(translator) ?? msg('cancelled_heading')} />
      <div>{msg('failed_nothing_stored')}</div>
      <PanelFacts task={task} />
      <Actions start={<Button onClick={dismiss}>{msg('back')}</Button>}>
        <Button type="primary" onClick={dismiss}>
          {msg('start_another')}
        </Button>
      </Actions>
    </>
  );
}
