// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be placed where they are scrolled to
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys
// biome-ignore-all lint/a11y/noNoninteractiveElementInteractions: Escape is heard wherever the focus is in the table
import './table.css';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { GeoFeature } from '../../src/contract/index.ts';
import { useFeatureText, useLocale } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { TableTools, TITLES } from './TableTools.tsx';
import { COLUMNS, type TableQuery } from './tableRows.ts';
import { useTableRows } from './useTableRows.ts';
import { ROW_PIXELS, useVisibleRows } from './useVisibleRows.ts';

export interface FeatureTableProps {
  /** The name of the table. */
  title: string;
  /** They stand before the filters. */
  source: ReactNode;
  /** It stands behind the filters. Default: a button that saves the rows. */
  download?: ReactNode;
  /** Says in place of rows why there is none, or none yet. */
  note?: string | undefined;
  /** The same list as long as it is the same features. */
  features: readonly GeoFeature[];
  /** There are more than the list has. */
  isCut: boolean;
  /** The URN of the selected feature. */
  selected: string | undefined;
  onSelect(feature: GeoFeature): void;
  onClose(): void;
  msg: HarnessMsg;
}

const START: TableQuery = { table: '', text: '', sort: 'table', isDescending: false };

/** The features of the map as a table below it. A row selects its feature on the map, and what is selected there is the chosen row. */
export function FeatureTable({
  title,
  features,
  isCut,
  selected,
  onSelect,
  msg,
  ...props
}: FeatureTableProps) {
  const { source, download, note, onClose } = props;
  const words = useFeatureText();
  const { language } = useLocale('');
  const [query, setQuery] = useState(START);
  const [active, setActive] = useState<string>();
  const { rows, isReady } = useTableRows(features, query, { words, language, msg });
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to, reveal } = useVisibleRows(scroller, rows.length);
  const id = useId();
  const activeAt = rows.findIndex(({ urn }) => urn === active);

  // The feature that is selected on the map is the chosen row, which is brought into view. The list may come later than the selection.
  const selectedAt = rows.findIndex(({ urn }) => urn === selected);
  useEffect(() => {
    setActive(selected);
    if (selectedAt >= 0) reveal(selectedAt);
  }, [selected, selectedAt, reveal]);

  function walk(event: KeyboardEvent) {
    const page = Math.max(1, to - from - 2);
    const steps: Record<string, number> = {
      ArrowDown: activeAt + 1,
      ArrowUp: activeAt - 1,
      PageDown: activeAt + page,
      PageUp: activeAt - page,
      Home: 0,
      End: rows.length - 1,
    };
    const row = rows[activeAt];
    if ((event.key === 'Enter' || event.key === ' ') && row) {
      event.preventDefault();
      onSelect(row.feature);
      return;
    }
    const wanted = steps[event.key];
    if (wanted === undefined || rows.length === 0) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, wanted));
    setActive(rows[next]?.urn);
    reveal(next);
  }

  return (
    <section
      className="feature-table"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <TableTools
        features={features}
        query={query}
        onQuery={setQuery}
        rows={rows}
        {...{ source, download }}
        onClose={onClose}
        msg={msg}
      />
      {isCut && <p className="feature-table-note">{msg('resultsCut', { count: features.length })}</p>}
      {rows.length === 0 && (note ?? isReady) && (
        <p className="feature-table-note">{note ?? msg('resultsNone')}</p>
      )}
      <div
        ref={scroller}
        className="feature-table-scroll"
        role="grid"
        tabIndex={0}
        aria-label={title}
        aria-busy={!isReady}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={activeAt >= from && activeAt < to ? `${id}-${activeAt}` : undefined}
        onKeyDown={walk}
      >
        <div role="row" aria-rowindex={1} className="feature-table-head">
          {COLUMNS.map((column) => (
            <span
              role="columnheader"
              key={column}
              aria-sort={query.sort === column ? (query.isDescending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                onClick={() =>
                  setQuery({
                    ...query,
                    sort: column,
                    isDescending: query.sort === column && !query.isDescending,
                  })
                }
              >
                {msg(TITLES[column])}
                {query.sort === column && <span aria-hidden="true">{query.isDescending ? ' ↓' : ' ↑'}</span>}
              </button>
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: rows.length * ROW_PIXELS, position: 'relative' }}>
          {rows.slice(from, to).map((row, offset) => {
            const index = from + offset;
            return (
              <div
                role="row"
                key={row.urn}
                id={`${id}-${index}`}
                aria-rowindex={index + 2}
                aria-selected={row.urn === selected}
                data-active={row.urn === active || undefined}
                className="feature-table-row"
                style={{ top: index * ROW_PIXELS }}
                onClick={() => onSelect(row.feature)}
              >
                {COLUMNS.map((column) => (
                  <span role="gridcell" key={column} dir="auto" title={row[column]}>
                    {row[column]}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
