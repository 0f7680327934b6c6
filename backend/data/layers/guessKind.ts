import { guessAddressColumns } from '../columns/guessColumns.ts';
import { plainName } from '../columns/plainName.ts';
import type { DataKind } from '../dataTypes.ts';

const POLE_COLUMN =
  /pole|mast(?!er)|poteau|poste(?!r|d|code|num|l|n)|structureid|structid|電柱|عمود|اعمدة|telegraph|utilitypole|attachment|guywire|jointuse/;
const POLE_VALUE =
  /^(utility_?pole|pole|power_?pole|tower|mast|poteau|poste|holzmast|telegraph pole|電柱|عمود)$/i;

interface Sample {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, unknown>>[];
  geometries: Readonly<Record<string, number>>;
  name: string;
  /** Square metres of the areas, the middle one. */
  area: number;
}

/** Says what a layer most likely is, by its geometry and its columns. Its name counts only where these say nothing. */
export function guessKind({ columns, rows, geometries, name, area }: Sample): DataKind {
  const count = (...types: string[]) => types.reduce((sum, type) => sum + (geometries[type] ?? 0), 0);
  const points = count('Point', 'MultiPoint');
  const lines = count('LineString', 'MultiLineString');
  const areas = count('Polygon', 'MultiPolygon');
  const guessed = guessAddressColumns(columns, rows);
  const isAddress =
    guessed.address !== undefined || (guessed.number !== undefined && guessed.street !== undefined);
  if (lines > points && lines > areas) return 'streets';
  if (areas > points) {
    if (isAddress || guessed.number !== undefined) return 'addresses';
    // An area of a hectare or more is no building.
    return area > 10_000 ? 'designs' : 'addresses';
  }
  if (isAddress || (guessed.number !== undefined && !hasPole(columns, rows))) return 'addresses';
  if (hasPole(columns, rows)) {
    return columns.some((column) => /^design(name)?$/.test(plainName(column))) ? 'designPoles' : 'poles';
  }
  if (guessed.street !== undefined || guessed.postcode !== undefined) return 'addresses';
  if (/address|adress|house|haus|home|maison|parcel|building|住所|عنوان|عناوين/i.test(name))
    return 'addresses';
  if (/pole|mast|poteau|post[es]|電柱|عمود/i.test(name)) return 'poles';
  return columns.some((column) => plainName(column) === 'name') ? 'poles' : 'addresses';
}

function hasPole(columns: readonly string[], rows: Sample['rows']): boolean {
  if (columns.some((column) => POLE_COLUMN.test(plainName(column)))) return true;
  let found = 0;
  for (const row of rows) {
    if (Object.values(row).some((value) => typeof value === 'string' && POLE_VALUE.test(value))) found++;
  }
  return found > rows.length / 2;
}
