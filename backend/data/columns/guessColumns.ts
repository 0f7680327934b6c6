import type { ColumnRole, DataKind, DataMapping } from '../dataTypes.ts';
import { NUMBER_NAME, NUMBER_PART, STREET_AFTER, STREET_BEFORE, STREET_NAME } from './namePatterns.ts';
import { plainName } from './plainName.ts';
import { NAMES, NUMBER_PARTS, ROLE_NAMES, STREET_PARTS } from './roleNames.ts';
import { splitAddress } from './splitAddress.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

interface Column {
  name: string;
  plain: string;
  /** The name without words that say nothing, such as 'situs'. */
  bare: string;
  place: number;
  /** Values as texts, without the empty ones. */
  values: string[];
}

/** Names that only mean a number where the file has streets as well. */
const WEAK_NUMBERS = new Set(['number', 'num', 'no', 'nr', 'nro', 'id', 'pao', 'numero']);
const LEAD =
  /^(situs|site|property|prop|location|loc|physical|phys|premise|prem|official|ofc|parcel|lu|addr|adresse|adr)(?=.{2})/;
const TRAIL = /(?<=.{2})(text|txt|label|lbl|value|description|name|nm|naziv|nazwa|nome|nimi|nimetus|adi)$/;
/** Columns of these names hold no address, although 'Post 12' and '3011 Bern' look like one. */
const NO_ADDRESS =
  /zip|plz|post(?!al?address)|^ort|city|town|date|datum|time|code|kod|id$|owner|mail|version|status|note|comment|url/;
const STREET_WORDS =
  /(stra(ß|ss)e|str\.|gasse|platz|weg|allee|straat|laan|plein|gracht|gade|vej|gate|gata|gatan|vägen|veien|katu|tie|kuja|utca|iela|gatv[eė]|tänav)(?!\p{L})|(?<!\p{L})(street|road|avenue|lane|drive|court|st|rd|ave|dr|ln|ct|blvd|rue|chemin|impasse|allée|calle|avenida|plaza|via|piazza|corso|rua|travessa|ulica|ul\.|ulice|strada|jalan|jl\.?|đường|phố)(?!\p{L})|улица|ул\.|переулок|проспект|вулиця|вул\.|sokak|sokağı|cadde|οδός|λεωφ|רחוב|شارع|路|街|丁目|로$|길$/iu;
const NO_STREET =
  /(type?|tipo.*|sfx|suffix|suff?|pfx|prefix|dir|predir|code|kod|id|no|num|nr|nbr|number|class|side|from|to|len|length)$|owner|^own|mail|^tipo|^type/;
const LOOKS_LIKE_STREET = /street|strasse|straat|calle|nomvoie|logradouro|streetnm|roadnm|通り|شارع/;
const LOOKS_LIKE_NUMBER =
  /(house|haus|hus|street|addr|adr|civic|site|situs|huis|building|dom|bud)(no|num|nr|nbr|number|numero|nummer|broj|cislo|szam)|housen|hausn/;
const STARTS_WITH_DIGIT = /^[a-zA-Z]?[\s#]*\p{Nd}/u;

/** Guesses the columns of an address, from their names and from what is in them. */
export function guessAddressColumns(names: readonly string[], rows: Rows): DataMapping['columns'] {
  const columns = columnsOf(names, rows);
  const taken = new Set<Column>();
  const found: DataMapping['columns'] = {};
  const take = (role: ColumnRole, column: Column | undefined) => {
    if (!column) return;
    taken.add(column);
    found[role] = column.name;
  };
  // A column without values is taken only where there is no other.
  const find = (list: readonly string[], fits: (column: Column) => boolean) => {
    const free = columns.filter((one) => !taken.has(one) && fits(one));
    const byName = (isIt: (one: Column, name: string) => boolean) => {
      for (const name of list) {
        const column = free.find((one) => isIt(one, name));
        if (column) return column;
      }
      return undefined;
    };
    const enough = (one: Column) => one.values.length > rows.length * 0.2;
    return (
      byName((one, name) => one.plain === name && enough(one)) ??
      byName((one, name) => one.bare === name && enough(one)) ??
      byName((one, name) => one.plain === name)
    );
  };
  const like = (pattern: RegExp, fits: (column: Column) => boolean) =>
    columns.find((one) => !taken.has(one) && pattern.test(one.plain) && one.values.length > 0 && fits(one));

  const street =
    find(ROLE_NAMES.street, isWords) ??
    like(LOOKS_LIKE_STREET, (one) => isWords(one) && !NO_STREET.test(one.plain)) ??
    like(STREET_NAME, (one) => isWords(one) && !NO_STREET.test(one.plain)) ??
    columns.find((one) => !NO_ADDRESS.test(one.plain) && isStreets(one) && !isAddress(one));
  const strong = ROLE_NAMES.number.filter((name) => !WEAK_NUMBERS.has(name));
  const number =
    find(street ? ROLE_NAMES.number : strong, isNumber) ??
    like(LOOKS_LIKE_NUMBER, isNumber) ??
    like(NUMBER_NAME, isHouseNumber) ??
    numberBeside(street, columns, rows);
  // Some streets end with a number. Where the file has the number as well, the street is whole only if it repeats that.
  const isWhole =
    street !== undefined && isAddress(street) && (number === undefined || repeats(street, number, rows));
  if (!isWhole) take('street', street);
  take('number', number);
  if (!found.street || !found.number) {
    const whole =
      find(ROLE_NAMES.address, isAddress) ??
      (isWhole ? street : undefined) ??
      columns.find(
        (one) => !taken.has(one) && !NO_ADDRESS.test(one.plain) && isAddress(one) && isSurely(one),
      );
    // A street beside a full address says which one it is; the number comes out of the address.
    take('address', whole);
    if (!whole && street && isWhole) take('street', street);
    if (!whole && !found.street) take('street', find(ROLE_NAMES.address, isWords));
  }
  for (const role of ['unit', 'postcode', 'city', 'id'] as const)
    take(
      role,
      // 'postal' is also a column that says yes or no.
      find(ROLE_NAMES[role], role === 'postcode' ? hasDigits : () => true),
    );
  if (found.street !== undefined) found.street = withParts(found.street, columns, street);
  if (number) {
    const listed = NUMBER_PARTS.flatMap((name) => columns.filter((one) => one.plain === name));
    const like = columns.filter((one) => NUMBER_PART.test(one.plain) && one.values.length > 0);
    const parts = (listed.length > 0 ? listed : like.slice(0, 1)).filter((one) => !taken.has(one));
    if (parts.length > 0) found.number = [number.name, ...parts.map(({ name }) => name)];
  }
  return found;
}

/** 'N' + 'Main' + 'St' where a street's name stands in several columns. */
function withParts(
  street: string | string[],
  columns: readonly Column[],
  main: Column | undefined,
): string | string[] {
  if (!main || /full/.test(main.plain)) return street;
  const isPart = (one: Column, name: string) =>
    (one.plain === name || one.bare === name) && one !== main && one.values.length > 0;
  const partsWhere = (before: boolean) =>
    STREET_PARTS.filter((part) => part.before === before).flatMap(({ names }) =>
      names
        .flatMap((name) => columns.filter((one) => isPart(one, name)))
        // Some names do not say if the part stands before or after: then its place in the table does.
        .filter((one) => !EITHER_SIDE.has(one.bare) || one.place < main.place === before)
        .slice(0, 1),
    );
  // A part that the name has already is not said twice.
  const isNew = (part: Column) => {
    const value = part.values[0]?.toLowerCase() ?? '';
    return !main.values.slice(0, 20).some((text) => text.toLowerCase().split(/\s+/).includes(value));
  };
  const likeParts = (pattern: RegExp) =>
    columns.filter((one) => one !== main && one.values.length > 0 && pattern.test(one.plain)).slice(0, 1);
  const partsOf = (listed: Column[], pattern: RegExp) =>
    (listed.length > 0 ? listed : likeParts(pattern)).filter(isNew);
  const before = partsOf(partsWhere(true), STREET_BEFORE);
  const after = partsOf(partsWhere(false), STREET_AFTER);
  if (before.length + after.length === 0) return street;
  return [...before, main, ...after].map(({ name }) => name);
}

const EITHER_SIDE = new Set(['strdir', 'streetdir', 'streetdirection']);

/** Guesses the column that names a pole, a street or a design. */
export function guessNameColumns(
  kind: Exclude<DataKind, 'addresses'>,
  names: readonly string[],
  rows: Rows,
): DataMapping['columns'] {
  const columns = columnsOf(names, rows);
  const found: DataMapping['columns'] = {};
  const list = NAMES[kind === 'designPoles' ? 'poles' : kind];
  const fits = kind === 'streets' ? isWords : () => true;
  for (const name of list) {
    const column = columns.find((one) => one.plain === name && one.values.length > 0 && fits(one));
    if (!column) continue;
    found.name = column.name;
    break;
  }
  if (kind === 'poles' || kind === 'designPoles') {
    const fallback =
      columns.find(
        ({ plain, values }) =>
          /^(pole|mast|struct|asset).*(id|no|num|nr|tag|name|code|label)$/.test(plain) && values.length > 0,
      ) ??
      columns.find(
        ({ values }) =>
          values.length >= 3 &&
          new Set(values).size === values.length &&
          values.every((value) => /^(?=.*\p{L})(?=.*\d).{2,20}$/u.test(value)),
      );
    if (found.name === undefined && fallback) found.name = fallback.name;
  }
  if (kind === 'streets' && found.name === undefined) {
    const column = columns.find(
      (one) => LOOKS_LIKE_STREET.test(one.plain) && one.values.length > 0 && isWords(one),
    );
    if (column) found.name = column.name;
  }
  if (kind === 'streets' && typeof found.name === 'string') {
    const main = columns.find((one) => one.name === found.name);
    found.name = withParts(found.name, columns, main?.plain === 'name' ? undefined : main);
  }
  const id = columns.find((one) => ROLE_NAMES.id.includes(one.plain) && one.name !== found.name);
  if (id) found.id = id.name;
  const design = columns.find((one) => ROLE_NAMES.design.includes(one.plain) && one.name !== found.name);
  if (design && kind !== 'designs') found.design = design.name;
  return found;
}

function columnsOf(names: readonly string[], rows: Rows): Column[] {
  return names.map((name, place) => ({
    name,
    plain: plainName(name),
    bare: plainName(name).replace(LEAD, '').replace(TRAIL, ''),
    place,
    values: rows
      .slice(0, 200)
      .map((row) => row[name])
      .filter((value) => value !== null && value !== undefined && value !== '')
      .map(String),
  }));
}

/** Texts with letters in them; also a column without values, because its name is all there is. */
function isWords({ values }: Column): boolean {
  return values.filter((value) => /\p{L}/u.test(value)).length >= values.length * 0.5;
}

function isNumber({ values }: Column): boolean {
  const good = values.filter((value) => value.length <= 20 && STARTS_WITH_DIGIT.test(value));
  return good.length >= values.length * 0.5;
}

/** Most values have a digit; also a column without values. */
function hasDigits({ values }: Column): boolean {
  return values.filter((value) => /\p{Nd}/u.test(value)).length >= values.length * 0.5;
}

/** Texts of which most have a word for a street, in any of many languages. */
function isStreets({ values }: Column): boolean {
  // 'ST' alone is the kind of a street.
  const streets = values.filter(
    (value) => value.length < 80 && value.length > (STREET_WORDS.exec(value)?.[0].length ?? 80),
  );
  return values.length >= 3 && streets.length >= values.length * 0.5;
}

/** Texts of addresses in a column whose name says nothing: 'Pole 12' and 'Pole 13' are names of poles. */
function isSurely({ values }: Column): boolean {
  const streets = values.filter((value) => STREET_WORDS.test(value)).length;
  if (values.length < 3 || streets === values.length) return streets === values.length;
  const words = new Map<string, number>();
  for (const value of values) {
    const word = LABEL.exec(value)?.[1]?.toLowerCase();
    if (word !== undefined) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return Math.max(0, ...words.values()) < values.length * 0.8;
}

/** A word and a number. */
const LABEL = /^(\p{L}+)[\s._#-]*\p{Nd}+\p{L}?$/u;

/** A column of house numbers within two columns of the street. */
function numberBeside(
  street: Column | undefined,
  columns: readonly Column[],
  rows: Rows,
): Column | undefined {
  if (!street || isAddress(street)) return undefined;
  return [1, -1, 2, -2]
    .map((step) => columns[street.place + step])
    .find(
      (one) =>
        one !== undefined &&
        !/code|kod|id$|floor|etage|count|zone|year|jahr|ward|district|level/.test(one.plain) &&
        one.values.length > rows.length * 0.5 &&
        new Set(one.values).size > 1 &&
        one.values.filter((value) => /^\d{1,4} ?[a-zA-Z]?([-/]\d{1,4} ?[a-zA-Z]?)?$/.test(value)).length >
          one.values.length * 0.9,
    );
}

/** The number stands in the full address as well. */
function repeats(street: Column, number: Column, rows: Rows): boolean {
  const same = rows.filter(
    (row) => splitAddress(String(row[street.name] ?? ''))?.number === String(row[number.name]),
  );
  return same.length > rows.length / 2;
}

/** Numbers of houses alone, of at most six digits. */
function isHouseNumber({ values }: Column): boolean {
  const good = values.filter((value) => /^\p{Nd}{1,6}([^\p{Nd}].{0,8})?$/u.test(value));
  return values.length > 0 && good.length >= values.length * 0.8;
}

/** Texts that have a number and a street. */
function isAddress({ values }: Column): boolean {
  if (values.length === 0) return false;
  return values.filter((value) => splitAddress(value) !== undefined).length >= values.length * 0.5;
}
