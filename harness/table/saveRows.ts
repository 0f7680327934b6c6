import { CSV_START, csvLine } from '../../src/contract/csv.ts';
import { saveBlob } from '../../src/handover/saveBlob.ts';
import { COLUMNS, type TableRow } from './tableRows.ts';

/** Saves the rows as a file for spreadsheets, in the order in which they are listed. `titles`: of the columns. */
export function saveRows(rows: readonly TableRow[], titles: readonly string[]): void {
  const lines = rows.map((row) => csvLine([...COLUMNS.map((column) => row[column]), row.urn]));
  saveBlob(
    'features.csv',
    new Blob([CSV_START, csvLine([...titles, 'URN']), ...lines], { type: 'text/csv' }),
  );
}
