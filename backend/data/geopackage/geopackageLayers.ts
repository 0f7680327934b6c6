import type { ByteSource, ReadContext } from '../bytes/ByteSource.ts';
import type { DataProblem, DataReason } from '../dataTypes.ts';
import { parseWkb } from '../geometry/wkb.ts';
import type { CrsClaim, LayerSource, RawFeature, RawGeometry } from '../layers/LayerSource.ts';
import { LIMITS } from '../limits.ts';
import { reason, refusal, shown } from '../reasons.ts';
import { SqliteFile } from './SqliteFile.ts';
import type { SqliteValue } from './sqliteRecord.ts';
import { type TableColumns, tableColumns } from './tableColumns.ts';

type Row = Record<string, SqliteValue>;
interface Table extends TableColumns {
  root: number;
  isView: boolean;
}

/** The layers of a GeoPackage (OGC 12-128): each table of features with its own coordinate system. */
export async function geopackageLayers(
  source: ByteSource,
  context: ReadContext,
): Promise<{ layers: LayerSource[]; problems: DataProblem[] }> {
  const { path } = source;
  const blob = await source.blob(context);
  const quiet = { ...context, onBytes: undefined };
  const file = await SqliteFile.open(path, blob, quiet);
  const tables = await readSchema(file);
  if (!tables.has('gpkg_geometry_columns')) throw refusal(path, 'no-feature-tables');
  const systems = await readTable(file, tables, 'gpkg_spatial_ref_sys');
  const counts = await readTable(file, tables, 'gpkg_ogr_contents');
  const layers: LayerSource[] = [];
  const problems: DataProblem[] = [];
  for (const row of await readTable(file, tables, 'gpkg_geometry_columns')) {
    const name = String(row.table_name ?? '');
    const column = String(row.column_name ?? '');
    const table = tables.get(name.toLowerCase());
    const problem = problemOf(table);
    if (!table || problem) {
      problems.push({
        ...(problem ?? reason('no-table', { table: shown(name) })),
        file: [...path, name].join('/'),
      });
      continue;
    }
    const features = counts.find((count) => count.table_name === name)?.feature_count;
    layers.push({
      path: [...path, name],
      name,
      format: 'geopackage',
      encoding: { name: 'utf-8', from: 'standard' },
      crs: crsOf(Number(row.srs_id), systems),
      ...(typeof features === 'number' && { features }),
      columns: table.names.filter((_, index) => table.names[index] !== column),
      notes: [],
      read: (_, reading) => readFeatures(path, blob, table, column, reading),
    });
  }
  if (layers.length === 0 && problems.length === 0) throw refusal(path, 'empty-geopackage');
  return { layers: layers.slice(0, LIMITS.layers), problems };
}

function problemOf(table: Table | undefined): DataReason | undefined {
  if (!table?.isView) return undefined;
  return reason('is-view');
}

async function readSchema(file: SqliteFile): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for await (const rows of file.rows(1)) {
    for (const { values } of rows) {
      const [type, name, , root, sql] = values;
      if ((type !== 'table' && type !== 'view') || typeof name !== 'string' || typeof sql !== 'string')
        continue;
      const isView =
        type === 'view' || /\)\s*(STRICT\s*,\s*)?WITHOUT\s+ROWID/i.test(sql) || Number(root) === 0;
      tables.set(name.toLowerCase(), { ...tableColumns(sql), root: Number(root), isView });
    }
  }
  return tables;
}

/** A small table of the GeoPackage itself. */
async function readTable(file: SqliteFile, tables: Map<string, Table>, name: string): Promise<Row[]> {
  const table = tables.get(name);
  if (!table || table.isView) return [];
  const found: Row[] = [];
  for await (const rows of file.rows(table.root)) {
    found.push(...rows.map(({ rowid, values }) => rowOf(table, rowid, values)));
    if (found.length > 10_000) break;
  }
  return found;
}

function rowOf(table: TableColumns, rowid: number, values: readonly SqliteValue[]): Row {
  return Object.fromEntries(
    table.names.map((name, i) => [
      name,
      i === table.rowid && values[i] === null ? rowid : (values[i] ?? null),
    ]),
  );
}

function crsOf(id: number, systems: readonly Row[]): CrsClaim {
  if (id === 0 || id === -1) return { from: 'none' };
  const system = systems.find(({ srs_id }) => srs_id === id);
  if (!system) return { from: 'table', text: `EPSG:${id}` };
  const name = String(system.srs_name ?? '');
  const { organization, organization_coordsys_id, definition } = system;
  const isEpsg = /^epsg$/i.test(String(organization ?? ''));
  if (isEpsg) return { from: 'table', text: `EPSG:${organization_coordsys_id}`, name };
  return { from: 'table', text: String(definition ?? ''), name };
}

async function* readFeatures(
  path: readonly string[],
  blob: Blob,
  table: Table,
  column: string,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const file = await SqliteFile.open(path, blob, context);
  let number = 0;
  for await (const rows of file.rows(table.root)) {
    yield rows.map(({ rowid, values }) => featureOf(++number, rowOf(table, rowid, values), column));
  }
}

function featureOf(number: number, row: Row, column: string): RawFeature {
  const { [column]: blob, ...rest } = row;
  const properties = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => !(value instanceof Uint8Array)),
  );
  if (!(blob instanceof Uint8Array)) return { number, geometry: null, properties };
  try {
    return { number, geometry: parseGeometry(blob), properties };
  } catch {
    return { number, geometry: null, properties, problem: reason('damaged-geometry') };
  }
}

const ENVELOPES = [0, 32, 48, 48, 64];

/** A geometry with the heading that a GeoPackage puts before it. */
function parseGeometry(blob: Uint8Array): RawGeometry | null {
  if (blob[0] !== 0x47 || blob[1] !== 0x50) return parseWkb(blob).geometry;
  const flags = blob[3] ?? 0;
  const envelope = ENVELOPES[(flags >> 1) & 7];
  if (envelope === undefined) throw new RangeError('unknown envelope');
  if ((flags & 0x10) !== 0) return null;
  return parseWkb(blob.subarray(8 + envelope)).geometry;
}
