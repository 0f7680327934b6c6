import { MinHeap } from '../../network/MinHeap.ts';
import type { Graph } from './Graph.ts';

export interface Bound {
  /** No tree that joins the terminals to the root is lighter. */
  bound: number;
  /** The edges with an arc that has no reduced weight left: they hold a good tree. */
  isSaturated: Uint8Array;
}

/**
 * Wong's dual ascent (1984). Each terminal has the set of nodes from which arcs without reduced weight lead to it. While the
 * root is not in the set, some arc that enters it must be bought: the least reduced weight of these arcs is added to the
 * bound and taken from each of them. The smallest sets go first. A terminal whose set another one is in can wait for that
 * one for good: when the root is in the set of the other, it is in its own.
 */
export function dualAscent(graph: Graph, root: number, isTerminal: Uint8Array): Bound {
  const { first, arcs, head, weight } = graph;
  const reduced = new Float64Array(head.length);
  for (let arc = 0; arc < head.length; arc++) reduced[arc] = weight[arc >> 1] ?? 0;
  const seen = new Int32Array(graph.nodes).fill(-1);
  const stack: number[] = [];
  const cut: number[] = [];
  let round = 0;
  let bound = 0;

  const grow = (node: number) => {
    seen[node] = round;
    stack.push(node);
  };
  /** Takes in all nodes behind the ones on the stack; the arcs that enter from outside go to `cut`. False: it need not go on. */
  const spread = (terminal: number): boolean => {
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node === root || (isActive[node] && node !== terminal)) return false;
      for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
        const arc = (arcs[at] ?? 0) ^ 1;
        const tail = head[arc ^ 1] ?? 0;
        if (seen[tail] === round) continue;
        if ((reduced[arc] ?? 0) > 0) cut.push(arc);
        else grow(tail);
      }
    }
    return true;
  };
  const dropInner = () => {
    let kept = 0;
    for (const arc of cut) if (seen[head[arc ^ 1] ?? 0] !== round) cut[kept++] = arc;
    cut.length = kept;
  };

  const active = new MinHeap<number>();
  const isActive = new Uint8Array(graph.nodes);
  for (let node = 0; node < graph.nodes; node++) {
    if (!isTerminal[node] || node === root) continue;
    isActive[node] = 1;
    active.push((first[node + 1] ?? 0) - (first[node] ?? 0), node);
  }
  for (let terminal = active.pop(); terminal !== undefined; terminal = active.pop()) {
    round += 1;
    stack.length = 0;
    cut.length = 0;
    grow(terminal);
    let isOpen = spread(terminal);
    dropInner();
    // A set that has grown waits until it is the smallest again.
    while (isOpen && cut.length > 0 && cut.length <= active.minKey) {
      let least = Number.POSITIVE_INFINITY;
      for (const arc of cut) least = Math.min(least, reduced[arc] ?? 0);
      bound += least;
      for (const arc of cut) {
        const rest = (reduced[arc] ?? 0) - least;
        reduced[arc] = rest;
        const tail = head[arc ^ 1] ?? 0;
        if (rest === 0 && seen[tail] !== round) grow(tail);
      }
      isOpen = spread(terminal);
      dropInner();
    }
    if (isOpen && cut.length > 0) active.push(cut.length, terminal);
    else isActive[terminal] = 0;
  }
  const isSaturated = new Uint8Array(weight.length);
  for (let arc = 0; arc < head.length; arc++) if (reduced[arc] === 0) isSaturated[arc >> 1] = 1;
  return { bound, isSaturated };
}
