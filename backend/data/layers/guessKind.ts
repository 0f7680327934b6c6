import { guessAddressColumns } from '../columns/guessColumns.ts';
import { plainName } from '../columns/plainName.ts';
import type { DataKind } from '../dataTypes.ts';

const POLE_COLUMN =
  /pole|mast(?!er)|poteau|poste(?!r|d|code|num|l|n)|structureid|structid|電柱|عمود|اعمدة|telegraph|utilitypole|streetlight|stlight|lamppost|luminaire|attachment|guywire|jointuse/;
const OF_POLES =
  /^(utility)?(pole|mast|poteau|structure)(s)?(id|no|num|nr|number|tag|name|ht|height|hgt|class|type|material|mat|owner|own|species|length|len|year|status|cond.*|label|code)$/;
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
  if (isPoles(columns, name)) return columns.some(isDesign) ? 'designPoles' : 'poles';
  if (isAddress || (guessed.number !== undefined && !hasPole(columns, rows))) return 'addresses';
  if (hasPole(columns, rows)) {
    return columns.some(isDesign) ? 'designPoles' : 'poles';
  }
  if (guessed.street !== undefined || guessed.postcode !== undefined) return 'addresses';
  if (/address|adress|house|haus|home|maison|parcel|building|住所|عنوان|عناوين/i.test(name))
    return 'addresses';
  if (/pole|mast|poteau|post[es]|電柱|عمود/i.test(name)) return 'poles';
  return columns.some((column) => plainName(column) === 'name') ? 'poles' : 'addresses';
}

function isDesign(column: string): boolean {
  return /^design(name)?$/.test(plainName(column));
}

/** A table of poles may have the address beside each. An address may name its pole. */
function isPoles(columns: readonly string[], name: string): boolean {
  const named = columns.map(plainName).filter((plain) => OF_POLES.test(plain)).length;
  return (
    named > 1 || (named === 1 && /pole|mast|poteau|poste|電柱|عمود/i.test(name) && !/addr|house/i.test(name))
  );
}

function hasPole(columns: readonly string[], rows: Sample['rows']): boolean {
  if (columns.some((column) => POLE_COLUMN.test(plainName(column)))) return true;
  let found = 0;
  for (const row of rows) {
    if (Object.values(row).some((value) => typeof value === 'string' && POLE_VALUE.test(value))) found++;
  }
  return found > rows.length / 2;
}
