/** A row of a price list, as it was written. */
export interface PriceRow {
  /** Its line in the file, or its place in a list of JSON; from 1. */
  row: number;
  item: string;
  /** Undefined: the row has no cell for it. */
  price: string | undefined;
  unit: string;
  currency: string;
}

type Column = 'item' | 'price' | 'unit' | 'currency';

/** The headings that tables have, in the languages of the packs. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  item: [
    ...['item', 'name', 'article', 'material', 'description', 'sku', 'artikel', 'posten', 'position'],
    ...[
      'bezeichnung',
      'désignation',
      'poste',
      'artículo',
      'concepto',
      'partida',
      '品目',
      '項目',
      'البند',
      'الصنف',
    ],
  ],
  price: [
    ...['price', 'unit price', 'cost', 'unit cost', 'rate', 'preis', 'einzelpreis', 'stückpreis', 'prix'],
    ...['prix unitaire', 'precio', 'precio unitario', '単価', '価格', 'السعر', 'سعر الوحدة'],
  ],
  unit: ['unit', 'uom', 'per', 'einheit', 'unité', 'unidad', '単位', 'الوحدة'],
  currency: ['currency', 'währung', 'devise', 'monnaie', 'moneda', '通貨', 'العملة'],
};
const SEPARATORS = ['\t', ';', '\u061b', ','] as const;

/** A price with its thousands or decimals by commas, which is no row of cells. */
const NUMBER = /^[\d.,\s'\u2019]+$/;

/** Reads the rows of a table of text. A first row that names the columns, or has no price, is the heading. */
export function rowsOfTable(text: string): PriceRow[] {
  const rows: PriceRow[] = [];
  let columns: Partial<Record<Column, number>> = { item: 0, price: 1, unit: 2, currency: 3 };
  let isFirst = true;
  let isNamed = false;
  let headingCurrency = '';
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    // Without a heading that names more columns, a comma may be in the price.
    const cells = cellsOf(line, isNamed && (columns.unit ?? columns.currency) !== undefined);
    if (isFirst) {
      isFirst = false;
      const named = columnsOf(cells);
      isNamed = named !== undefined;
      columns = named ?? columns;
      const written = cells[1] ?? '';
      if (isNamed || (written !== '' && !/\p{Nd}/u.test(written))) {
        headingCurrency = cells.map((cell) => /\((\p{Lu}{3}|\p{Sc})\)$/u.exec(cell)?.[1] ?? '').join('');
        continue;
      }
    }
    const cell = (column: Column) => cells[columns[column] ?? -1] ?? '';
    rows.push({
      row: index + 1,
      item: cell('item'),
      price: cells[columns.price ?? 1],
      unit: cell('unit'),
      currency: cell('currency') || headingCurrency,
    });
  }
  return rows;
}

function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> | undefined {
  const columns: Partial<Record<Column, number>> = {};
  for (const [at, cell] of cells.entries()) {
    const name = cell
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\(.*\)$/, '')
      .replace(/[\s_-]+/g, ' ')
      .trim();
    for (const column of ['item', 'price', 'unit', 'currency'] as const)
      if (HEADINGS[column].includes(name)) columns[column] ??= at;
  }
  return columns.item !== undefined && columns.price !== undefined ? columns : undefined;
}

/** A comma separates only where there is no semicolon and no tab: in many languages it is in the price. */
function cellsOf(line: string, hasColumns: boolean): string[] {
  const hasQuotes = line.includes('"');
  const bare = hasQuotes ? line.replace(/"(?:[^"]|"")*"/g, '') : line;
  const separator = SEPARATORS.find((sign) => bare.includes(sign));
  if (separator === undefined) return [unquoted(line)];
  const cells = hasQuotes ? splitQuoted(line, separator) : line.split(separator).map((cell) => cell.trim());
  const [item = '', ...others] = cells;
  const rest = others.join(',');
  const isOnePrice = separator === ',' && !hasColumns && others.length > 1 && NUMBER.test(rest);
  return isOnePrice ? [item, rest] : cells;
}

function splitQuoted(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    if (sign === separator && !isQuoted) {
      cells.push(unquoted(cell));
      cell = '';
    } else cell += sign;
  }
  cells.push(unquoted(cell));
  return cells;
}

function unquoted(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
}

/**
 * Reads the rows of JSON: `[{ item, price, unit?, currency? }]`, `{ currency?, prices: [...] }` or `{ "cable-12": 0.85 }`.
 * Undefined: it is none of them.
 */
export function rowsOfJson(text: string): PriceRow[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(read)) return listRows(read, '');
  if (!isObject(read)) return undefined;
  const currency = textOf(Reflect.get(read, 'currency'));
  const prices: unknown = Reflect.get(read, 'prices') ?? Reflect.get(read, 'items');
  if (Array.isArray(prices)) return listRows(prices, currency);
  const map = isObject(prices) ? prices : read;
  return Object.entries(map)
    .filter(([item]) => map !== read || item !== 'currency')
    .map(([item, price], i) => ({ row: i + 1, item, price: textOf(price), unit: '', currency }));
}

function listRows(list: readonly unknown[], currency: string): PriceRow[] {
  return list.map((entry, i) => {
    const fields: Record<string, unknown> = isObject(entry) ? { ...entry } : {};
    const { item, name, price, cost, unit } = fields;
    const written = price ?? cost;
    return {
      row: i + 1,
      item: textOf(item ?? name),
      price: written === undefined ? undefined : textOf(written),
      unit: textOf(unit),
      currency: textOf(fields.currency) || currency,
    };
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number of JSON is written with a point, whatever the language. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
