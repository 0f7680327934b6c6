import { Pacer } from '../Pacer.ts';
import { epsgSystem } from './epsg.ts';
import { type Projection, projectionOf } from './Projection.ts';

export interface Candidate {
  epsg: number;
  name: string;
  /** The middle of the data would be here. */
  at: [number, number];
}

/** Systems in which national data come, and names of columns that mean one of them. */
const SYSTEMS: readonly [epsg: number, hint?: RegExp][] = [
  [2056, /lv95/],
  [21781, /lv03/],
  [2154, /l93|lambert|rgf/],
  [28992, /rd|bag|nummeraanduiding|huis/],
  [27700, /easting|northing|uprn|osgb|bng/],
  [2157, /itm/],
  [29903, /ing|irish/],
  [4647, /utm|ostwert|etrs/],
  [5650, /utm|ostwert|etrs/],
  [25832, /utm32|etrs|ostwert|rechtswert|utm/],
  [25833, /utm33/],
  [31466],
  [31467, /rechtswert|gk/],
  [31468, /gk4/],
  [31469, /gk5/],
  [31256],
  [31287],
  [31370, /lambert72/],
  [3812, /lambert2008/],
  [5514, /jtsk|krovak/],
  [2180, /puwg|1992/],
  [3067, /tm35|euref/],
  [3006, /sweref/],
  [25830],
  [25831],
  [25829],
  [3763],
  [3794],
  [3765],
  [23700, /eov/],
  [31700],
  [2100],
  [2193, /nztm/],
  [7855],
  [7856],
  [7854],
  [7850],
  [28355],
  [28356],
  [31982],
  [31983],
  [31984],
  [31985],
  [6677],
  [6676],
  [6674],
  [6669],
  [9377],
  [5880],
  [2263],
  [2249],
  [2229],
  [2227],
  [2272],
  [2276],
  [2236],
  [2285],
  [26910],
  [26911],
  [26912],
  [26913],
  [26914],
  [26915],
  [26916],
  [26917],
  [26918],
  [26919],
  [32633],
  [32636],
  [32637],
  [32638],
  [32639],
  [32640],
  [3857, /mercator|3857/],
];

/**
 * Systems in which positions would lie where the system is used. The likeliest first: those that the names of columns hint
 * at, then those near data whose place is known.
 */
export async function crsCandidates(
  positions: readonly (readonly [number, number])[],
  columns: readonly string[],
  near: readonly [number, number] | undefined,
): Promise<{ candidates: Candidate[]; sure: boolean }> {
  const found: (Candidate & { hinted: boolean; close: boolean })[] = [];
  const hints = columns.join(' ').toLowerCase();
  const pacer = new Pacer();
  for (const [epsg, hint] of SYSTEMS) {
    await pacer.pause();
    const [system, projection] = [await epsgSystem(epsg), await projectionOf(`EPSG:${epsg}`)];
    if (!system?.area || !projection) continue;
    const at = liesIn(projection, system.area, positions);
    if (!at) continue;
    const close = near !== undefined && Math.abs(at[0] - near[0]) < 1 && Math.abs(at[1] - near[1]) < 1;
    found.push({ epsg, name: system.name, at, hinted: hint?.test(hints) ?? false, close });
  }
  const score = (one: (typeof found)[number]) => (one.close ? 2 : 0) + (one.hinted ? 1 : 0);
  found.sort((a, b) => score(b) - score(a));
  const [first, second] = found;
  const sure =
    first !== undefined && (first.close || first.hinted || second === undefined || second.epsg === 3857);
  return { candidates: found.map(({ epsg, name, at }) => ({ epsg, name, at })), sure };
}

/** The middle of the positions, if nearly all of them lie in the area. */
function liesIn(
  projection: Projection,
  [west, south, east, north]: readonly [number, number, number, number],
  positions: readonly (readonly [number, number])[],
): [number, number] | undefined {
  const places = positions.map(([x, y]) => projection.convert(x, y));
  const inside = places.filter(
    (place) =>
      place &&
      place[0] >= west - 0.1 &&
      place[0] <= east + 0.1 &&
      place[1] >= south - 0.1 &&
      place[1] <= north + 0.1,
  );
  return inside.length > positions.length * 0.8 ? inside[inside.length >> 1] : undefined;
}
