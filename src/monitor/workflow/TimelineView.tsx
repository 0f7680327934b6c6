/** The nodes of a run on an axis of time: when each waited, and when it ran. */
import { theme } from 'antd';
import { useMemo, useState } from 'react';
import { isTerminal } from '../../contract/index.ts';
import { formatDuration } from '../../locales/intl.ts';
import { TABULAR } from '../run/LogTools.tsx';
import type { RunListProps } from './runListProps.ts';
import { TimelineRow } from './TimelineRow.tsx';
import { AXIS_PART, TIMELINE_COLUMNS } from './timelineSizes.ts';
import { timeScale } from './timeScale.ts';
import { useRows } from './useRows.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowIcon } from './WorkflowIcon.tsx';

export function TimelineView({ run, state, task, nowMs, chosen, onChoose }: RunListProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { msg, language, direction } = words;
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const index = state.index;
  const keys = index?.order ?? [];
  const rows = useRows(keys, chosen);
  const startMs = Date.parse(task.startedAt ?? task.createdAt);
  const isOver = isTerminal(task.status);
  const endMs = isOver ? Date.parse(task.finishedAt ?? task.createdAt) : nowMs;
  const end = Math.max(0, (endMs - startMs) / 1000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the nodes change in place, and `structure` says when one began or ended.
  const moments = useMemo(() => {
    const found: number[] = [];
    for (const { task: own, isKept } of run.nodes.values()) {
      if (isKept || !own) continue;
      for (const at of [own.startedAt, own.finishedAt]) if (at) found.push((Date.parse(at) - startMs) / 1000);
    }
    return found;
  }, [run, state.structure, startMs]);
  const scale = timeScale(moments, end, open);
  if (!index) return null;
  const place = (seconds: number) => `${scale.at(seconds) * AXIS_PART * 100}%`;
  return (
    <div
      style={{
        flex: 1,
        minWidth: 0,
        minHeight: 0,
        overflow: 'auto',
        background: token.colorBgContainer,
        ...TABULAR,
      }}
    >
      <div style={{ position: 'relative', minHeight: '100%' }}>
        <div
          style={{
            position: 'sticky',
            insetBlockStart: 0,
            zIndex: 2,
            display: 'grid',
            gridTemplateColumns: TIMELINE_COLUMNS,
            columnGap: 8,
            height: 32,
            paddingInlineStart: 16,
            borderBlockEnd: `1px solid ${token.colorSplit}`,
            background: token.colorBgLayout,
            color: token.colorTextSecondary,
            fontSize: token.fontSizeSM,
            lineHeight: '16px',
          }}
        >
          <span />
          <span />
          <div style={{ position: 'relative' }}>
            {scale.ticks.map((tick) => (
              <span
                key={tick}
                style={{
                  position: 'absolute',
                  insetBlockStart: 8,
                  insetInlineStart: place(tick),
                  paddingInlineStart: 4,
                  borderInlineStart: `1px solid ${token.colorBorder}`,
                  whiteSpace: 'nowrap',
                }}
              >
                <bdi>{formatDuration(tick, language)}</bdi>
              </span>
            ))}
            {scale.stretches.map(({ from, to, isFolded }) => {
              if (!isFolded) return null;
              const duration = formatDuration(to - from, language);
              return (
                <button
                  key={from}
                  type="button"
                  title={msg('wf_unfold_time', { duration })}
                  onClick={() => setOpen(new Set([...open, Math.round(from)]))}
                  style={{
                    position: 'absolute',
                    insetBlockStart: 5,
                    insetInlineStart: place(from),
                    width: `calc(${(scale.at(to) - scale.at(from)) * AXIS_PART * 100}% - 2px)`,
                    minWidth: 'max-content',
                    display: 'flex',
                    alignItems: 'center',
                    justifyContent: 'center',
                    gap: 2,
                    height: 22,
                    paddingInline: 6,
                    border: `1px solid ${token.colorBorder}`,
                    borderRadius: 11,
                    background: token.colorBgElevated,
                    color: token.colorTextSecondary,
                    font: 'inherit',
                    cursor: 'pointer',
                    zIndex: 1,
                  }}
                >
                  <WorkflowIcon name="next" isRtl={direction === 'rtl'} />
                  <bdi>{msg('wf_folded', { duration })}</bdi>
                </button>
              );
            })}
          </div>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: it is a list with keys of its own. */}
        <div role="list" aria-label={msg('wf_timeline')} onKeyDown={rows.onKeyDown}>
          {keys.map((key) => (
            <TimelineRow
              key={key}
              {...{ run, index, rows, scale, startMs, nowMs, onChoose }}
              nodeKey={key}
              isChosen={key === chosen}
            />
          ))}
        </div>
        {isOver ? null : <Now at={scale.at(end)} />}
      </div>
    </div>
  );
}

/** The line of the present moment, over all rows. */
function Now({ at }: { at: number }) {
  const { token } = theme.useToken();
  return (
    <div
      aria-hidden="true"
      style={{
        position: 'absolute',
        insetBlock: 0,
        insetInline: '204px 0',
        zIndex: 2,
        pointerEvents: 'none',
      }}
    >
      <div
        style={{
          position: 'absolute',
          insetBlock: 0,
          insetInlineStart: `${at * AXIS_PART * 100}%`,
          borderInlineStart: `1.5px solid ${token.colorPrimary}`,
        }}
      />
    </div>
  );
}
