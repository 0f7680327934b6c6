import { Button, Progress, theme } from 'antd';
import type { ReactNode } from 'react';
import type { TaskProgress } from '../contract/index.ts';
import { useLessMotion } from '../host/useLessMotion.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration, formatPercent } from '../locales/intl.ts';
import { Actions, CloseButton } from './Actions.tsx';
import { ConnectionStateView } from './ConnectionStateView.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { onDemand } from './onDemand.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import { isHeardOf, statusText } from './statusText.ts';
import type { TaskControls } from './TaskSession.ts';
import { elapsedSeconds, remainingSeconds } from './taskTimes.ts';
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
  onClose?: (() => void) | undefined;
}

/**
 * Shows a running task, or nothing if the session has none. Every row keeps its place, whatever events arrive. The view
 * shows only facts that the host reports: no figure without a percentage, and no connection state without a report.
 */
export function TaskProgressView({ session, facts = [], detail, onClose }: TaskProgressViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, find, language } = translator;
  const lessMotion = useLessMotion();
  const now = useNow();
  const { task, ...state } = useSession(session);
  if (!task) return null;
  const { progress, connection } = task;
  const { percent } = progress;
  const cancelling = state.cancelling || task.cancelRequested;
  const elapsed = elapsedSeconds(task, now);
  const remaining = remainingSeconds(task, now);
  const line = {
    minHeight: `${token.lineHeight}em`,
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  } as const;
  return (
    <>
      <PhaseHeading outcome="running">{statusText(task, translator)}</PhaseHeading>
      <div style={line}>{stepText(progress, translator)}</div>
      <div style={{ ...line, display: 'flex', alignItems: 'center', gap: token.marginXS }}>
        <Progress
          {...(percent === null && task.status === 'running'
            ? // At work, and nobody knows how far.
              { percent: 100, strokeColor: stripes(token.colorPrimary, token.colorPrimaryBorder) }
            : // As the figure beside it: each change moves the bar for 300 ms, which is work for the page.
              { percent: Math.floor(percent ?? 0) })}
          // Nobody knows how far the task has come meanwhile.
          {...(connection.state === 'reconnecting' && { strokeColor: token.colorTextSecondary })}
          {...(cancelling && { strokeColor: stripes(token.colorTextSecondary, token.colorTextQuaternary) })}
          {...(percent === null && { 'aria-valuenow': undefined })}
          // A still bar where nothing shall move: antd moves an active one whatever the theme says.
          status={token.motion && !lessMotion ? 'active' : 'normal'}
          showInfo={false}
          aria-label={msg('progress_label')}
          style={{ flex: 1, margin: 0, lineHeight: 1 }}
        />
        <span style={{ minWidth: '3.2em', textAlign: 'end' }}>
          {percent === null ? null : formatPercent(percent, language)}
        </span>
      </div>
      <div style={{ ...line, marginBlockEnd: token.marginXS }}>
        {detail?.(progress) ?? detailText(progress, find)}
      </div>
      <Facts
        facts={[
          ...facts,
          [msg('elapsed'), elapsed === undefined ? '–' : formatDuration(elapsed, language)],
          [
            msg('remaining'),
            remaining === undefined
              ? '–'
              : msg('remaining_about', { duration: formatDuration(remaining, language) }),
          ],
        ]}
      />
      <div style={{ ...line, marginBlockStart: token.marginXS }}>
        {connection.state === 'connecting' && isHeardOf(task) ? null : (
          <ConnectionStateView connection={connection} />
        )}
      </div>
      {task.attempt > 1 ? (
        <Notice kind="warning" urgent>
          {msg('attempt_notice', { attempt: task.attempt })}
        </Notice>
      ) : null}
      <FailureNotice heading="cancel_failed_heading" failure={state.cancelFailure} />
      <TellMe task={task} now={now} />
      <Actions
        start={
          <>
            <CloseButton onClose={onClose} />
            {state.canCancel ? (
              // Not `disabled`: the focus would be lost, and with it the way on from here.
              <Button
                danger
                aria-disabled={cancelling}
                style={cancelling ? { opacity: 0.65, cursor: 'default' } : {}}
                onClick={() => cancelling || void session.cancel()}
              >
                {msg(cancelling ? 'status_cancelling' : 'cancel_task')}
              </Button>
            ) : null}
          </>
        }
      />
    </>
  );
}

/** Stripes in two colours, in motion where the theme moves. */
function stripes(one: string, other: string): string {
  return `repeating-linear-gradient(120deg, ${one} 0 10px, ${other} 10px 20px)`;
}

/** 'Step 4 of 5 · Connecting addresses'; the server's own words for a step that we do not know. */
function stepText(progress: TaskProgress, { msg, find }: Translator): string {
  const { step, stepCount } = progress;
  if (step === null) return '';
  const position = stepCount ? msg('step_of', { step, count: stepCount }) : msg('step_only', { step });
  const name = find(`step_${step}`);
  return name ? `${position} · ${name}` : position;
}

function detailText({ done, total, message }: TaskProgress, find: Translator['find']): ReactNode {
  const counted =
    done === undefined || total === undefined ? undefined : find('progress_detail', { done, total });
  return counted ?? <bdi>{message}</bdi>;
}
