import { Button } from 'antd';
import { Actions, CloseButton } from './Actions.tsx';
import { ErrorText } from './ErrorText.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import type { TaskControls } from './TaskSession.ts';
import { useTask } from './useTask.ts';

export interface TaskFailureProps {
  session: TaskControls;
  onClose?: (() => void) | undefined;
}

/** The host's stream ended without saying how the task did. */
const LOST = { code: 'lost-sight', message: '' };
/** The task may be running on: looking again is better than running it twice. */
const LOST_SIGHT = ['lost-sight', 'network', 'invalid-response', 'unauthorized', 'forbidden'];
/** What became of it, the server cannot tell. */
const UNCERTAIN = [...LOST_SIGHT, 'task-not-found', 'internal'];

/**
 * What went wrong, parameter by parameter where the server says so, and the ways on: try again, look again, back. It
 * says that nothing was stored: a task that stores on its way gives another text for `failed_nothing_stored`.
 */
export function TaskFailure({ session, onClose }: TaskFailureProps) {
  const { msg } = useTranslator();
  const { task, refusal, starting } = useTask(session);
  const error = task?.error ?? LOST;
  const lostSight = LOST_SIGHT.includes(error.code);
  return (
    <>
      <PhaseHeading outcome="failed">{msg(lostSight ? 'lost_heading' : 'failed_heading')}</PhaseHeading>
      <Notice kind="error">
        <ErrorText error={error} />
        {UNCERTAIN.includes(error.code) ? null : <div>{msg('failed_nothing_stored')}</div>}
      </Notice>
      <FailureNotice heading="refused_heading" failure={refusal} />
      <Actions>
        <CloseButton onClose={onClose} />
        <Button onClick={() => session.dismiss()}>{msg('back')}</Button>
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
