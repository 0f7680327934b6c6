import { Pacer } from '../Pacer.ts';
import { COUNTRIES } from './countries.ts';
import { countryEvidence } from './countryEvidence.ts';
import { epsgSystem, systemsNamed } from './epsg.ts';
import { isOnLand } from './land.ts';
import { type Projection, projectionOf } from './Projection.ts';
import { americanState, postalRegions } from './regions.ts';

export interface Candidate {
  epsg: number;
  name: string;
  /** The middle of the data would be here. */
  at: [number, number];
  /** The second coordinate is the first one of the system. */
  swapped: boolean;
}

export interface CrsClues {
  /** Coordinates as the file has them. */
  positions: readonly Pair[];
  /** All columns, those of the coordinates included. */
  columns: readonly string[];
  rows: readonly Readonly<Record<string, unknown>>[];
  /** The columns of the coordinates are named after east and north, so they are not swapped. */
  isNamed: boolean;
  /** Other layers of the same files are here. */
  near: Pair | undefined;
}

type Pair = readonly [number, number];
type Box = readonly [west: number, south: number, east: number, north: number];
type Scored = Candidate & { score: number };

/** Systems of whole continents: many numbers lie in them. */
const WIDE = new Set([5070, 3347, 3978, 3979, 3161, 6372, 5880, 7755, 9377]);

/** Names of columns that mean a system itself. */
const HINTS: readonly [pattern: RegExp, systems: readonly number[]][] = [
  [/lv95/, [2056]],
  [/lv03/, [21781]],
  [/l93|lambert-?_?93|rgf/, [2154]],
  [/lambert-?_?72/, [31370]],
  [/lambert-?_?2008/, [3812]],
  [/\brd[_ ]?[xy]|[xy][_ ]?rd\b|rijksdriehoek/, [28992]],
  [/osgb|bng/, [27700]],
  [/itm/, [2157]],
  [/utm_?32|25832/, [25832, 4647]],
  [/utm_?33|25833/, [25833, 5650]],
  [/gk_?3/, [31467]],
  [/gk_?4/, [31468]],
  [/jtsk|krovak/, [5514, 5513]],
  [/puwg|1992|_92\b/, [2180]],
  [/tm35|euref/, [3067]],
  [/sweref/, [3006]],
  [/eov/, [23700]],
  [/nztm/, [2193]],
  [/twd97/, [3826]],
  [/tm06/, [3763]],
  [/mercator|3857|102100/, [3857]],
];

/**
 * Systems in which positions would lie where the system is used, the likeliest first: by the names of columns, by the country
 * of which columns and values speak, by its postcodes, and by data whose place is known. `sure`: none of the others is as likely.
 */
export async function crsCandidates(clues: CrsClues): Promise<{ candidates: Candidate[]; sure: boolean }> {
  const countries = countryEvidence(clues.columns, clues.rows);
  const found = await nationalCandidates(clues, countries);
  const american = (countries.get('US') ?? 0) > 0.7 ? (speaksOfAmericaAlone(countries) ? 2 : 1.5) : 0;
  if (american > 0 || found.length === 0) found.push(...(await statePlanes(clues, american)));
  found.push(...(await webMercator(clues, countries)));
  found.sort((a, b) => b.score - a.score);
  const seen = new Set<string>();
  const candidates = found.filter(({ epsg, swapped }) => {
    const key = `${epsg} ${swapped}`;
    return !seen.has(key) && seen.add(key);
  });
  const [first] = candidates;
  const rival = candidates.find((one) => first && distance(one.at, first.at) > 0.2);
  const sure = first !== undefined && first.score >= -0.35 && (!rival || first.score >= rival.score + 0.25);
  return { candidates, sure };
}

/** 'Mill Road' is a street in Britain and in Australia as well. */
function speaksOfAmericaAlone(countries: ReadonlyMap<string, number>): boolean {
  const evidence = countries.get('US') ?? 0;
  return [...countries].every(([code, other]) => code === 'US' || other < evidence);
}

async function nationalCandidates(clues: CrsClues, countries: Map<string, number>): Promise<Scored[]> {
  const found: Scored[] = [];
  const hinted = hintedSystems(clues.columns);
  const regions = postalRegions(clues.columns, clues.rows);
  const pacer = new Pacer();
  for (const { code, box, systems } of COUNTRIES) {
    const evidence = countries.get(code) ?? 0;
    for (const [rank, epsg] of systems.entries()) {
      await pacer.pause();
      const system = await knownSystem(epsg);
      if (!system) continue;
      for (const swapped of [false, true]) {
        const area = system.area ?? box;
        // The first system of a country is used in all of it, whatever its zone is.
        const at = liesIn(system, clues.positions, swapped, rank === 0 && evidence > 0 ? box : area, box);
        if (!at) continue;
        let score = evidence * 2 - rank * 0.13 + scoreOf(clues, at, swapped);
        if (hinted.has(epsg)) score += 3;
        const region = regions.get(code);
        if (region) score += isIn(at, region) ? 0.5 : -2;
        if (!isIn(at, widened(area))) score -= 0.2;
        // Where a country is known, another one is unlikely.
        if (evidence === 0) score -= countries.size > 0 ? 1 : swapped ? 0.4 : 0;
        if (WIDE.has(epsg)) score -= 0.4;
        found.push({ epsg, name: system.name, at, swapped, score });
      }
    }
  }
  return found;
}

/** The systems of American states, in feet and in metres. Where the state is known, its own. `american`: their score to begin with. */
async function statePlanes(clues: CrsClues, american: number): Promise<Scored[]> {
  const found: Scored[] = [];
  const state = americanState(clues.columns, clues.rows);
  const pacer = new Pacer();
  for (const { epsg, name, area } of await systemsNamed(
    /^NAD83 \/ (?!.*(UTM|MTM|Albers|Lambert|LCC| \+ ))/,
  )) {
    if (!area || (american > 0 && state !== undefined && !name.includes(`/ ${state}`))) continue;
    await pacer.pause();
    const system = await knownSystem(epsg);
    const at = system && liesIn(system, clues.positions, false, area, area);
    if (!at) continue;
    const inFeet = /\(ft/.test(name) ? 0.3 : 0;
    found.push({
      epsg,
      name,
      at,
      swapped: false,
      score: american + (state ? 1 : 0) + inFeet + scoreOf(clues, at, false),
    });
  }
  return found;
}

/** Almost any numbers lie somewhere in the system of web maps, so it is the last one that is thought of. */
async function webMercator(clues: CrsClues, countries: Map<string, number>): Promise<Scored[]> {
  const system = await knownSystem(3857);
  const world: Box = [-180, -75, 180, 84];
  const at = system && liesIn(system, clues.positions, false, world, world);
  if (!system || !at) return [];
  const isThere = COUNTRIES.some(({ code, box }) => (countries.get(code) ?? 0) > 0.4 && isIn(at, box));
  let score = scoreOf(clues, at, false) - 1;
  if (hintedSystems(clues.columns).has(3857)) score += 3;
  else if (isThere) score += 1.7;
  else if (countries.size > 0) score -= 3;
  else score += isOnLand(...at) ? 0.7 : -3;
  return [{ epsg: 3857, name: system.name, at, swapped: false, score }];
}

function scoreOf({ near, isNamed }: CrsClues, at: Pair, swapped: boolean): number {
  let score = near && distance(at, near) < 1 ? 8 : 0;
  if (!isOnLand(...at)) score -= 1;
  if (swapped) score -= isNamed ? 3 : 0.3;
  return score;
}

function hintedSystems(columns: readonly string[]): Set<number> {
  const text = columns.join(' ').toLowerCase();
  return new Set(HINTS.flatMap(([pattern, systems]) => (pattern.test(text) ? systems : [])));
}

const known = new Map<number, Promise<(Projection & { name: string }) | undefined>>();

function knownSystem(epsg: number): Promise<Projection | undefined> {
  let system = known.get(epsg);
  if (!system) {
    system = epsgSystem(epsg).then((one) => one && projectionOf(`EPSG:${epsg}`));
    known.set(epsg, system);
  }
  return system;
}

function distance(a: Pair, b: Pair): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));
}

function isIn([longitude, latitude]: Pair, [west, south, east, north]: Box): boolean {
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

/** Areas of use are written to a tenth of a degree, and surveys go beyond them. */
function widened([west, south, east, north]: Box): Box {
  return [west - 0.3, south - 0.3, east + 0.3, north + 0.3];
}

/** The middle of the positions, if nearly all of them lie in both boxes. */
function liesIn(
  projection: Projection,
  positions: readonly Pair[],
  swapped: boolean,
  area: Box,
  box: Box,
): [number, number] | undefined {
  const wide = widened(area);
  const inside = positions
    .map(([x, y]) => (swapped ? projection.convert(y, x) : projection.convert(x, y)))
    .filter((at) => at !== undefined && isIn(at, wide) && isIn(at, box));
  return inside.length > positions.length * 0.8 ? inside[inside.length >> 1] : undefined;
}
