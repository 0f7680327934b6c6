import type { PlaceColumns } from '../dataTypes.ts';
import { parseHexWkb } from '../geometry/wkb.ts';
import { looksLikeWkt, parseWkt } from '../geometry/wkt.ts';
import type { RawGeometry } from '../layers/LayerSource.ts';
import { parseNumber } from './parseNumber.ts';
import { plainName } from './plainName.ts';
import { type Twins, twinNames } from './twinNames.ts';

/** Names of columns for the first and the second coordinate, the surest pair first. The six languages are in it. */
const PAIRS: readonly [x: RegExp, y: RegExp][] = [
  [
    /^(.*(longitude|longitud|laengengrad|geogrlaenge|geolaenge)|lon|lng|long|longitudedeg|.{0,12}(lon|lng)|(lon|lng|long|longitude)(wgs84|dd|deg|dec|decimal|4326)|laenge|経度|.*经度|خطالطول|الطول|طول)$/,
    /^(.*(latitude|latitud|breitengrad|geogrbreite|geobreite)|lat|latitudedeg|.{0,12}lat|(lat|latitude)(wgs84|dd|deg|dec|decimal|4326)|breite|緯度|.*纬度|دائرةالعرض|خطالعرض|العرض|عرض)$/,
  ],
  [
    /^(x|.{0,16}coordx|.{0,16}xcoord(inate)?|pointx|koordx|xkoord(inate)?|coordenadax|coordonneex|xcoordonnee|geox|gpsx|xgeo|xwgs84|x(wgs|l93|lambert93|rd|lv95|utm|etrs89|4326|centroid|min)|rdx|centroidx|centerx|posx|x座標|الإحداثيس)$/,
    /^(y|.{0,16}coordy|.{0,16}ycoord(inate)?|pointy|koordy|ykoord(inate)?|coordenaday|coordonneey|ycoordonnee|geoy|gpsy|ygeo|ywgs84|y(wgs|l93|lambert93|rd|lv95|utm|etrs89|4326|centroid|min)|rdy|centroidy|centery|posy|y座標|الإحداثيص)$/,
  ],
  [
    /^(.*easting|east|e|ekoord(inate)?|koorde|ekoordlv95|elv95|ost|ostwert|rechtswert|rechts|rw|este|est|coordeste|abscisse|dkode|etrs89koordinatoest|.{0,10}koordinatoest)$/,
    /^(.*northing|north|n|nkoord(inate)?|koordn|nkoordlv95|nlv95|nord|nordwert|hochwert|hoch|hw|norte|coordnorte|ordonnee|dkodn|etrs89koordinatnord|.{0,10}koordinatnord)$/,
  ],
];

/** Some portals write an address above its place, in one field. */
const BELOW_TEXT = /\(\s*([+-]?\d{1,3}\.\d+)\s*,\s*([+-]?\d{1,3}\.\d+)\s*\)\s*$/;
const PAIR = /^[([]?\s*([+-]?\d{1,3}[.,]\d+)\s*[,;:/ ]\s*([+-]?\d{1,3}[.,]\d+)\s*[)\]]?$/;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Finds the columns that say where each row is; undefined where none do. */
export function guessPlaceColumns(columns: readonly string[], rows: Rows): PlaceColumns | undefined {
  const twins = twinNames(columns).filter(({ x, y }) => isCoordinate(x, rows) && isCoordinate(y, rows));
  const place =
    namedPair(PAIRS.slice(0, 1), columns, rows) ??
    xy(twins.find(({ isGeographic }) => isGeographic)) ??
    xy(twins.find(({ x, y }) => isDegrees(x, rows) && isDegrees(y, rows))) ??
    namedPair(PAIRS.slice(1), columns, rows) ??
    xy(twins[0]);
  if (place) return place;
  const geometry = columns.find((column) =>
    mostly(column, rows, (value) => geometryOfText(value) !== undefined),
  );
  if (geometry !== undefined) return { type: 'geometry', column: geometry };
  const pair = columns.find((column) =>
    mostly(column, rows, (value) => PAIR.test(value) || BELOW_TEXT.test(value)),
  );
  return pair === undefined ? undefined : { type: 'pair', column: pair };
}

function namedPair(pairs: typeof PAIRS, columns: readonly string[], rows: Rows): PlaceColumns | undefined {
  const names = columns.map((column) => ({ column, plain: plainName(column) }));
  for (const [first, second] of pairs) {
    const y = names.find(({ column, plain }) => second.test(plain) && isNumeric(column, rows));
    const xs = names.filter(({ column, plain }) => first.test(plain) && isNumeric(column, rows));
    const x = y && (xs.find((one) => isTwin(one.plain, y.plain)) ?? xs[0]);
    if (x && y && x.column !== y.column) return { type: 'xy', x: x.column, y: y.column };
  }
  return undefined;
}

function xy(twins: Twins | undefined): PlaceColumns | undefined {
  return twins && { type: 'xy', x: twins.x, y: twins.y };
}

/** Small whole numbers are counts, or squares of a grid. */
function isCoordinate(column: string, rows: Rows): boolean {
  return (
    isNumeric(column, rows) &&
    mostly(column, rows, (value) => /[.,°\s]\d/.test(value) || Math.abs(parseNumber(value) ?? 0) > 360)
  );
}

function isDegrees(column: string, rows: Rows): boolean {
  return mostly(
    column,
    rows,
    (value) => /[.,]\d{3}/.test(value) && Math.abs(parseNumber(value) ?? 999) <= 180,
  );
}

/** Both names differ in the same place only: 'x_l93' and 'y_l93'. */
function isTwin(x: string, y: string): boolean {
  return (
    x.replace(/long(itude)?|lng|lon|x|easting|east/, '') === y.replace(/lat(itude)?|y|northing|north/, '')
  );
}

function isNumeric(column: string, rows: Rows): boolean {
  return mostly(column, rows, (value) => parseNumber(value) !== undefined);
}

function mostly(column: string, rows: Rows, fits: (value: string) => boolean): boolean {
  let [filled, good] = [0, 0];
  for (const row of rows.slice(0, 100)) {
    const value = row[column];
    if (value === null || value === undefined || value === '') continue;
    filled++;
    if (fits(String(value).trim())) good++;
  }
  return filled > 0 && good >= filled * 0.5;
}

/** Where a row is: null where the columns are empty, undefined where they have something else. */
export function placeOfRow(
  place: PlaceColumns,
  row: Readonly<Record<string, unknown>>,
): RawGeometry | null | undefined {
  if (place.type === 'xy') {
    const [given, other] = [row[place.x], row[place.y]];
    if (isEmpty(given) || isEmpty(other)) return null;
    const [x, y] = [parseNumber(given), parseNumber(other)];
    return x === undefined || y === undefined ? undefined : { type: 'Point', coordinates: [x, y] };
  }
  const value = row[place.column];
  if (isEmpty(value)) return null;
  const text = String(value).trim();
  if (place.type === 'geometry') return geometryOfText(text);
  const found = PAIR.exec(text) ?? BELOW_TEXT.exec(text);
  const [first, second] = [parseNumber(found?.[1]), parseNumber(found?.[2])];
  if (first === undefined || second === undefined) return undefined;
  // People write the latitude first, unless the column says otherwise or it would be none.
  const lonFirst = /lon.*lat|lng.*lat|xy/.test(plainName(place.column)) || Math.abs(first) > 90;
  return { type: 'Point', coordinates: lonFirst ? [first, second] : [second, first] };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function geometryOfText(text: string): RawGeometry | null | undefined {
  try {
    if (looksLikeWkt(text)) return parseWkt(text)?.geometry;
    if (text.startsWith('{')) {
      const value: unknown = JSON.parse(text);
      const isGeometry =
        typeof value === 'object' && value !== null && 'type' in value && 'coordinates' in value;
      return isGeometry ? { type: String(value.type), coordinates: value.coordinates } : undefined;
    }
    return parseHexWkb(text)?.geometry;
  } catch {
    return undefined;
  }
}

/** The coordinate system that PostGIS wrote into the geometry: 'SRID=28992;POINT(...)', or the same in binary. */
export function sridOfText(text: string): number | undefined {
  try {
    return looksLikeWkt(text) ? parseWkt(text)?.srid : parseHexWkb(text)?.srid;
  } catch {
    return undefined;
  }
}

/** A JSON record that has a longitude and a latitude among its properties. */
export function placeOfRecord(properties: Record<string, unknown>): RawGeometry | null {
  const place = guessPlaceColumns(Object.keys(properties), [properties]);
  return (place && placeOfRow(place, properties)) ?? null;
}
