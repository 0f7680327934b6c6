import { COLUMN_ROLES, type ColumnRole, type DataMapping } from '../dataTypes.ts';
import { splitAddress } from './splitAddress.ts';

export type MappedValues = Partial<Record<ColumnRole, string>>;

/** The values that the mapped columns give. A full address gives the street and the number that no other column has. */
export function mappedValues(
  properties: Readonly<Record<string, unknown>>,
  columns: DataMapping['columns'],
): MappedValues {
  const values: MappedValues = {};
  for (const [role, column] of entriesOf(columns)) {
    const names = typeof column === 'string' ? [column] : column;
    const texts = names.map((name) => textOf(properties[name])).filter((text) => text !== '');
    if (texts.length === 0) continue;
    values[role] = role === 'number' ? joinNumber(texts) : texts.join(' ');
  }
  if (values.address !== undefined && !(values.street && values.number)) {
    const split = splitAddress(values.address);
    values.street ??= split?.street ?? values.address;
    if (split) values.number ??= split.number;
    if (split?.unit !== undefined) values.unit ??= split.unit;
  }
  // '3011 Bern' in the column of the postcode.
  const [, postcode, city] = /^(\d{4,6})[ ,]+(\p{L}.*)$/u.exec(values.postcode ?? '') ?? [];
  if (postcode !== undefined && city !== undefined) {
    values.postcode = postcode;
    values.city ??= city;
  }
  return values;
}

export function entriesOf(columns: DataMapping['columns']): [ColumnRole, string | string[]][] {
  const entries: [ColumnRole, string | string[]][] = [];
  for (const role of COLUMN_ROLES) {
    const column = columns[role];
    if (column !== undefined && column.length > 0) entries.push([role, column]);
  }
  return entries;
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  // Spreadsheets and data frames make 12.0 of 12.
  return /^\d+\.0+$/.test(value) ? value.slice(0, value.indexOf('.')) : value.trim();
}

/** '12' and 'a' are '12a', '12' and 'bis' are '12 bis', '12' and '3' are '12-3'. */
function joinNumber(texts: readonly string[]): string {
  return texts.reduce((number, part) => {
    // Korea's registers write 0 where there is no second number.
    if (part === '0') return number;
    if (/^\p{L}$/u.test(part) || /^[-/]/.test(part)) return number + part;
    return /^\p{Nd}/u.test(part) ? `${number}-${part}` : `${number} ${part}`;
  });
}
