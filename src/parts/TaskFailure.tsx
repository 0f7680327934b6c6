import { Button } from 'antd';
import { Actions, CloseButton } from './Actions.tsx';
import { ErrorText } from './ErrorText.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import { phaseOf } from './phaseOf.ts';
import type { TaskControls } from './TaskSession.ts';
import { useSession } from './useSession.ts';

export interface TaskFailureProps {
  session: TaskControls;
  onClose?: (() => void) | undefined;
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
export function TaskFailure({ session, onClose }: TaskFailureProps) {
  const { msg } = useTranslator();
  const { task, refusal, starting } = useSession(session);
  const error = task?.error ?? LOST;
  const lostSight = phaseOf(task) === 'lost';
  return (
    <>
      <PhaseHeading outcome={lostSight ? 'lost' : 'failed'}>
        {msg(lostSight ? 'lost_heading' : 'failed_heading')}
      </PhaseHeading>
      {/* Only a failure is red: a task that is out of sight may still succeed. */}
      <Notice kind={lostSight ? 'warning' : 'error'}>
        <ErrorText error={error} />
        {lostSight || UNCERTAIN.includes(error.code) ? null : <div>{msg('failed_nothing_stored')}</div>}
      </Notice>
      <FailureNotice heading="refused_heading" failure={refusal} />
      <Actions
        start={
          <>
            <CloseButton onClose={onClose} />
            <Button onClick={() => session.dismiss()}>{msg('back')}</Button>
          </>
        }
      >
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
