import { parseNumber } from '../columns/parseNumber.ts';
import { plainName } from '../columns/plainName.ts';
import type { PlaceColumns } from '../dataTypes.ts';

type Rows = readonly Readonly<Record<string, string>>[];

/** Codes of systems in degrees. */
const GEOGRAPHIC = /^(4\d{3}|6318|6667|6668|7844)$/;

/** The column that says the coordinate system of each row by its EPSG code, as registers of Austria and Norway have it. */
export function systemColumn(
  columns: readonly string[],
  rows: Rows,
  place: PlaceColumns | undefined,
): string | undefined {
  const inDegrees =
    place?.type === 'xy' && rows.every((row) => Math.abs(parseNumber(row[place.x]) ?? 0) <= 360);
  return columns.find((column) => {
    if (!/epsg|^srid$|srid$|^srs$|^crs$|koordinatensystem|koordsys/.test(plainName(column))) return false;
    const filled = rows.map((row) => row[column] ?? '').filter((value) => value.trim() !== '');
    // Beside longitude and latitude it may be the system of other columns.
    return (
      filled.length > 0 && filled.every((value) => (inDegrees ? GEOGRAPHIC : /./).test(codeIn(value) ?? ''))
    );
  });
}

/** The code in '31256', 'EPSG:31256' or a URN. */
export function codeIn(value: string | undefined): string | undefined {
  return /^(?:.*EPSG\W+(?:[\d.]*:)?)?(\d{4,6})$/i.exec(value?.trim() ?? '')?.[1];
}
