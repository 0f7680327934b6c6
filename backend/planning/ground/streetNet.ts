import KDBush from 'kdbush';
import type { Position } from '../../../src/contract/index.ts';
import type { StreetLine } from '../PlanInput.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Remarks } from '../Remarks.ts';
import { isPlace } from './isPlace.ts';
import { normalLongitude } from './LocalPlane.ts';
import type { Nodes } from './Nodes.ts';
import { UnionFind } from './UnionFind.ts';

/** Metres: ends of streets that are this near are one point. */
const SNAP = 0.5;
/** Metres from the feed: what lies farther away is no part of the network, and the plane would measure it wrongly. */
export const FARTHEST = 100_000;

/** The pieces of the streets between two vertices. Two streets that cross without a vertex do not meet there. */
export interface StreetNet {
  /** The nodes at the ends of each segment. */
  from: Int32Array;
  to: Int32Array;
  /** The number of the street in the input. */
  street: Int32Array;
}

/** Makes nodes of the vertices of the streets. It leaves out whatever is no line, and reports it. */
export async function layStreets(
  streets: readonly StreetLine[],
  nodes: Nodes,
  remarks: Remarks,
  work: PlanWork,
): Promise<StreetNet> {
  const ends = new Set<number>();
  const rows = await readLines(streets, nodes, ends, remarks, work);
  const joined = joinEnds(nodes, ends);
  const from: number[] = [];
  const to: number[] = [];
  const street: number[] = [];
  const pairs = new Set<number>();
  for (const { a, b, of } of rows) {
    const [one, other] = [joined.find(a), joined.find(b)];
    // A piece that is drawn twice is one: a terminal on one of two could reach the other only at its ends.
    const pair = Math.min(one, other) * nodes.count + Math.max(one, other);
    if (one === other || pairs.has(pair)) continue;
    pairs.add(pair);
    from.push(one);
    to.push(other);
    street.push(of);
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), street: Int32Array.from(street) };
}

interface Row {
  a: number;
  b: number;
  of: number;
}

async function readLines(
  streets: readonly StreetLine[],
  nodes: Nodes,
  ends: Set<number>,
  remarks: Remarks,
  work: PlanWork,
): Promise<Row[]> {
  const rows: Row[] = [];
  const known = new Map<string, number>();
  const nodeOf = (position: Position): number | undefined => {
    const [x, y] = nodes.plane.toPlane(position);
    if (Math.hypot(x, y) > FARTHEST) return undefined;
    const key = `${Math.round(x * 1000)} ${Math.round(y * 1000)}`;
    let node = known.get(key);
    if (node === undefined) {
      node = nodes.addPoint([normalLongitude(position[0]), position[1]], x, y);
      known.set(key, node);
    }
    return node;
  };
  for (const [of, { id, coordinates }] of streets.entries()) {
    let pieces = 0;
    for (const line of linesOf(coordinates)) {
      let previous: number | undefined;
      let _first: number | undefined;
      for (const position of line) {
        if (work.isDue(10)) await work.pause(of, streets.length * 10);
        const node = isPlace(position) ? nodeOf(position) : undefined;
        if (node === undefined) {
          const isFar = isPlace(position);
          const message = isFar
            ? 'lie more than 100 km from the feed and are left out there'
            : 'have a vertex that is no position in degrees; the street is broken there';
          remarks.gather(isFar ? 'far-from-feed' : 'street-without-line', `streets ${message}`, id);
          if (previous !== undefined) ends.add(previous);
          previous = undefined;
          continue;
        }
        if (previous === undefined) ends.add(node);
        else if (previous === node) {
          const message = 'streets have two vertices at one place; the piece without length is left out';
          remarks.gather('street-piece-without-length', message, id);
        } else {
          rows.push({ a: previous, b: node, of });
          pieces += 1;
        }
        _first ??= node;
        previous = node;
      }
      if (previous !== undefined) ends.add(previous);
    }
    if (pieces === 0) remarks.gather('street-without-line', 'streets have no line and are left out', id);
  }
  return rows;
}

/** The lines of a LineString or of a MultiLineString; none where the coordinates are something else. */
function linesOf(coordinates: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(coordinates)) return [];
  const first: unknown = coordinates[0];
  if (!Array.isArray(first)) return [];
  const isMulti = coordinates.some((line: unknown) => Array.isArray(line) && Array.isArray(line[0]));
  if (!isMulti) return [coordinates];
  return coordinates.filter((line: unknown) => Array.isArray(line));
}

/** Joins each end of a line with the vertices around it. */
function joinEnds(nodes: Nodes, ends: ReadonlySet<number>): UnionFind {
  const joined = new UnionFind(nodes.count);
  if (nodes.count === 0) return joined;
  const index = new KDBush(nodes.count);
  for (let node = 0; node < nodes.count; node++) index.add(nodes.x(node), nodes.y(node));
  index.finish();
  for (const end of ends) {
    for (const other of index.within(nodes.x(end), nodes.y(end), SNAP)) joined.join(end, other);
  }
  return joined;
}
