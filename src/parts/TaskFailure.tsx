import { Button } from 'antd';
import { Actions } from './Actions.tsx';
import { ErrorText } from './ErrorText.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { PanelFacts } from './PanelFacts.tsx';
import { phaseOf } from './phaseOf.ts';
import { TaskLines } from './TaskLines.tsx';
import type { TaskControls } from './TaskSession.ts';
import { useSession } from './useSession.ts';

export interface TaskFailureProps {
  session: TaskControls;
}

/** The host's stream ended and did not say how the task ended. */
const LOST = { code: 'lost-sight', message: '' };
/** With these errors not even the server knows what became of the task. */
const UNCERTAIN = ['task-not-found', 'internal'];

/**
 * Shows the user why the task failed, for each parameter if the server names them, and buttons to try again, to look
 * again and to go back. It says that nothing was stored: a task that commits parts of its work gives another text for
 * `failed_nothing_stored`.
 */
export function TaskFailure({ session }: TaskFailureProps) {
  const { msg } = useTranslator();
  const { task, refusal, starting } = useSession(session);
  if (!task) return null;
  const { error = LOST } = task;
  const lostSight = phaseOf(task) === 'lost';
  return (
    <>
      <TaskLines task={task} heading={msg(lostSight ? 'lost_heading' : 'failed_heading')} />
      {/* Only a failure is red: a task that is out of sight may still succeed. */}
      <Notice kind={lostSight ? 'warning' : 'error'}>
        <ErrorText error={error} />
        {lostSight || UNCERTAIN.includes(error.code) ? null : <div>{msg('failed_nothing_stored')}</div>}
      </Notice>
      <FailureNotice heading="refused_heading" failure={refusal} />
      <PanelFacts task={task} />
      <Actions start={<Button onClick={() => session.dismiss()}>{msg('back')}</Button>}>
        {lostSight ? (
          <Button type="primary" onClick={() => session.followAgain()}>
            {msg('look_again')}
          </Button>
        ) : session.canRetry() ? (
          <Button type="primary" aria-busy={starting} onClick={() => void session.retry()}>
            {msg(starting ? 'starting' : 'retry')}
          </Button>
        ) : null}
      </Actions>
    </>
  );
}
