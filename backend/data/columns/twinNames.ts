import { plainName } from './plainName.ts';

/** Words for the first and the second coordinate, in many languages, as `plainName` gives them. */
const WORDS: readonly [x: string, y: string, isGeographic: boolean][] = [
  ...pairs(
    `longitude latitude, longitud latitud, longitudine latitudine, long lat, lon lat, lng lat, laengengrad breitengrad, laenge breite,
    laengde bredde, lengdegrad breddegrad, longitud latitud, lengtegraad breedtegraad, lengte breedte, dlugosc szerokosc,
    delka sirka, dlzka sirka, duzina sirina, hosszusag szelesseg, ilguma platuma, garums platums, pikkus laius, pituus leveys,
    долгота широта, довгота широта, дължина ширина, boylam enlem, 경도 위도, 经度 纬度, 經度 緯度, 経度 緯度, μηκος πλατος,
    אורך רוחב, kinhdo vido, bujur lintang, longdd latdd`,
    true,
  ),
  ...pairs(
    `easting northing, eastings northings, east north, ost nord, oest nord, øst nord, este norte, est nord, itäkoordinaatti pohjoiskoordinaatti,
    itä pohjoinen, idakoordinaatti pohjakoordinaatti, ostwert nordwert, rechtswert hochwert, rechts hoch, abscisse ordonnee, 橫 縱, 横 纵, 横 縦, xcoord ycoord`,
    false,
  ),
];

/** Names that are so short that they must stand alone, or between signs such as '_'. */
const SHORT: readonly [x: string, y: string][] = [
  ['x', 'y'],
  ['e', 'n'],
  ['х', 'у'],
  ['rw', 'hw'],
  ['eo', 'no'],
  ['m', 'p'],
  ['easting', 'northing'],
];

function pairs(text: string, isGeographic: boolean): [string, string, boolean][] {
  return text.split(',').map((pair) => {
    const [x = '', y = ''] = pair.trim().split(/\s+/).map(plainName);
    return [x, y, isGeographic];
  });
}

export interface Twins {
  x: string;
  y: string;
  isGeographic: boolean;
}

/** It finds columns whose names differ only in the word for the coordinate: 'SWEREF99TM_E' and 'SWEREF99TM_N'. */
export function twinNames(columns: readonly string[]): Twins[] {
  const found: Twins[] = [];
  const byPlain = new Map(columns.map((column) => [plainName(column), column]));
  const byParts = new Map(columns.map((column) => [partsOf(column).join(' '), column]));
  const add = (x: string, y: string | undefined, isGeographic: boolean) => {
    if (y !== undefined && y !== x && !found.some((one) => one.x === x && one.y === y))
      found.push({ x, y, isGeographic });
  };
  for (const [x, y, isGeographic] of WORDS) {
    for (const [plain, column] of byPlain) {
      if (plain.includes(x)) add(column, byPlain.get(plain.replace(x, y)), isGeographic);
    }
  }
  for (const [x, y] of SHORT) {
    for (const column of columns) {
      const parts = partsOf(column);
      const at = parts.lastIndexOf(x);
      if (at >= 0) add(column, byParts.get(parts.with(at, y).join(' ')), false);
    }
  }
  // 'koordx' and 'koordy': one letter differs.
  for (const [plain, column] of byPlain) {
    for (let at = 0; at < Math.min(plain.length, 100); at++) {
      if (plain[at] === 'x') add(column, byPlain.get(`${plain.slice(0, at)}y${plain.slice(at + 1)}`), false);
    }
  }
  return found;
}

/** 'SWEREF99TM_E' is 'sweref99tm' and 'e', 'coordX' is 'coord' and 'x'. */
function partsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .map(plainName);
}
