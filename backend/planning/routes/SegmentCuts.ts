import type { Position } from '../../../src/contract/index.ts';
import type { Ground } from '../ground/Ground.ts';

/** Metres: cuts that are nearer to each other than this, or to an end, are one node. */
const SAME_CUT = 0.01;

interface Cut {
  t: number;
  /** The node that a pole on the street has already. */
  own: number | undefined;
  /** It names the cut to the one who asked for it. */
  key: number;
}

/** Cuts segments at feet, so that laterals and terminals have a node there. */
export class SegmentCuts {
  readonly #cuts = new Map<number, Cut[]>();
  readonly #nodeOf: number[] = [];

  /** Returns the key that `nodeOf` wants. */
  add(segment: number, t: number, own?: number): number {
    const key = this.#nodeOf.push(-1) - 1;
    const there = this.#cuts.get(segment);
    if (there) there.push({ t, key, own });
    else this.#cuts.set(segment, [{ t, key, own }]);
    return key;
  }

  /** The node of a cut, once its segment was laid. */
  nodeOf(key: number): number {
    return this.#nodeOf[key] ?? -1;
  }

  /** Lays a segment: its nodes in order, with those of its cuts between its ends. */
  lay(segment: number, { nodes, streets, grid }: Ground): number[] {
    const first = streets.from[segment] ?? 0;
    const last = streets.to[segment] ?? 0;
    const cuts = this.#cuts.get(segment);
    if (!cuts) return [first, last];
    cuts.sort((a, b) => a.t - b.t || a.key - b.key);
    const [ax, ay, bx, by] = grid.ends(segment);
    const length = Math.hypot(bx - ax, by - ay);
    const start: Position = nodes.position(first);
    const row = [first];
    let at = 0;
    for (const { t, key, own } of cuts) {
      let node = row.at(-1) ?? first;
      if ((1 - t) * length < SAME_CUT) node = last;
      else if ((t - at) * length >= SAME_CUT) {
        const [x, y] = [ax + t * (bx - ax), ay + t * (by - ay)];
        node = own ?? nodes.addPoint(nodes.plane.toPosition([x, y], start), x, y);
        row.push(node);
        at = t;
      }
      this.#nodeOf[key] = node;
    }
    row.push(last);
    return row;
  }
}
