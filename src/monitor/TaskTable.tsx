import { theme } from 'antd';
import type { ReactNode } from 'react';
import { isTerminal } from '../contract/index.ts';
import { formatPercent } from '../locales/intl.ts';
import { StateIcon } from '../parts/StateIcon.tsx';
import { stateOf } from '../parts/stateOf.ts';
import { countText, designOf, outcomeText, stepText, waitingText } from '../parts/taskWords.ts';
import { EDGE } from './edge.ts';
import { useMonitor } from './MonitorContext.ts';
import { ProblemText } from './ProblemText.tsx';
import { RowButtons } from './RowButtons.tsx';
import { TaskName } from './TaskName.tsx';
import type { TaskRowProps } from './taskRowProps.ts';
import { dateTime, elapsedText, zonedTime } from './times.ts';

// The monitor as a page is a table: the same facts in columns, and more of them.

/**
 * The widths of the columns: icon, task, design, state, progress, owner, started, ended, duration, attempt, tags, buttons.
 * With gaps and edges they need the TABLE_WIDTH of MonitorBody.
 */
const COLUMNS =
  '16px minmax(150px, 1.4fr) minmax(84px, 0.8fr) minmax(180px, 3fr) minmax(64px, 0.3fr) minmax(80px, 0.6fr) 120px 120px 84px 56px minmax(86px, 0.6fr) 84px';

const GRID = { display: 'grid', gridTemplateColumns: COLUMNS, columnGap: 8, alignItems: 'center' } as const;

/** The heads of the columns. */
export function TableHead() {
  const { token } = theme.useToken();
  const { words } = useMonitor();
  const { msg } = words;
  const heads = [
    '',
    msg('filter_name'),
    msg('design'),
    msg('filter_status'),
    msg('column_progress'),
    msg('column_owner'),
    msg('column_started'),
    msg('column_ended'),
    msg('result_duration'),
    msg('column_attempt'),
    msg('column_tags'),
    '',
  ];
  return (
    <div
      aria-hidden="true"
      style={{
        ...GRID,
        height: 32,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        color: token.colorTextSecondary,
        fontSize: token.fontSizeSM,
        fontWeight: 600,
      }}
    >
      {heads.map((head, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns do not change.
        <Cell key={at} title={head}>
          {head}
        </Cell>
      ))}
    </div>
  );
}

/** A task as a row of the table, 40 px high. */
export function TableRow({ task, nowMs, connection, problem, isHot, box, isGone }: TaskRowProps) {
  const { token } = theme.useToken();
  const { words, user, serverTime } = useMonitor();
  const { language, msg } = words;
  const state = stateOf(task, connection);
  const now = serverTime(nowMs);
  const { percent } = task.progress;
  const started = Date.parse(task.startedAt ?? '');
  const ended = Date.parse(task.finishedAt ?? '');
  const isEnded = isTerminal(task.status);
  const seconds = ((isEnded ? ended : now) - started) / 1000;
  const said =
    state === 'cancelling'
      ? msg('status_cancelling')
      : isEnded
        ? outcomeText(task, words, { user })
        : (waitingText(task, words, now)?.reason ?? stepText(task, words) ?? msg('status_running'));
  const when = (ms: number, iso: string | undefined) => (
    <Cell title={zonedTime(iso, language)}>{Number.isNaN(ms) ? '' : dateTime(ms, language, nowMs)}</Cell>
  );
  return (
    <div
      style={{
        ...GRID,
        height: 39,
        paddingInline: EDGE,
        opacity: isGone ? 0.5 : 1,
        color: token.colorTextSecondary,
        fontSize: token.fontSize - 1,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {box ?? <StateIcon state={state} percent={percent} />}
      <span style={{ display: 'flex', alignItems: 'center', gap: token.marginXS, minWidth: 0 }}>
        <TaskName task={task} />
      </span>
      <Cell title={designOf(task)}>{designOf(task)}</Cell>
      {problem ? (
        <ProblemText problem={problem} />
      ) : (
        // A sentence of ours has our direction, also where it begins with a name of the other one.
        <span title={said} style={{ ...CUT, color: state === 'failed' ? token.colorError : undefined }}>
          {said}
        </span>
      )}
      <Cell title={countText(task, words)}>
        {/* The state of a task that succeeded says how much it did. */}
        {task.status === 'succeeded'
          ? ''
          : percent === null
            ? (countText(task, words) ?? '')
            : formatPercent(percent, language)}
      </Cell>
      <Cell title={task.owner}>{task.owner}</Cell>
      {when(started, task.startedAt)}
      {when(ended, task.finishedAt)}
      <Cell>{Number.isNaN(seconds) ? '' : elapsedText(seconds, language)}</Cell>
      <Cell>{task.attempt > 1 ? task.attempt : ''}</Cell>
      <Cell title={task.tags.join(', ')}>{task.tags.join(', ')}</Cell>
      {isHot && !isGone ? <RowButtons task={task} /> : <span />}
    </div>
  );
}

const CUT = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** Its text has a direction of its own, and stands below the head of its column in any direction. */
function Cell({ title, children }: { title?: string | undefined; children: ReactNode }) {
  return (
    <bdi title={title} style={{ ...CUT, justifySelf: 'start', maxWidth: '100%' }}>
      {children}
    </bdi>
  );
}
