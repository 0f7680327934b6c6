// Holds and joins what lies over the features of tasks: failed items, the outline of a task, and rings around what is chosen.
import type { BoundingBox, GeoFeature, Geometry, Position } from '../../contract/index.ts';
import { boundsOf, positionsOf } from '../../contract/index.ts';

/** The mark of one failed item. */
export interface FailureMark {
  taskId: string;
  itemId: string;
  at: Position;
  chosen: boolean;
}

/** A feature that is chosen. */
export interface ChosenMark extends Pick<GeoFeature, 'id' | 'geometry'> {
  /** The colour in which a task has drawn it. Undefined where it is the application's own. */
  colour: string | undefined;
}

/** Everything that lies over the features of tasks. */
export interface Marks {
  outline: { bbox: BoundingBox; label: string; colour: string } | null;
  /** The places of many tasks, without labels. */
  places: readonly { bbox: BoundingBox; colour: string }[];
  failures: readonly FailureMark[];
  chosen: readonly ChosenMark[];
}

export const NO_MARKS: Marks = { outline: null, places: [], failures: [], chosen: [] };

export function isEmpty({ outline, places, failures, chosen }: Marks): boolean {
  return outline === null && places.length + failures.length + chosen.length === 0;
}

/** Marks within so many pixels join into one. */
export const JOIN_PIXELS = 40;
/** A map never has more marks of failed items than this. */
export const MOST_FAILURES = 5_000;
/** Nor does it frame the places of more tasks than this. */
export const MOST_PLACES = 2_000;

/** A mark that stands for itself, or for all that lie close to it. */
export interface JoinedMark {
  x: number;
  y: number;
  /** Its place among all. */
  order: number;
  marks: FailureMark[];
}

/** Pixels that are no difference: a pan changes the last digits. */
const TIE = 1e-6;

/**
 * Joins marks that lie close together, so that one diamond with a count stands for them. The result depends on their distances
 * alone: it stays the same while a user pans. The chosen mark never joins others.
 */
export function joinMarks(
  marks: readonly FailureMark[],
  project: (at: Position) => readonly [x: number, y: number],
): JoinedMark[] {
  const joined: JoinedMark[] = [];
  const cells = new Map<string, JoinedMark[]>();
  const cellOf = (x: number, y: number) => `${Math.floor(x / JOIN_PIXELS)} ${Math.floor(y / JOIN_PIXELS)}`;
  for (const mark of marks) {
    const [x, y] = project(mark.at);
    const near = mark.chosen ? undefined : nearest(cells, cellOf, x, y);
    if (near) {
      near.marks.push(mark);
      continue;
    }
    const alone = { x, y, order: joined.length, marks: [mark] };
    joined.push(alone);
    if (mark.chosen) continue;
    const cell = cellOf(x, y);
    cells.set(cell, [...(cells.get(cell) ?? []), alone]);
  }
  return joined;
}

function nearest(
  cells: ReadonlyMap<string, JoinedMark[]>,
  cellOf: (x: number, y: number) => string,
  x: number,
  y: number,
): JoinedMark | undefined {
  let best: JoinedMark | undefined;
  let bestDistance = JOIN_PIXELS;
  for (const dx of [-JOIN_PIXELS, 0, JOIN_PIXELS]) {
    for (const dy of [-JOIN_PIXELS, 0, JOIN_PIXELS]) {
      for (const candidate of cells.get(cellOf(x + dx, y + dy)) ?? []) {
        const distance = Math.hypot(candidate.x - x, candidate.y - y);
        // The first one of two that are as near wins, wherever the view is.
        const isNearer = distance < bestDistance - TIE;
        const isFirst = best && distance < bestDistance + TIE && candidate.order < best.order;
        if (!isNearer && !isFirst) continue;
        best = candidate;
        bestDistance = distance;
      }
    }
  }
  return best;
}

/** Returns where a mark for a geometry stands: the point, the middle of a line, or the middle of an area's box. */
export function middleOf(geometry: Geometry | undefined): Position | undefined {
  if (!geometry) return undefined;
  const positions = positionsOf(geometry.coordinates);
  if (geometry.type !== 'Polygon') return positions[Math.floor(positions.length / 2)];
  const bounds = boundsOf([geometry]);
  return bounds && [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}
