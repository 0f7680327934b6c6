import { theme } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import type { TaskLogEntry } from '../client/taskStore.ts';
import { canonicalLanguage } from '../locales/language.ts';
import { useTranslator } from './MessagesContext.ts';

/** So many entries are shown, the newest. The task's store keeps no more. */
const MOST = 200;
/** Nearer to the end than this, in CSS pixels, the list is at its end. */
const NEAR = 8;

/** Each level has a shape of its own, drawn in a box of 16 by 16. */
const SIGNS = {
  info: 'M8 7v5M8 4v.5M8 1a7 7 0 1 0 .01 0z',
  warning: 'M8 2l6.500 11.500h-13zM8 6.500v3.500M8 11.500v.5',
  error: 'M5.500 5.500l5 5M10.500 5.500l-5 5M8 1a7 7 0 1 0 .01 0z',
};

/** The entries of a task's log, the newest last and in view until the user scrolls back. */
export function LogEntries({ entries }: { entries: readonly TaskLogEntry[] }) {
  const { token } = theme.useToken();
  const { msg, language } = useTranslator();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const shown = entries.slice(-MOST);
  const clock = new Intl.DateTimeFormat(canonicalLanguage(language), { timeStyle: 'medium' });
  const colours = {
    info: token.colorTextSecondary,
    warning: token.colorWarning,
    error: token.colorError,
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new entry moves the end.
  useLayoutEffect(() => {
    const { current } = box;
    if (current && atEnd.current) current.scrollTop = current.scrollHeight;
  }, [entries]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own, reached by Tab to scroll.
    <div
      ref={box}
      role="region"
      aria-label={msg('log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
      tabIndex={0}
      style={{ maxHeight: 160, overflow: 'auto', fontSize: token.fontSizeSM, overflowWrap: 'anywhere' }}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - clientHeight - scrollTop < NEAR;
      }}
    >
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {shown.map(({ level, message, at }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry has nothing of its own that is unique, and none moves.
            key={index}
            style={{ display: 'flex', gap: token.marginXXS, paddingBlock: token.paddingXXS / 2 }}
          >
            <svg
              aria-hidden="true"
              width="12"
              height="12"
              viewBox="0 0 16 16"
              style={{ flex: 'none', marginBlockStart: 4 }}
            >
              <path d={SIGNS[level]} fill="none" stroke={colours[level]} strokeWidth="1.500" />
            </svg>
            <div>
              <span style={{ color: token.colorTextSecondary, fontVariantNumeric: 'tabular-nums' }}>
                {timeOf(at, clock)} {msg(`log_${level}`)}
              </span>{' '}
              <bdi>{message}</bdi>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Nothing for a time that cannot be read. */
function timeOf(at: string, clock: Intl.DateTimeFormat): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? '' : clock.format(ms);
}
