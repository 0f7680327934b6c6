import { plainName } from '../columns/plainName.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];
type Box = readonly [west: number, south: number, east: number, north: number];

/** German and Polish postcodes begin with the number of a region. */
const GERMANY: readonly Box[] = [
  [10, 50.1, 15.1, 52.1],
  [10.5, 51.2, 14.9, 54.7],
  [6.6, 52.4, 11.7, 55.1],
  [7.9, 50.2, 12, 53.4],
  [5.9, 50.9, 9.1, 53],
  [5.8, 49, 8.7, 51.6],
  [6.3, 48.9, 10.4, 50.9],
  [7.4, 47.5, 10.6, 49.5],
  [9, 47.2, 13.9, 49.4],
  [9, 47.9, 13.9, 51.1],
];

const POLAND: readonly Box[] = [
  [19.2, 51.2, 23.2, 53.5],
  [19.2, 52.8, 24, 54.5],
  [19.5, 50.1, 24.2, 52.4],
  [18.8, 49, 23.6, 50.8],
  [17, 49.4, 20, 51.2],
  [14.8, 50, 18.7, 51.9],
  [15, 51.2, 19.2, 53.6],
  [14, 52.6, 18, 54.7],
  [16.7, 52.5, 20.1, 54.9],
  [18, 50.8, 20.6, 52.4],
];

/** The first three digits of an American postcode from which on it is in a state, and the name of the state. */
const STATES = `
010 Massachusetts,028 Rhode Island,030 New Hampshire,039 Maine,050 Vermont,060 Connecticut,070 New Jersey,100 New York,
150 Pennsylvania,197 Delaware,200 Maryland,220 Virginia,247 West Virginia,270 North Carolina,290 South Carolina,300 Georgia,
320 Florida,350 Alabama,370 Tennessee,386 Mississippi,398 Georgia,400 Kentucky,430 Ohio,460 Indiana,480 Michigan,500 Iowa,
530 Wisconsin,550 Minnesota,570 South Dakota,580 North Dakota,590 Montana,600 Illinois,630 Missouri,660 Kansas,680 Nebraska,
700 Louisiana,716 Arkansas,730 Oklahoma,750 Texas,800 Colorado,820 Wyoming,832 Idaho,840 Utah,850 Arizona,870 New Mexico,
889 Nevada,900 California,967 Hawaii,970 Oregon,980 Washington,995 Alaska`
  .trim()
  .split(/,\s*/)
  .map((entry): [number, string] => [Number(entry.slice(0, 3)), entry.slice(4)]);

const POSTCODE = /zip|plz|postleitzahl|postcode|postalcode|kodpocztowy|^pna$/;

/** Postcodes of a form, from the column that has them. */
function postcodes(columns: readonly string[], rows: Rows, form: RegExp): string[] {
  for (const column of columns.filter((one) => POSTCODE.test(plainName(one)))) {
    const found = rows.slice(0, 50).flatMap((row) => form.exec(String(row[column] ?? ''))?.[0] ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

/** For each country the part of it in which the postcodes are, if they are all in one. */
export function postalRegions(columns: readonly string[], rows: Rows): Map<string, Box> {
  const regions = new Map<string, Box>();
  for (const [country, boxes, form] of [
    ['DE', GERMANY, /^\d{5}(?=$|\D)/],
    ['PL', POLAND, /^\d\d-\d{3}/],
  ] as const) {
    const digits = new Set(postcodes(columns, rows, form).map((code) => Number(code[0])));
    const [only] = digits;
    const box = digits.size === 1 && only !== undefined ? boxes[only] : undefined;
    if (box) regions.set(country, box);
  }
  return regions;
}

/** The state of the United States in which the postcodes are. */
export function americanState(columns: readonly string[], rows: Rows): string | undefined {
  const states = new Set(
    postcodes(columns, rows, /^\d{5}(?=$|\D)/).map(
      (code) => STATES.findLast(([first]) => Number(code.slice(0, 3)) >= first)?.[1],
    ),
  );
  const [only] = states;
  return states.size === 1 ? only : undefined;
}
