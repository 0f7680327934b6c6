import { strFromU8 } from 'fflate';

export interface EpsgSystem {
  epsg: number;
  name: string;
  /** As PROJ writes it: '+proj=...'. */
  definition: string;
  /** Where it is used: west, south, east, north. */
  area?: [number, number, number, number];
}

interface Table {
  systems: Map<number, string>;
  shifts: Map<string, string>;
  names: Map<string, number>;
}

let table: Promise<Table> | undefined;

/** The table takes a moment to unpack, so it is loaded when the first file needs it. */
async function loadTable(): Promise<Table> {
  const [{ EPSG_TABLE }, { gunzipSync }] = await Promise.all([import('./epsgTable.ts'), import('fflate')]);
  const packed = Uint8Array.from(atob(EPSG_TABLE), (sign) => sign.charCodeAt(0));
  const [list = '', datums = ''] = strFromU8(gunzipSync(packed)).split('\n\n');
  const systems = new Map<number, string>();
  const names = new Map<string, number>();
  for (const line of list.split('\n')) {
    const [code = '', name = ''] = line.split('|', 2);
    systems.set(Number(code), line);
    for (const one of [name, name.slice(name.lastIndexOf('/') + 1)]) {
      const plain = plainCrsName(one);
      if (plain.length > 4 && !names.has(plain)) names.set(plain, Number(code));
    }
  }
  const shifts = new Map(datums.split('\n').map((line) => splitPair(line)));
  return { systems, shifts, names };
}

function splitPair(line: string): [string, string] {
  const [key = '', value = ''] = line.split('|');
  return [key, value];
}

function loaded(): Promise<Table> {
  table ??= loadTable().catch((error: unknown) => {
    table = undefined;
    throw error;
  });
  return table;
}

export async function epsgSystem(code: number): Promise<EpsgSystem | undefined> {
  const line = (await loaded()).systems.get(ALIASES.get(code) ?? code);
  if (line === undefined) return undefined;
  const [epsg = '', name = '', terms = '', box = ''] = line.split('|');
  const definition = terms
    .split(' ')
    .map((term) => `+${term === 'towgs84=0' ? 'towgs84=0,0,0' : term}`)
    .join(' ');
  const [west, south, east, north] = box.split(',').map(Number);
  const hasArea = west !== undefined && south !== undefined && east !== undefined && north !== undefined;
  return {
    epsg: Number(epsg),
    name,
    definition: `${definition} +no_defs`,
    ...(hasArea && { area: [west, south, east, north] }),
  };
}

/** Systems whose whole name matches. */
export async function systemsNamed(pattern: RegExp): Promise<EpsgSystem[]> {
  const found: EpsgSystem[] = [];
  for (const [code, line] of (await loaded()).systems) {
    const system = pattern.test(line.split('|', 2)[1] ?? '') ? await epsgSystem(code) : undefined;
    if (system) found.push(system);
  }
  return found;
}

/** The code of a system by its name, also as Esri writes it: 'ETRS_1989_UTM_Zone_32N'. */
export async function epsgOfName(name: string): Promise<number | undefined> {
  return (await loaded()).names.get(plainCrsName(name));
}

/** The shift from a datum to WGS 84, by the datum's name; for definitions that do not say it. */
export async function shiftOfDatum(datum: string): Promise<number[] | undefined> {
  const plain = datum
    .toLowerCase()
    .replace(/^d_/, '')
    .replace(/[^a-z0-9+]/g, '');
  const { shifts } = await loaded();
  const shift = shifts.get(plain) ?? shifts.get(DATUMS[plain] ?? '');
  if (shift === undefined) return undefined;
  const numbers = shift.split(',').map(Number);
  return numbers.length === 1 ? [0, 0, 0] : numbers;
}

function plainCrsName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^gcs_/, '')
    .replace(/^north_american_19(83|27)$/, 'nad$1')
    .replace(/^wgs_1984_web_mercator_auxiliary_sphere$/, 'wgs84pseudomercator')
    .replace(/1984/g, '84')
    .replace(/(nad|etrs)_?19(\d\d)/g, '$1$2')
    .replace(/[^a-z0-9+]/g, '');
}

/** Codes of Esri and of the web for systems of EPSG. */
const ALIASES = new Map<number, number>([
  [102100, 3857],
  [102113, 3857],
  [900913, 3857],
  [3785, 3857],
]);

/** Datums that Esri names in another way. */
const DATUMS: Readonly<Record<string, string>> = {
  osgb1936: 'osgb1936',
  deutscheshauptdreiecksnetz: 'deutscheshauptdreiecksnetz',
  northamerican1927: 'northamericandatum1927',
  northamerican1983: 'northamericandatum1983',
  etrs1989: 'europeanterrestrialreferencesystem1989',
  european1950: 'europeandatum1950',
  mgi: 'militargeographischeinstitut',
  sjtsk: 'systemoftheunifiedtrigonometricalcadastralnetwork',
  tm65: 'tm65',
  belge1972: 'reseaunationalbelge1972',
  ntf: 'nouvelletriangulationfrancaise',
  monte_mario: 'montemario',
  gda1994: 'geocentricdatumofaustralia1994',
  southamerican1969: 'southamericandatum1969',
  corregoalegre: 'corregoalegre19701972',
  tokyo: 'tokyo',
};
