import { Button } from 'antd';
import type { TaskError } from '../contract.ts';
import { Actions } from './Actions.tsx';
import type { LrtController, LrtState } from './controller.ts';
import { ErrorText } from './ErrorText.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';

export interface FailureViewProps {
  controller: LrtController;
  state: LrtState;
  error: TaskError;
  onClose(): void;
}

/** The task may be running on: looking again is better than running it twice. */
const LOST_SIGHT = ['lost-sight', 'network', 'invalid-response', 'unauthorized', 'forbidden'];
/** What became of it, the server cannot tell. */
const UNCERTAIN = [...LOST_SIGHT, 'task-not-found', 'internal'];

/** What went wrong, and the ways on. */
export function FailureView({ controller, state, error, onClose }: FailureViewProps) {
  const { msg } = useTranslator();
  const lostSight = LOST_SIGHT.includes(error.code);
  return (
    <>
      <PhaseHeading outcome="failed">{msg(lostSight ? 'lost_heading' : 'failed_heading')}</PhaseHeading>
      <Notice kind="error">
        <ErrorText error={error} />
        {UNCERTAIN.includes(error.code) ? null : <div>{msg('failed_nothing_stored')}</div>}
      </Notice>
      {state.refusal ? (
        <Notice kind="error" urgent title={msg('refused_heading')}>
          <ErrorText error={state.refusal} />
        </Notice>
      ) : null}
      <Actions>
        <Button onClick={onClose}>{msg('close')}</Button>
        <Button onClick={() => controller.dismiss()}>{msg('back')}</Button>
        {lostSight ? (
          <Button type="primary" onClick={() => controller.followAgain()}>
            {msg('look_again')}
          </Button>
        ) : controller.canRetry() ? (
          <Button type="primary" aria-busy={state.starting} onClick={() => void controller.retry()}>
            {msg(state.starting ? 'starting' : 'retry')}
          </Button>
        ) : null}
      </Actions>
    </>
  );
}
