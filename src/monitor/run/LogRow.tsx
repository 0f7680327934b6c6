/** One line of a log, at a height that never changes. */
import { type GlobalToken, theme } from 'antd';
import { memo } from 'react';
import type { TaskLogEntry } from '../../client/taskStore.ts';
import { cutAtHits } from './LogSearch.ts';
import { useRunWords } from './useRunWords.ts';

/** The height of each line in CSS pixels. With lines of one height the list knows where each one is. */
export const LINE_HEIGHT = 20;

export interface LogRowProps {
  id: string;
  entry: TaskLogEntry;
  time: string;
  /** The place of the line among those that are shown, from 1, and their number. */
  position: number;
  total: number;
  isChosen: boolean;
  /** Marks the hit that the search stands at. */
  isHit: boolean;
  search: string;
  narrow: boolean;
}

export const LogRow = memo(function LogRow({ entry, time, isChosen, narrow, ...row }: LogRowProps) {
  const { token } = theme.useToken();
  const { msg, direction } = useRunWords();
  const { level, message } = entry;
  const oneLine = message.replace(/\s*[\r\n]+\s*/g, ' ⏎ ');
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active line.
    <div
      id={row.id}
      role="option"
      aria-selected={isChosen}
      aria-setsize={row.total}
      aria-posinset={row.position}
      data-row={row.position - 1}
      style={{
        display: 'grid',
        gridTemplateColumns: narrow ? '8px 60px 1fr' : '92px 44px 1fr',
        columnGap: narrow ? token.marginXXS : 0,
        height: LINE_HEIGHT,
        lineHeight: `${LINE_HEIGHT}px`,
        paddingInline: narrow ? token.paddingXS : token.padding,
        whiteSpace: 'pre',
        ...backgroundOf(level, isChosen, token),
      }}
    >
      {narrow ? (
        <span
          role="img"
          aria-label={msg(`log_level_short_${level}`)}
          style={{ color: colourOf(level, token) }}
        >
          {SIGNS[level]}
        </span>
      ) : null}
      <span title={entry.at} style={{ color: token.colorTextSecondary }}>
        {time}
      </span>
      {narrow ? null : (
        <span style={{ color: colourOf(level, token) }}>{msg(`log_level_short_${level}`)}</span>
      )}
      {/* Each message has its own direction, and is cut at its own end. All begin beside their time. */}
      <span
        dir="auto"
        title={message}
        style={{
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          minWidth: 0,
          textAlign: direction === 'rtl' ? 'right' : 'left',
        }}
      >
        {cutAtHits(oneLine, row.search).map((part, index) =>
          index % 2 === 0 ? (
            part
          ) : (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name, and do not move.
              key={index}
              style={{
                color: token.colorText,
                background: row.isHit ? token.colorWarningBorder : token.colorWarningBg,
                outline: row.isHit ? `1px solid ${token.colorWarning}` : undefined,
              }}
            >
              {part}
            </mark>
          ),
        )}
      </span>
    </div>
  );
});

const SIGNS = { info: ' ', warning: '!', error: '×' };

function colourOf(level: TaskLogEntry['level'], token: GlobalToken): string {
  return { info: token.colorTextSecondary, warning: token.colorWarning, error: token.colorError }[level];
}

function backgroundOf(level: TaskLogEntry['level'], isChosen: boolean, token: GlobalToken) {
  if (isChosen)
    return { background: token.colorPrimaryBg, boxShadow: `inset 0 0 0 1px ${token.colorPrimaryBorder}` };
  return level === 'error' ? { background: token.colorErrorBg } : {};
}
