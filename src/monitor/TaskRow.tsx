import { theme } from 'antd';
import { type CSSProperties, Fragment } from 'react';
import { isTerminal } from '../contract/index.ts';
import { formatPercent } from '../locales/intl.ts';
import { StateIcon } from '../parts/StateIcon.tsx';
import { type ShownState, stateOf } from '../parts/stateOf.ts';
import { countText, designOf, outcomeText, stepText, waitingText } from '../parts/taskWords.ts';
import { EDGE, GAP } from './edge.ts';
import { LookAgain, OutOfSight, RowButtons } from './lazyParts.ts';
import { useMonitor } from './MonitorContext.ts';
import { NextAct } from './NextAct.tsx';
import { ProblemText } from './ProblemText.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { TaskName } from './TaskName.tsx';
import { TaskTags } from './TaskTags.tsx';
import type { ActionProblem } from './taskActions.ts';
import type { TaskRowProps } from './taskRowProps.ts';
import { ago, elapsedText, zonedTime } from './times.ts';

const CUT: CSSProperties = {
  overflow: 'hidden',
  minWidth: 0,
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
};

/** Shows one task of the panel's list. Its lines keep their places whatever the task does. */
export function TaskRow(props: TaskRowProps) {
  const { task, isGone, isHot, box, connection, nowMs } = props;
  const { token } = theme.useToken();
  const { actions } = useMonitor();
  // Nobody knows how a task goes on that went while it was active.
  const isLost = isGone && !isTerminal(task.status);
  const state = isLost ? 'lost' : stateOf(task, connection);
  const isEnded = isTerminal(task.status);
  const act =
    isEnded &&
    !isGone &&
    (actions.can('retryFailed', task) || (task.status === 'failed' && actions.can('retry', task)));
  const slot = isLost ? (
    <LookAgain task={task} />
  ) : isGone ? null : isHot ? (
    <RowButtons task={task} />
  ) : (
    <Slot {...props} state={state} />
  );
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: '16px minmax(0, 1fr) auto',
        columnGap: 10,
        alignContent: 'start',
        paddingBlock: '7px 6px',
        paddingInline: EDGE,
        opacity: isGone && !isLost ? 0.5 : 1,
        color: token.colorTextSecondary,
        fontSize: token.fontSize - 1,
        fontVariantNumeric: 'tabular-nums',
        lineHeight: '18px',
      }}
    >
      <span style={{ display: 'flex', height: 16, marginBlockStart: 2 }}>
        {box ?? <StateIcon state={state} percent={task.progress.percent} />}
      </span>
      <Title {...props} />
      {act ? (
        <span
          style={{
            display: 'flex',
            alignItems: 'center',
            alignSelf: 'center',
            gap: 4,
            gridArea: '1 / 3 / 3',
          }}
        >
          <NextAct task={task} />
          {isHot ? <RowButtons task={task} /> : null}
        </span>
      ) : (
        <span
          style={{
            display: 'flex',
            alignItems: 'center',
            justifyContent: 'end',
            height: 20,
            whiteSpace: 'nowrap',
          }}
        >
          {slot}
        </span>
      )}
      <span style={{ gridColumn: act ? '2' : '2 / 4', minWidth: 0 }}>
        {isEnded ? <Outcome {...props} state={state} /> : null}
        {isLost ? <OutOfSight {...props} /> : null}
        {!isLost && task.status === 'queued' && !task.cancelRequested ? (
          <Waiting task={task} nowMs={nowMs} />
        ) : null}
        {!isLost && !isEnded && (task.status === 'running' || task.cancelRequested) ? (
          <Running {...props} state={state} />
        ) : null}
      </span>
    </div>
  );
}

function Title({ task }: TaskRowProps) {
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: GAP, minWidth: 0, height: 20 }}>
      <TaskName task={task} />
      <TaskTags task={task} />
    </span>
  );
}

/** The end of the first line: percent, the place in the queue, or how long ago it ended. */
function Slot({ task, nowMs, state }: TaskRowProps & { state: ShownState }) {
  const { token } = theme.useToken();
  const { words, serverTime } = useMonitor();
  const { language } = words;
  if (isTerminal(task.status)) {
    const seconds = (serverTime(nowMs) - Date.parse(task.finishedAt ?? task.createdAt)) / 1000;
    return <time title={zonedTime(task.finishedAt, language)}>{ago(seconds, language)}</time>;
  }
  if (state === 'cancelling') return words.msg('status_cancelling');
  if (task.status === 'queued') {
    const waiting = waitingText(task, words, serverTime(nowMs));
    return [waiting?.place, waiting?.when].filter(Boolean).join(' · ');
  }
  const { percent } = task.progress;
  return percent === null ? null : (
    <bdi style={{ color: token.colorText }}>{formatPercent(percent, language)}</bdi>
  );
}

/** The lines of a task that runs, or is being cancelled. */
function Running({ task, nowMs, state, problem }: TaskRowProps & { state: ShownState }) {
  const { words, user, serverTime, leftOf } = useMonitor();
  const { language, msg } = words;
  const design = designOf(task);
  const step = stepText(task, words);
  const now = serverTime(nowMs);
  const isCancelling = state === 'cancelling';
  const owner = user !== undefined && task.owner !== user ? task.owner : undefined;
  const asked =
    task.cancelledBy === undefined
      ? undefined
      : task.cancelledBy === user
        ? msg('asked_by_you')
        : msg('asked_by', { name: task.cancelledBy });
  const start = [asked ?? countText(task, words), owner].filter((text) => text !== undefined && text !== '');
  let end: string | undefined;
  if (isCancelling) {
    const at = Date.parse(task.cancelRequestedAt ?? '');
    end = Number.isNaN(at) ? undefined : ago((now - at) / 1000, language);
  } else if (task.startedAt) {
    const elapsed = elapsedText((now - Date.parse(task.startedAt)) / 1000, language);
    const left = state === 'running' ? leftOf(task, nowMs) : undefined;
    end = left === undefined ? elapsed : `${elapsed} · ${left}`;
  }
  const second = [design, step].filter((text) => text !== undefined);
  return (
    <>
      <Cut texts={second} />
      <ProgressBar state={state} percent={task.progress.percent} />
      <span style={{ display: 'flex', justifyContent: 'space-between', gap: 8, height: 18 }}>
        {problem ? <ProblemText problem={problem} /> : <Cut texts={start} />}
        <time
          title={zonedTime(isCancelling ? task.cancelRequestedAt : task.startedAt, language)}
          style={{ whiteSpace: 'nowrap' }}
        >
          {end}
        </time>
      </span>
    </>
  );
}

/** The line of a task that waits: the reason, with a link to the task that it waits for. */
function Waiting({
  task,
  nowMs,
  problem,
}: Pick<TaskRowProps, 'task' | 'nowMs'> & { problem?: ActionProblem }) {
  const { token } = theme.useToken();
  const { words, serverTime, show } = useMonitor();
  const waiting = waitingText(task, words, serverTime(nowMs));
  if (problem) return <ProblemText problem={problem} />;
  if (!waiting) return null;
  const { reason, heldBy, isStuck } = waiting;
  const at = heldBy ? reason.lastIndexOf(heldBy.title) : -1;
  return (
    <span title={reason} style={{ ...CUT, display: 'block', ...(isStuck && { color: token.colorText }) }}>
      {heldBy && at >= 0 ? (
        <>
          {reason.slice(0, at)}
          <button
            type="button"
            tabIndex={-1}
            onClick={() => show(heldBy.id)}
            style={{
              padding: 0,
              border: 0,
              background: 'none',
              color: token.colorLink,
              font: 'inherit',
              cursor: 'pointer',
            }}
          >
            {heldBy.title}
          </button>
          {reason.slice(at + heldBy.title.length)}
        </>
      ) : (
        reason
      )}
    </span>
  );
}

/** The line of a task that has ended: its design, and how it ended. */
function Outcome({ task, problem, height, state }: TaskRowProps & { state: ShownState }) {
  const { token } = theme.useToken();
  const { words, user } = useMonitor();
  const design = designOf(task);
  const outcome = outcomeText(task, words, { user }) ?? '';
  if (problem) return <ProblemText problem={problem} />;
  const lines = height > 52 ? 2 : 1;
  const colour =
    state === 'failed' ? token.colorError : state === 'partly-succeeded' ? token.colorText : undefined;
  return (
    <span
      title={outcome}
      style={{
        display: '-webkit-box',
        overflow: 'hidden',
        overflowWrap: 'anywhere',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: lines,
      }}
    >
      {design === undefined ? null : (
        <>
          <bdi>{design}</bdi>
          {' · '}
        </>
      )}
      <bdi style={{ color: colour }}>{outcome}</bdi>
    </span>
  );
}

/** Texts on one line, each by its own direction. The tooltip has the whole. */
function Cut({ texts }: { texts: readonly (string | undefined)[] }) {
  const shown = texts.filter((text) => text !== undefined);
  return (
    <span title={shown.join(' · ')} style={{ ...CUT, display: 'block', minHeight: 18 }}>
      {shown.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: their places are all that tells them apart.
        <Fragment key={at}>
          {at > 0 ? ' · ' : ''}
          <bdi>{text}</bdi>
        </Fragment>
      ))}
    </span>
  );
}
