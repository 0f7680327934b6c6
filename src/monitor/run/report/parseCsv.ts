/** The rows of a CSV file (RFC 4180), each by the names of the first one. An apostrophe before a formula is taken away again. */
export function parseCsv(text: string): Record<string, string>[] {
  const [columns = [], ...rows] = rowsIn(text.replace(/^\ufeff/, ''));
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, plain(row[i] ?? '')])));
}

const plain = (cell: string) =>
  /^'[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell) ? cell.slice(1) : cell;

function* rowsIn(text: string): Generator<string[]> {
  const cell = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    cell.lastIndex = at;
    const [whole = '', inQuotes] = cell.exec(text) ?? [];
    row.push(inQuotes === undefined ? whole : inQuotes.replaceAll('""', '"'));
    at += whole.length;
    if (text[at] === ',') at += 1;
    else {
      yield row;
      row = [];
      at = text.startsWith('\r\n', at) ? at + 2 : at + 1;
    }
  }
}
