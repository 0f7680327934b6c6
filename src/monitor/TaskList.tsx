import { theme } from 'antd';
import { type FocusEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE, GAP } from './edge.ts';
import type { RowLook } from './ListedTask.tsx';
import { listKey } from './listKeys.ts';
import { drawnRows, HEADER_HEIGHT, layOut, type PlacedRow, scrollFor } from './listLayout.ts';
import type { Section } from './sections.ts';
import { useViewport } from './useViewport.ts';

export interface TaskListProps {
  sections: readonly Section[];
  /** Goes above the rows, and scrolls sideways with them, such as the heads of a table's columns. */
  head?: ReactNode;
  /** Stands in a section's header after its count. */
  headerNote?: string | undefined;
  /** Draws a row at its place, with the role `row` and `data-task`. */
  renderRow(row: PlacedRow, look: RowLook, onPoint: (id: string) => void): ReactNode;
  onOpen(id: string): void;
  onDelete(id: string): void;
  onToggle(id: string, range: boolean): void;
  onSearch(): void;
  /** The row that is pointed at, or else the one that has the focus. */
  onHot(id: string | undefined): void;
  /** The pointer or the focus is in the list: nothing may move. */
  onHold(isHeld: boolean): void;
  onEndReached(): void;
  /** Scrolls to this row and gives it the focus. Another object asks again. */
  show?: { id: string } | undefined;
  /** The least width of the rows, in CSS pixels. */
  minWidth?: number | undefined;
  footer?: ReactNode;
}

/**
 * A list of rows of known heights in sections with sticky headers. It draws the rows that are seen. For the keyboard it is
 * one stop: the arrow keys walk the rows.
 */
export function TaskList(props: TaskListProps) {
  const { sections, renderRow, onHot, onHold } = props;
  const { token } = theme.useToken();
  const words = useTranslator();
  const layout = useMemo(() => layOut(sections), [sections]);
  const scroller = useRef<HTMLDivElement>(null);
  const view = useViewport(scroller);
  /** The row that Tab reaches, by its id; by its place where it is gone. */
  const [current, setCurrent] = useState<{ id: string; index: number }>();
  const [pointed, setPointed] = useState<string>();
  const [isFocused, setIsFocused] = useState(false);
  /** The row is to get the focus once it is drawn. */
  const wanted = useRef<string | undefined>(undefined);

  const known = current && layout.indexOf.get(current.id);
  const at = known ?? Math.min(current?.index ?? 0, layout.rows.length - 1);
  const currentId = layout.rows[at]?.id;
  const hot =
    pointed !== undefined && layout.indexOf.has(pointed) ? pointed : isFocused ? currentId : undefined;

  const goTo = (index: number) => {
    const row = layout.rows[index];
    const element = scroller.current;
    if (!row || !element) return;
    const top = scrollFor(layout, index, { top: element.scrollTop, height: view.height });
    if (top !== undefined) element.scrollTop = top;
    wanted.current = row.id;
    setCurrent({ id: row.id, index });
  };

  useLayoutEffect(() => {
    onHot(hot);
  }, [hot, onHot]);
  useLayoutEffect(() => {
    // The row with the focus is gone, and the focus with it: the row in its place gets it.
    const isLost = isFocused && !scroller.current?.contains(document.activeElement);
    const id = wanted.current ?? (isLost && document.activeElement === document.body ? currentId : undefined);
    if (id === undefined) return;
    const row = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])].find(
      ({ dataset }) => dataset.task === id,
    );
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const { show } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another wish scrolls, and not another layout.
  useLayoutEffect(() => {
    const index = show && layout.indexOf.get(show.id);
    if (index !== undefined) goTo(index);
  }, [show]);
  const isAtEnd = view.top + view.height > layout.height - 400;
  const { onEndReached } = props;
  useLayoutEffect(() => {
    if (isAtEnd) onEndReached();
  }, [isAtEnd, onEndReached]);

  const focusEvents = {
    onFocus: (event: FocusEvent) => {
      const id = event.target.closest<HTMLElement>('[data-task]')?.dataset.task;
      if (id !== undefined) setCurrent({ id, index: layout.indexOf.get(id) ?? 0 });
      setIsFocused(true);
      onHold(true);
    },
    onBlur: (event: FocusEvent) => {
      const next = event.relatedTarget;
      // A menu of a row is elsewhere in the page; the list waits for it.
      if (next instanceof Node && event.currentTarget.contains(next)) return;
      if (next === null && event.currentTarget.matches(':hover')) return;
      setIsFocused(false);
      onHold(pointed !== undefined);
    },
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot have rows of which only some are drawn.
    <div
      ref={scroller}
      role="grid"
      aria-label={words.msg('list_of_tasks')}
      aria-rowcount={layout.rows.length}
      aria-multiselectable="true"
      onKeyDown={(event) => listKey(event, { ...props, layout, at, pageHeight: view.height, goTo })}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => {
        setPointed(undefined);
        onHold(isFocused);
      }}
      {...focusEvents}
      style={{ position: 'relative', flex: 1, minHeight: 0, overflow: 'auto', overflowAnchor: 'none' }}
    >
      <div style={{ minWidth: props.minWidth }}>
        {props.head}
        {layout.sections
          .map((placed) => ({ placed, drawn: drawnRows(placed, view, at) }))
          .map(({ placed, drawn }) => (
            <div
              key={placed.section.key}
              // A group of rows has rows. A section that is scrolled out of sight has none that are drawn.
              {...(drawn.length > 0
                ? { role: 'rowgroup', 'aria-label': placed.section.label }
                : { role: 'presentation' })}
              style={{ position: 'relative', height: placed.height }}
            >
              <div
                role="presentation"
                style={{
                  position: 'sticky',
                  insetBlockStart: 0,
                  zIndex: 1,
                  display: 'flex',
                  alignItems: 'center',
                  gap: GAP,
                  boxSizing: 'border-box',
                  height: HEADER_HEIGHT,
                  paddingInline: EDGE,
                  borderBlockEnd: `1px solid ${token.colorSplit}`,
                  // The token of headers is transparent, and rows pass below.
                  background: `linear-gradient(${token.colorFillQuaternary} 0 0), ${token.colorBgContainer}`,
                  color: token.colorTextSecondary,
                  fontSize: token.fontSizeSM,
                  fontVariantNumeric: 'tabular-nums',
                }}
              >
                <span style={{ fontWeight: 600 }}>{placed.section.label}</span>
                <span>{props.headerNote ?? placed.rows.filter(({ node }) => !node).length}</span>
              </div>
              {drawn.map((row) =>
                renderRow(
                  row,
                  {
                    isHot: row.id === pointed || (isFocused && row.id === currentId),
                    isCurrent: row.id === currentId,
                  },
                  setPointed,
                ),
              )}
            </div>
          ))}
        {props.footer}
      </div>
    </div>
  );
}
