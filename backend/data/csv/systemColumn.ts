import { plainName } from '../columns/plainName.ts';

type Rows = readonly Readonly<Record<string, string>>[];

/** The column that says the coordinate system of each row by its EPSG code, as registers of Austria and Norway have it. */
export function systemColumn(columns: readonly string[], rows: Rows): string | undefined {
  return columns.find((column) => {
    if (!/epsg|^srid$|srid$|^srs$|^crs$|koordinatensystem|koordsys/.test(plainName(column))) return false;
    const filled = rows.map((row) => row[column] ?? '').filter((value) => value.trim() !== '');
    return filled.length > 0 && filled.every((value) => codeIn(value) !== undefined);
  });
}

/** The code in '31256', 'EPSG:31256' or a URN. */
export function codeIn(value: string | undefined): string | undefined {
  return /^(?:.*EPSG\W+(?:[\d.]*:)?)?(\d{4,6})$/i.exec(value?.trim() ?? '')?.[1];
}
