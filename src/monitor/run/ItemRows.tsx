/** The rows of a run's items: a table, or cards where there is no room for columns. */
import { Button, theme } from 'antd';
import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import type { TaskItem } from '../../contract/index.ts';
import { boundsAround } from './boundsAround.ts';
import { Icon } from './icons.tsx';
import { reasonText } from './itemWords.ts';
import { useRunWords } from './useRunWords.ts';

export interface ItemRowsProps {
  items: readonly TaskItem[];
  chosen: string | undefined;
  onChoose(item: TaskItem): void;
  /** Absent where the page has no map. */
  onZoom: ((item: TaskItem) => void) | undefined;
  /** Cards in place of columns. */
  asCards: boolean;
}

const KEYS: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The rows are one stop of the Tab key: the arrow keys choose one after the other, as a click does. */
export function ItemRows({ items, chosen, onChoose, onZoom, asCards }: ItemRowsProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg } = words;
  const body = useRef<HTMLTableSectionElement>(null);
  const at = items.findIndex(({ id }) => id === chosen);
  const stop = Math.max(0, at);

  function onKeyDown(event: KeyboardEvent) {
    const step = KEYS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = at < 0 ? 0 : Math.max(0, Math.min(at + step, items.length - 1));
    const item = items[to];
    if (!item) return;
    onChoose(item);
    const button = body.current?.querySelectorAll<HTMLElement>('[data-item]')[to];
    button?.focus({ preventScroll: true });
    button?.closest('tr')?.scrollIntoView?.({ block: 'nearest' });
  }

  const cell: CSSProperties = {
    paddingBlock: 6,
    paddingInline: token.paddingXS,
    borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
    overflowWrap: 'anywhere',
    verticalAlign: 'top',
  };
  const head: CSSProperties = {
    ...cell,
    position: 'sticky',
    insetBlockStart: 0,
    zIndex: 1,
    background: token.colorBgContainer,
    // The fill is translucent: the rows below must not shine through.
    backgroundImage: `linear-gradient(${token.colorFillQuaternary}, ${token.colorFillQuaternary})`,
    color: token.colorTextSecondary,
    fontSize: token.fontSizeSM,
    fontWeight: 600,
    textAlign: 'start',
  };
  return (
    <table
      style={{ width: '100%', borderCollapse: 'separate', borderSpacing: 0, fontSize: token.fontSize - 1 }}
    >
      <thead style={asCards ? HIDDEN : undefined}>
        <tr>
          <th scope="col" style={{ ...head, width: '38%', paddingInlineStart: token.padding }}>
            {msg('items_item')}
          </th>
          <th scope="col" style={head}>
            {msg('items_reason')}
          </th>
          {onZoom ? (
            <th scope="col" style={{ ...head, width: 40 }}>
              <span style={HIDDEN}>{msg('tab_map')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {items.map((item, index) => {
          const isChosen = item.id === chosen;
          const canZoom = !item.ok && boundsAround([item.geometry]) !== undefined;
          return (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: an item that is reported again comes again.
              key={`${item.id} ${index}`}
              data-chosen={isChosen || undefined}
              style={{
                background: isChosen ? token.colorPrimaryBg : undefined,
                cursor: 'pointer',
                ...(asCards && { display: 'grid', gridTemplateColumns: '1fr auto' }),
              }}
              onClick={() => onChoose(item)}
            >
              <td
                style={{
                  ...cell,
                  paddingInlineStart: token.padding,
                  ...(asCards && { borderBlockEnd: 'none', paddingBlockEnd: 0, fontWeight: 600 }),
                  ...(isChosen && { boxShadow: edge(words.direction, token.colorPrimary) }),
                }}
              >
                <button
                  type="button"
                  data-item
                  aria-pressed={isChosen}
                  tabIndex={index === stop ? 0 : -1}
                  style={{
                    padding: 0,
                    border: 'none',
                    background: 'none',
                    color: 'inherit',
                    font: 'inherit',
                    textAlign: 'start',
                    cursor: 'pointer',
                  }}
                >
                  <bdi>{item.id}</bdi>
                </button>
              </td>
              <td
                style={{
                  ...cell,
                  color: token.colorTextSecondary,
                  ...(asCards && { gridRow: 2, paddingInlineStart: token.padding, paddingBlockStart: 0 }),
                }}
              >
                <bdi>{reasonText(item, words)}</bdi>
              </td>
              {onZoom ? (
                <td
                  style={{ ...cell, textAlign: 'end', ...(asCards && { gridRow: '1 / 3', gridColumn: 2 }) }}
                >
                  {canZoom ? (
                    <Button
                      type="text"
                      size="small"
                      tabIndex={index === stop ? 0 : -1}
                      aria-label={msg('items_zoom', { item: item.id })}
                      title={msg('items_zoom', { item: item.id })}
                      icon={<Icon name="zoom" />}
                      onClick={(event) => {
                        event.stopPropagation();
                        onChoose(item);
                        onZoom(item);
                      }}
                    />
                  ) : null}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Seen by screen readers only. */
export const HIDDEN: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};

/** A shadow knows no inline start. */
const edge = (direction: 'ltr' | 'rtl', color: string) =>
  `inset ${direction === 'rtl' ? -2 : 2}px 0 ${color}`;
