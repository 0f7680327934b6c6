import { type ByteSource, headOf, type ReadContext } from '../bytes/ByteSource.ts';
import type { DataEncoding, DataReason } from '../dataTypes.ts';
import type { LayerSource, RawFeature } from '../layers/LayerSource.ts';
import { nameOfPath } from '../layers/nameOfPath.ts';
import { LIMITS } from '../limits.ts';
import { Pacer } from '../Pacer.ts';
import { reason, refusal } from '../reasons.ts';
import { encodingOfDriver } from '../text/codePages.ts';
import { decodeWhole } from '../text/decodeText.ts';
import { detectEncoding, utf8Share } from '../text/detectEncoding.ts';
import { encodingOfLabel } from '../text/encodingLabel.ts';
import { type DbfHeader, DbfRows, parseDbfHeader } from './dbf.ts';
import { ShpRecords } from './ShpRecords.ts';

/** The files of one Shapefile, which belong together by their names. */
export interface ShapefileParts {
  shp: ByteSource;
  dbf?: ByteSource;
  prj?: ByteSource;
  cpg?: ByteSource;
}

/** Enough of the table to see its encoding. */
const SAMPLE = 2 ** 20;

export async function shapefileLayer(parts: ShapefileParts, context: ReadContext): Promise<LayerSource> {
  const { shp, dbf, prj, cpg } = parts;
  const quiet = { ...context, onBytes: undefined };
  const notes: DataReason[] = [];
  const table = dbf && (await readTable(dbf, cpg, quiet, context.encodingOf?.(shp.path), notes));
  if (!table) notes.push(reason('no-dbf'));
  const wkt =
    prj &&
    decodeWhole(await headOf(prj, 20_000, quiet))
      .replaceAll('\0', '')
      .trim();
  if (!wkt) notes.push(reason('no-prj'));
  return {
    path: shp.path,
    name: nameOfPath(shp.path),
    format: 'shapefile',
    ...(table && { encoding: table.encoding, features: table.header.records }),
    crs: wkt ? { from: 'prj', text: wkt } : { from: 'none' },
    ...(table && { columns: table.header.fields.map(({ name }) => name) }),
    notes,
    read: (how, reading) => readFeatures(parts, table, how.encoding, reading),
  };
}

interface Table {
  header: DbfHeader;
  encoding: DataEncoding;
}

async function readTable(
  dbf: ByteSource,
  cpg: ByteSource | undefined,
  context: ReadContext,
  chosen: string | undefined,
  notes: DataReason[],
): Promise<Table> {
  const sample = await headOf(dbf, SAMPLE, context);
  const rough = parseDbfHeader(dbf.path, sample, 'windows-1252');
  const label = cpg && decodeWhole(await headOf(cpg, 200, context)).trim();
  const declared = label ? encodingOfLabel(label) : undefined;
  const encoding: DataEncoding =
    chosen === undefined ? encodingOfTable(sample, rough, declared) : { name: chosen, from: 'mapping' };
  if (chosen === undefined && declared && encoding.name !== declared) {
    notes.push(reason('encoding-differs', { declared, detected: encoding.name }));
  }
  if (rough.fields.length > LIMITS.columns) {
    throw refusal(dbf.path, 'too-many-columns', {
      columns: rough.fields.length,
      limit: LIMITS.columns,
    });
  }
  return { header: parseDbfHeader(dbf.path, sample, encoding.name), encoding };
}

/** Bytes that are UTF-8 are nothing else, whatever is declared; then what the .cpg says, then the table's own mark. */
function encodingOfTable(
  sample: Uint8Array<ArrayBuffer>,
  { headerLength, recordLength, fields, driver }: DbfHeader,
  declared: string | undefined,
): DataEncoding {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = headerLength; at + recordLength <= sample.length; at += recordLength) {
    for (const { type, start, length } of fields) {
      const bytes = sample.subarray(at + start, at + start + length);
      if (type === 'C' && bytes.some((byte) => byte >= 0x80)) parts.push(bytes);
    }
  }
  const names = new Uint8Array(parts.reduce((sum, { length }) => sum + length + 1, 0)).fill(32);
  let at = 0;
  for (const part of parts) {
    names.set(part, at);
    at += part.length + 1;
  }
  const share = utf8Share(names);
  if (share !== undefined && share > 0.9)
    return { name: 'utf-8', from: declared === 'utf-8' ? 'declared' : 'detected' };
  const isWrong = declared === 'utf-8' && share !== undefined;
  if (declared !== undefined && !isWrong) return { name: declared, from: 'declared' };
  if (names.length === 0) return { name: 'utf-8', from: 'detected' };
  const marked = encodingOfDriver(driver);
  return marked === undefined ? detectEncoding(names) : { name: marked, from: 'declared' };
}

async function* readFeatures(
  { shp, dbf }: ShapefileParts,
  table: Table | undefined,
  encoding: string | undefined,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const shapes = new ShpRecords(shp, context);
  const rows = dbf && table && new DbfRows(dbf, table.header, encoding ?? table.encoding.name, context);
  const pacer = new Pacer(context.signal);
  let ready: RawFeature[] = [];
  try {
    for (let number = 1; ; number++) {
      const shape = await shapes.next();
      if (!shape) break;
      const row = await rows?.next();
      ready.push(featureOf(number, shape, row));
      if (shape.last) break;
      if (ready.length < 100) continue;
      yield ready;
      ready = [];
      await pacer.pause();
    }
    if (ready.length > 0) yield ready;
  } finally {
    await shapes.close();
    await rows?.close();
  }
}

function featureOf(
  number: number,
  { geometry, problem }: Awaited<ReturnType<ShpRecords['next']>> & object,
  row: Record<string, unknown> | null | undefined,
): RawFeature {
  const feature: RawFeature = { number, geometry, properties: row ?? {} };
  if (problem) return { ...feature, problem };
  if (row !== null) return feature;
  return { ...feature, problem: reason('deleted') };
}
