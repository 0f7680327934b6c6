import { theme } from 'antd';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { isTerminal, type TaskProgress } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatPercent, formatTime } from '../locales/intl.ts';
import { ConnectionStateView, connectionText } from './ConnectionStateView.tsx';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { type PanelSettings, usePanel } from './panel.ts';
import { stateOf } from './stateOf.ts';
import { isHeardOf } from './statusText.ts';
import { useNow } from './useNow.ts';

export interface TaskLinesProps extends Pick<PanelSettings, 'detail'> {
  task: TaskState;
  heading: ReactNode;
  /** The user has asked for the task's cancellation, and the server has not said so yet. */
  cancelling?: boolean;
  /** Stands in place of the step, such as the reason for which the task waits. */
  step?: ReactNode;
  /** The task waits, and cannot start. */
  isStuck?: boolean;
}

const HueChip = onDemand(() => import('./HueChip.tsx').then((module) => module.HueChip));

/**
 * Shows the first lines of a task in every phase: its state with the connection, its step, its bar with the percent, and its
 * count. Each line keeps its place and its height, whatever events arrive and however the task ends.
 */
export function TaskLines({ task, heading, cancelling = false, isStuck = false, ...props }: TaskLinesProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const { msg, language } = translator;
  const panel = usePanel();
  const now = useNow();
  const { progress, connection } = task;
  const { percent } = progress;
  const active = !isTerminal(task.status) && !task.ended;
  const cancelRequested = active && (cancelling || task.cancelRequested);
  const known = stateOf({ ...task, cancelRequested });
  const state = isStuck && known === 'queued' ? 'stuck' : known;
  const detail = props.detail ?? panel.detail;
  // While the connection is lost, the step may be an old one. The user sees at which time it was true.
  const lost = active && connection.state === 'reconnecting';
  const asOf = useRef(now);
  if (!lost) asOf.current = now;
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: token.marginXS }}>
        <PhaseHeading
          state={state}
          percent={percent}
          chip={active && panel.overlay?.hue ? <HueChip task={task} overlay={panel.overlay} /> : null}
        >
          {heading}
        </PhaseHeading>
        {active && !(connection.state === 'connecting' && isHeardOf(task)) ? (
          <span
            style={{
              // Its words are long in some languages. The heading goes before them, and does not break into lines.
              flex: connection.state === 'connecting' ? '0 1000 auto' : 'none',
              display: 'flex',
              minWidth: 0,
              height: `${token.lineHeight}em`,
            }}
          >
            <ConnectionStateView connection={connection}>
              {lost
                ? msg('as_of', { time: formatTime(asOf.current, language) })
                : connection.state === 'polling'
                  ? msg('connection_delayed')
                  : null}
            </ConnectionStateView>
          </span>
        ) : null}
      </div>
      <Line>
        {lost ? connectionText(connection, now, translator) : (props.step ?? stepText(progress, translator))}
      </Line>
      <Line style={{ display: 'flex', alignItems: 'center', gap: token.marginXS }}>
        <ProgressBar percent={percent} state={state} label={msg('progress_label')} />
        <span style={{ minWidth: '2.8em', textAlign: 'end' }}>
          {percent === null ? null : formatPercent(percent, language)}
        </span>
      </Line>
      <Line style={{ color: token.colorTextSecondary }}>
        {detail?.(progress) ?? detailText(progress, translator.find)}
      </Line>
      {active && connection.state === 'polling' ? (
        <div style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
          {msg('connection_polling')}
        </div>
      ) : null}
    </>
  );
}

/**
 * A line that keeps its height while it has no words. In a sheet, which has no room for a second line, words that are too long
 * end in an ellipsis, and the tooltip has the whole.
 */
export function Line({ style, children }: { style?: CSSProperties; children?: ReactNode }) {
  const { token } = theme.useToken();
  const { compact } = usePanel();
  return (
    <div
      title={compact && typeof children === 'string' && children !== '' ? children : undefined}
      style={{
        ...(compact && {
          flex: 'none',
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }),
        minHeight: `${token.lineHeight}em`,
        overflowWrap: 'anywhere',
        fontVariantNumeric: 'tabular-nums',
        ...style,
      }}
    >
      {children}
    </div>
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

function detailText({ done, total, message }: TaskProgress, find: Translator['find']): ReactNode {
  const counted =
    done === undefined || total === undefined ? undefined : find('progress_detail', { done, total });
  return counted ?? <bdi>{message}</bdi>;
}
