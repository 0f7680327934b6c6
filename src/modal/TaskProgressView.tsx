import { Button, Progress, theme } from 'antd';
import { useId } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { TaskProgress } from '../contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration, formatPercent } from '../locales/intl.ts';
import { Actions } from './Actions.tsx';
import { ConnectionStateView } from './ConnectionStateView.tsx';
import type { LrtController, LrtState } from './controller.ts';
import { designFact } from './designFact.tsx';
import { ErrorText } from './ErrorText.tsx';
import { Facts } from './Facts.tsx';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import { statusText } from './statusText.ts';
import { elapsedSeconds, remainingSeconds } from './taskTimes.ts';
import { useNow } from './useNow.ts';

export interface TaskProgressViewProps {
  controller: LrtController;
  state: LrtState;
  task: TaskState;
  onClose(): void;
}

/** A task at work. Every line keeps its place, whatever comes in. */
export function TaskProgressView({ controller, state, task, onClose }: TaskProgressViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const now = useNow();
  const headingId = useId();
  const { percent } = task.progress;
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
      <PhaseHeading outcome="running">
        <span id={headingId}>{statusText(task, translator)}</span>
      </PhaseHeading>
      <div style={line}>{stepText(task.progress, translator)}</div>
      <div style={{ ...line, display: 'flex', alignItems: 'center', gap: token.marginXS }}>
        <Progress
          percent={percent ?? 0}
          status="active"
          showInfo={false}
          aria-label={msg('progress_label')}
          style={{ flex: 1, margin: 0, lineHeight: 1 }}
        />
        <span style={{ minWidth: '3.2em', textAlign: 'end' }}>
          {percent === null ? null : formatPercent(percent, language)}
        </span>
      </div>
      <div style={{ ...line, marginBlockEnd: token.marginXS }}>{detailText(task.progress, translator)}</div>
      <Facts
        facts={[
          ...designFact(task, translator),
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
        <ConnectionStateView connection={task.connection} now={now} />
      </div>
      {task.attempt > 1 ? (
        <Notice kind="warning" urgent>
          {msg('attempt_notice', { attempt: task.attempt })}
        </Notice>
      ) : null}
      {state.cancelFailure ? (
        <Notice kind="error" urgent title={msg('cancel_failed_heading')}>
          <ErrorText error={state.cancelFailure} />
        </Notice>
      ) : null}
      <Actions>
        {state.canCancel ? (
          // Not `disabled`: the focus would be lost, and with it the way on from here.
          <Button
            danger
            aria-disabled={cancelling}
            style={cancelling ? { opacity: 0.65, cursor: 'default' } : {}}
            onClick={() => cancelling || void controller.cancel()}
          >
            {msg(cancelling ? 'status_cancelling' : 'cancel_task')}
          </Button>
        ) : null}
        <Button onClick={onClose}>{msg('close')}</Button>
      </Actions>
    </>
  );
}

/** 'Step 4 of 5 · Connecting addresses'; the server's own words for a step that we do not know. */
function stepText(progress: TaskProgress, { msg, find }: Translator): string {
  const { step, stepCount } = progress;
  if (step === null) return '';
  const position = stepCount ? msg('step_of', { step, count: stepCount }) : msg('step_only', { step });
  const name = find(`step_${step}`);
  return name ? `${position} · ${name}` : position;
}

function detailText({ done, total, message }: TaskProgress, { msg }: Translator): string {
  return done === undefined || total === undefined ? message : msg('connected', { done, total });
}
