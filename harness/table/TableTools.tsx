import { type ReactNode, useMemo } from 'react';
import type { GeoFeature } from '../../src/contract/index.ts';
import { useFeatureText } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { saveRows } from './saveRows.ts';
import { COLUMNS, type TableQuery, type TableRow } from './tableRows.ts';

interface TableToolsProps {
  features: readonly GeoFeature[];
  query: TableQuery;
  onQuery(query: TableQuery): void;
  /** Those that fit. */
  rows: readonly TableRow[];
  source: ReactNode;
  download: ReactNode;
  onClose(): void;
  msg: HarnessMsg;
}

/** The words of the columns. */
export const TITLES = {
  table: 'resultsTable',
  name: 'resultsName',
  detail: 'resultsDetail',
  design: 'resultsDesign',
} as const;

/** The filters above the table, and the buttons that save and close it. */
export function TableTools({ features, query, onQuery, rows, source, download, ...props }: TableToolsProps) {
  const { onClose, msg } = props;
  const words = useFeatureText();
  const tables = useMemo(
    () => [...new Set([...features.map(({ properties }) => properties.table), query.table])].filter(Boolean),
    [features, query.table],
  );
  return (
    <header>
      {source}
      <input
        type="search"
        value={query.text}
        placeholder={msg('resultsFilter')}
        aria-label={msg('resultsFilter')}
        onChange={({ target }) => onQuery({ ...query, text: target.value })}
      />
      <select
        value={query.table}
        aria-label={msg('resultsTable')}
        onChange={({ target }) => onQuery({ ...query, table: target.value })}
      >
        <option value="">{msg('resultsAll')}</option>
        {tables.map((table) => (
          <option key={table} value={table}>
            {words.table(table)}
          </option>
        ))}
      </select>
      <span role="status">{msg('resultsCount', { count: rows.length })}</span>
      {download ?? (
        <button
          type="button"
          disabled={rows.length === 0}
          onClick={() =>
            saveRows(
              rows,
              COLUMNS.map((column) => msg(TITLES[column])),
            )
          }
        >
          {msg('resultsSave')}
        </button>
      )}
      <button
        type="button"
        className="feature-table-close"
        aria-label={msg('dismiss')}
        title={msg('dismiss')}
        onClick={onClose}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </button>
    </header>
  );
}
