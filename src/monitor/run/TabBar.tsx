/** A row of tabs whose panel stands elsewhere in the layout: antd's own tabs hold their panels. */
import { theme } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { numberFormat } from '../../locales/intl.ts';
import { TABULAR } from './LogTools.tsx';
import { useRunWords } from './useRunWords.ts';

export interface Tab<Key extends string> {
  key: Key;
  label: string;
  /** The number beside the label. */
  count?: number | undefined;
}

export interface TabBarProps<Key extends string> {
  /** The ids of tabs and panels begin with it. */
  id: string;
  label: string;
  tabs: readonly Tab<Key>[];
  active: Key;
  onActive(key: Key): void;
}

/** The arrow keys go from tab to tab, as the pattern of the ARIA Authoring Practices has it. */
export function TabBar<Key extends string>({ id, label, tabs, active, onActive }: TabBarProps<Key>) {
  const { token } = theme.useToken();
  const { direction, language } = useRunWords();
  const bar = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const at = tabs.findIndex(({ key }) => key === active);
    const steps: Record<string, number> = {
      [forward]: at + 1,
      [back]: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    const tab = tabs[index];
    if (!tab) return;
    onActive(tab.key);
    bar.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  }

  return (
    <div
      ref={bar}
      role="tablist"
      aria-label={label}
      style={{
        display: 'flex',
        flex: 'none',
        gap: 20,
        paddingInline: token.padding,
        overflowX: 'auto',
        borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
      }}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => {
        const isActive = tab.key === active;
        return (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.key}`}
            aria-selected={isActive}
            aria-controls={isActive ? `${id}-panel` : undefined}
            tabIndex={isActive ? 0 : -1}
            style={{
              flex: 'none',
              minHeight: 40,
              padding: 0,
              border: 'none',
              borderBlockEnd: `2px solid ${isActive ? token.colorPrimary : 'transparent'}`,
              background: 'none',
              color: isActive ? token.colorPrimary : token.colorTextSecondary,
              font: 'inherit',
              fontWeight: isActive ? 600 : 400,
              cursor: 'pointer',
            }}
            onClick={() => onActive(tab.key)}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span
                style={{
                  marginInlineStart: token.marginXXS,
                  fontSize: token.fontSizeSM,
                  fontWeight: 400,
                  color: token.colorTextSecondary,
                  ...TABULAR,
                }}
              >
                {numberFormat(language).format(tab.count)}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
