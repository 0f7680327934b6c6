import { Button, theme } from 'antd';
import type { ReactNode } from 'react';
import type { TaskProgress } from '../contract/index.ts';
import { formatDuration } from '../locales/intl.ts';
import { Actions } from './Actions.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { onDemand } from './onDemand.tsx';
import { usePanel } from './panel.ts';
import { statusText } from './statusText.ts';
import { Line, TaskLines } from './TaskLines.tsx';
import type { TaskControls } from './TaskSession.ts';
import { elapsedSeconds } from './taskTimes.ts';
import { useEstimates } from './useEstimates.ts';
import type { FollowedMap } from './useFollow.ts';
import { useLook } from './useLook.ts';
import { useNow } from './useNow.ts';
import { useSession } from './useSession.ts';

const TellMe = onDemand(() => import('./TellMe.tsx').then((module) => module.TellMe));

export interface TaskProgressViewProps {
  session: TaskControls;
  /** Facts such as the design that the task works on. They are shown above its times. */
  facts?: readonly Fact[] | undefined;
  /**
   * Describes the current work in the user's language. Default: the message `progress_detail`, else the server's
   * message.
   */
  detail?: (progress: TaskProgress) => ReactNode;
  /** The user can let this map follow what the task builds; there is no button where the map cannot follow. */
  map?: FollowedMap | undefined;
}

const FollowButton = onDemand(() => import('./FollowButton.tsx').then((module) => module.FollowButton));

/**
 * Shows a running task, or nothing if the session has none. Every line keeps its place, whatever events arrive. The view
 * shows only facts that the host reports: no figure without a percentage, and no connection state without a report.
 */
export function TaskProgressView({ session, facts = [], detail, map }: TaskProgressViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const { compact } = usePanel();
  const now = useNow();
  const estimates = useEstimates();
  const { task, ...state } = useSession(session);
  const looked = useLook(session, task);
  if (!task) return null;
  const cancelling = state.cancelling || task.cancelRequested;
  const elapsed = elapsedSeconds(task, now);
  const remaining = estimates?.remainingOf(session, task, now);
  const elapsedText = elapsed === undefined ? undefined : formatDuration(elapsed, language);
  const waiting = cancelling ? undefined : looked?.waiting(translator, now);
  // '2nd · starts in 8 to 20 sec' with the reason below; the reason alone where nobody knows more.
  const place = [waiting?.place, waiting?.when].filter(Boolean).join(' · ');
  const [heading, step] =
    waiting && !waiting.isStuck && place !== '' ? [place, waiting.reason] : [waiting?.reason, place];
  return (
    <>
      <TaskLines
        task={task}
        heading={heading ?? statusText(cancelling ? { ...task, cancelRequested: true } : task, translator)}
        {...(waiting && { step, isStuck: waiting.isStuck })}
        cancelling={cancelling}
        {...(detail && { detail })}
      />
      {compact ? (
        <Line style={{ color: token.colorTextSecondary }}>
          {[elapsedText, estimates?.remainingLeftText(translator, remaining)].filter(Boolean).join(' · ')}
        </Line>
      ) : (
        <div style={{ marginBlockStart: token.marginXS }}>
          <Facts
            facts={[
              ...facts,
              [msg('elapsed'), elapsedText ?? '–'],
              [msg('remaining'), estimates?.remainingText(translator, remaining) ?? '–'],
            ]}
          />
        </div>
      )}
      {task.attempt > 1 ? (
        <Notice kind="warning" urgent>
          {msg('attempt_notice', { attempt: task.attempt })}
        </Notice>
      ) : null}
      <FailureNotice heading="cancel_failed_heading" failure={state.cancelFailure} />
      <TellMe task={task} now={now} />
      <Actions
        start={
          state.canCancel ? (
            // Not `disabled`: the focus would be lost, and with it the way on from here.
            <Button
              danger
              aria-disabled={cancelling}
              style={cancelling ? { opacity: 0.65, cursor: 'default' } : {}}
              onClick={() => cancelling || void session.cancel()}
            >
              {msg(cancelling ? 'status_cancelling' : 'cancel_task')}
            </Button>
          ) : null
        }
      >
        {map?.onMove && session.grown ? <FollowButton session={session} map={map} /> : null}
      </Actions>
    </>
  );
}
