/** One node of the timeline: a thin line while it waited, and a bar while it ran. */
import { theme } from 'antd';
import { formatDuration } from '../../locales/intl.ts';
import type { GraphIndex } from './graphIndex.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { nodeLook } from './nodeLook.ts';
import { hasSucceeded, isRunning } from './nodeStates.ts';
import { percentText, reasonText, secondsOf, statusWord } from './nodeWords.ts';
import { RowName } from './RowName.tsx';
import { AXIS_PART, TIMELINE_COLUMNS } from './timelineSizes.ts';
import type { TimeScale } from './timeScale.ts';
import { useNode } from './useNode.ts';
import type { Rows } from './useRows.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import type { WorkflowRun } from './WorkflowRun.ts';

export interface TimelineRowProps {
  run: WorkflowRun;
  index: GraphIndex;
  nodeKey: string;
  rows: Rows;
  scale: TimeScale;
  /** The start of the run and the present moment: Unix time in milliseconds. */
  startMs: number;
  nowMs: number;
  isChosen: boolean;
  onChoose(key: string, options: { open: boolean }): void;
}

export function TimelineRow({
  run,
  index,
  nodeKey,
  rows,
  scale,
  startMs,
  nowMs,
  isChosen,
  onChoose,
}: TimelineRowProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const state = useNode(run, nodeKey);
  if (!state) return null;
  const look = nodeLook(state.status, token);
  const edge = words.direction === 'rtl' ? -2 : 2;
  const place = (at: string | number) =>
    scale.at(((typeof at === 'number' ? at : Date.parse(at)) - startMs) / 1000) * AXIS_PART * 100;
  const { task } = state;
  const ran = task?.startedAt !== undefined && !state.isKept;
  const from = ran ? place(task.startedAt ?? nowMs) : 0;
  const to = ran ? place(task.finishedAt ?? nowMs) : 0;
  const seconds = secondsOf(state, nowMs);
  const percent = isRunning(state) ? percentText(state, words) : undefined;
  const lasted = seconds === undefined ? '' : formatDuration(seconds, words.language);
  const text = ran
    ? [
        lasted,
        percent,
        isRunning(state) || hasSucceeded(state) || state.status === 'failed'
          ? undefined
          : statusWord(state, words),
      ]
        .filter((part) => part !== undefined)
        .join(' · ')
    : (reasonText(state, words) ?? statusWord(state, words));
  const colour = isRunning(state)
    ? token.colorPrimary
    : state.status === 'failed'
      ? token.colorError
      : token.colorTextTertiary;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see TimelineView.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it has the keys.
    <div
      role="listitem"
      onClick={() => onChoose(nodeKey, { open: false })}
      style={{
        display: 'grid',
        gridTemplateColumns: TIMELINE_COLUMNS,
        columnGap: 8,
        alignItems: 'center',
        boxSizing: 'border-box',
        height: 36,
        paddingInlineStart: 16,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        cursor: 'pointer',
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 36px',
        ...(isChosen && {
          background: token.colorPrimaryBg,
          boxShadow: `inset ${edge}px 0 ${token.colorPrimary}`,
        }),
      }}
    >
      <NodeIcon
        state={look.icon}
        colour={look.colour}
        percent={task?.progress.percent}
        isRtl={words.direction === 'rtl'}
      />
      <RowName {...{ state, index, rows, isChosen, onChoose }} />
      <div style={{ position: 'relative', height: '100%', fontSize: token.fontSizeSM, lineHeight: '16px' }}>
        {ran && task.createdAt && place(task.createdAt) < from ? (
          <i
            style={{
              position: 'absolute',
              insetBlockStart: 17,
              insetInlineStart: `${place(task.createdAt)}%`,
              width: `${from - place(task.createdAt)}%`,
              height: 2,
              background: token.colorBorder,
            }}
          />
        ) : null}
        {ran ? (
          <i
            style={{
              position: 'absolute',
              insetBlockStart: 10,
              insetInlineStart: `${from}%`,
              width: `max(3px, ${to - from}%)`,
              height: 16,
              borderRadius: 3,
              background: colour,
            }}
          />
        ) : null}
        <span
          style={{
            position: 'absolute',
            insetBlockStart: 10,
            insetInlineStart: ran ? `calc(${to}% + 8px)` : 0,
            insetInlineEnd: ran ? undefined : 8,
            overflow: ran ? undefined : 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
            color: state.status === 'failed' ? token.colorError : token.colorTextSecondary,
          }}
        >
          <bdi>{text}</bdi>
        </span>
      </div>
    </div>
  );
}
