import type { ByteSource, ReadContext } from '../bytes/ByteSource.ts';
import { placeByValues } from '../columns/placeByValues.ts';
import { guessPlaceColumns, placeOfRow, sridOfText } from '../columns/placeColumns.ts';
import type { DataReason, PlaceColumns } from '../dataTypes.ts';
import type { CrsClaim, LayerSource, RawFeature } from '../layers/LayerSource.ts';
import { nameOfPath } from '../layers/nameOfPath.ts';
import { LIMITS } from '../limits.ts';
import { Pacer } from '../Pacer.ts';
import { reason, refusal, shown } from '../reasons.ts';
import { decodeText } from '../text/decodeText.ts';
import { encodingOfSource } from '../text/encodingOfSource.ts';
import { type CsvRow, CsvRows, csvParser } from './CsvRows.ts';
import { type CsvShape, csvShape, withoutSpaces } from './csvShape.ts';
import { codeIn, systemColumn } from './systemColumn.ts';

/** The reader looks at so many characters before it says what is in a file. */
const LOOKS_AT = 2 ** 18;

/** The layer of a CSV file with places. */
export async function csvLayer(source: ByteSource, context: ReadContext): Promise<LayerSource> {
  const { path } = source;
  const encoding = await encodingOfSource(source, context);
  const { text, isWhole } = await beginning(source, encoding.name, context);
  if (isBinary(text)) throw refusal(path, 'unknown-format');
  const shape = await csvShape(text, isWhole);
  if (!shape) throw refusal(path, 'unknown-format');
  if (shape.columns.length > LIMITS.columns) {
    const { columns, skip } = shape;
    throw refusal(path, 'too-many-columns-in-row', {
      columns: columns.length,
      row: skip,
      limit: LIMITS.columns,
    });
  }
  const rows = sampleRows(text, shape, await csvParser(shape.delimiter));
  const place = guessPlaceColumns(shape.columns, rows) ?? placeByValues(shape.columns, rows);
  const system = systemColumn(shape.columns, rows, place);
  if (system !== undefined) shape.system = system;
  // A letter has commas as well.
  if (!place && (rows.length < 2 || shape.columns.length < 3)) {
    throw refusal(path, 'unknown-format');
  }
  return {
    path,
    name: nameOfPath(path),
    format: 'csv',
    encoding,
    crs: crsOf(place, rows, system),
    columns: shape.columns,
    ...(place && { place }),
    notes: [],
    read: (how, reading) =>
      readRows(source, shape, how.encoding ?? encoding.name, how.place ?? place, reading),
  };
}

/** Most control characters stand in no text. */
function isBinary(text: string): boolean {
  for (let at = 0; at < Math.min(text.length, 4_000); at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 26)) return true;
  }
  return false;
}

async function beginning(source: ByteSource, encoding: string, context: ReadContext) {
  let text = '';
  for await (const piece of decodeText(source.chunks({ ...context, onBytes: undefined }), encoding)) {
    text += piece;
    if (text.length > LOOKS_AT) return { text, isWhole: false };
  }
  return { text, isWhole: true };
}

function sampleRows(text: string, shape: CsvShape, parse: ConstructorParameters<typeof CsvRows>[0]) {
  const rows = new CsvRows(parse, mendOf(shape));
  const first = rows.write(text);
  const all = first.length > shape.skip ? first : [...first, ...rows.end()];
  return all
    .slice(shape.skip, shape.skip + 200)
    .map(({ fields }) => Object.fromEntries(shape.columns.map((column, i) => [column, fields[i] ?? ''])));
}

function crsOf(
  place: PlaceColumns | undefined,
  rows: Record<string, string>[],
  column: string | undefined,
): CrsClaim {
  if (place?.type === 'geometry') {
    const srid = rows
      .map((row) => sridOfText(row[place.column] ?? ''))
      .find((one) => one !== undefined && one > 0);
    if (srid !== undefined) return { from: 'file', text: `EPSG:${srid}` };
  }
  const names = place?.type === 'xy' ? [place.x, place.y] : [];
  const named = names
    .map((name) => /(?:epsg|srid)\W*(\d{4,6})/i.exec(name)?.[1])
    .find((one) => one !== undefined);
  if (named !== undefined) return { from: 'file', text: `EPSG:${named}` };
  const [code] = column === undefined ? [] : rows.flatMap((row) => codeIn(row[column]) ?? []);
  return code === undefined ? { from: 'none' } : { from: 'file', text: `EPSG:${code}` };
}

async function* readRows(
  source: ByteSource,
  shape: CsvShape,
  encoding: string,
  place: PlaceColumns | undefined,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const rows = new CsvRows(await csvParser(shape.delimiter), mendOf(shape));
  const pacer = new Pacer(context.signal);
  const features = (ready: CsvRow[]) =>
    ready
      .filter(({ number, fields }) => number > shape.skip && (fields.length > 1 || fields[0]?.trim() !== ''))
      .map((row) => featureOfRow(row, shape, place));
  for await (const text of decodeText(source.chunks(context), encoding)) {
    for (let at = 0; at < text.length; at += 32_768) {
      const ready = features(rows.write(text.slice(at, at + 32_768)));
      if (ready.length > 0) yield ready;
      await pacer.pause();
    }
  }
  yield features(rows.end());
}

function mendOf({ spaced, delimiter }: CsvShape): ((text: string) => string) | undefined {
  return spaced ? (text) => withoutSpaces(text, delimiter) : undefined;
}

function featureOfRow(row: CsvRow, shape: CsvShape, place: PlaceColumns | undefined): RawFeature {
  const { number, fields } = row;
  const { columns } = shape;
  const properties: Record<string, unknown> = Object.fromEntries(
    columns.map((column, i) => [column, fields[i] || null]),
  );
  const problem = problemOfRow(row, shape);
  if (problem) return { number, geometry: null, properties, problem };
  // The user has to say first where the places are.
  if (!place) return { number, geometry: null, properties };
  const geometry = placeOfRow(place, properties);
  const code = shape.system === undefined ? undefined : codeIn(String(properties[shape.system] ?? ''));
  const system = code === undefined ? {} : { system: `EPSG:${code}` };
  for (const used of place.type === 'xy' ? [place.x, place.y] : [place.column]) delete properties[used];
  if (geometry !== undefined) return { number, geometry, properties, ...system };
  const given =
    place.type === 'xy'
      ? [fields[columns.indexOf(place.x)], fields[columns.indexOf(place.y)]].join(', ')
      : fields[columns.indexOf(place.column)];
  return { number, geometry: null, properties, problem: reason('bad-place', { value: shown(given ?? '') }) };
}

function problemOfRow(
  { fields, openQuote }: CsvRow,
  { columns, delimiter }: CsvShape,
): DataReason | undefined {
  if (openQuote || fields.some((field) => holdsRow(field, columns.length, delimiter))) {
    return reason('open-quote', { row: shown(fields.join(delimiter)) });
  }
  if (fields.length === 1 || fields.length < columns.length / 2) {
    const line = fields.join(delimiter);
    const other = [';', ',', '\t', '|'].find(
      (one) => one !== delimiter && line.split(one).length >= Math.max(2, columns.length - 1),
    );
    if (other === '\t') return reason('separator-now-tab', { before: delimiter });
    if (other && delimiter === '\t') return reason('separator-was-tab', { separator: other });
    if (other) return reason('separator-changed', { separator: other, before: delimiter });
  }
  const more = fields.slice(columns.length);
  if (more.every((field) => field.trim() === '')) return undefined;
  return reason('too-many-fields', { fields: fields.length, columns: columns.length });
}

/** A quote that is not closed takes the next rows in, up to the next quote. */
function holdsRow(field: string, columns: number, delimiter: string): boolean {
  if (!field.includes('\n')) return false;
  const lines = field.split('\n').slice(1);
  return lines.some((line) => line.split(delimiter).length >= Math.max(3, columns - 1));
}
