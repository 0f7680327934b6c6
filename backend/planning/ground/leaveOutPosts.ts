import type KDBush from 'kdbush';
import type { PlacedPoint } from '../PlanInput.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Remarks } from '../Remarks.ts';
import type { Nodes } from './Nodes.ts';
import { UnionFind } from './UnionFind.ts';

/** A pole by its number in the input, and its node. */
interface Numbered {
  of: number;
  node: number;
}

/** So many poles in a row are posts: two may be one pole that a survey has twice. */
const ROW = 3;

/**
 * Leaves out the poles that the least gap does not allow: all of a row of three or more, whose neighbours are nearer to each other
 * than the gap, and of two the second.
 */
export async function leaveOutPosts<Pole extends Numbered>(
  poles: readonly Pole[],
  index: KDBush,
  gap: number,
  given: readonly PlacedPoint[],
  nodes: Nodes,
  remarks: Remarks,
  work: PlanWork,
): Promise<Pole[]> {
  const rows = new UnionFind(poles.length);
  for (const [i, { node }] of poles.entries()) {
    const near = index.within(nodes.x(node), nodes.y(node), gap);
    for (const j of near) {
      const other = poles[j]?.node ?? node;
      const metres = Math.hypot(nodes.x(other) - nodes.x(node), nodes.y(other) - nodes.y(node));
      if (metres < gap) rows.join(i, j);
    }
    if (work.isDue(5 + near.length)) await work.pause(i, poles.length * 4);
  }
  const sizes = new Map<number, number>();
  for (const i of poles.keys()) sizes.set(rows.find(i), (sizes.get(rows.find(i)) ?? 0) + 1);
  return poles.filter(({ of }, i) => {
    const size = sizes.get(rows.find(i)) ?? 1;
    if (size < ROW && rows.find(i) === i) return true;
    const message = `poles stand nearer than ${gap} m to another and are left out: all of a row of ${ROW} or more, and of two the second`;
    remarks.gather('posts-left-out', message, given[of]?.id ?? '');
    return false;
  });
}
