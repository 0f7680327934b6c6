import type { FibreTree } from './FibreTree.ts';

/** A piece of the tree on which no fibre begins, ends or turns off: it is known by its lower end. */
export interface Section {
  /** The nodes, from the end that is nearer to the feed. */
  nodes: number[];
  /** The section above; -1: it begins at the feed. */
  above: number;
}

export interface Sections {
  /** Those above come first. */
  list: Section[];
  /** By node that ends a section: its number; -1: the feed, or no end. */
  endingAt: Int32Array;
}

/** Cuts the tree at its branchings and at the nodes that have something on them. */
export function cutSections(tree: FibreTree, isOccupied: (node: number) => boolean): Sections {
  const endingAt = new Int32Array(tree.parent.length).fill(-1);
  const list: Section[] = [];
  const isEnd = (node: number) => node === tree.feed || tree.children[node] !== 1 || isOccupied(node);
  for (const node of tree.order) {
    if (node === tree.feed || !isEnd(node)) continue;
    const nodes = [node];
    let at = tree.parent[node] ?? tree.feed;
    for (; !isEnd(at); at = tree.parent[at] ?? tree.feed) nodes.push(at);
    nodes.push(at);
    endingAt[node] = list.push({ nodes: nodes.reverse(), above: endingAt[at] ?? -1 }) - 1;
  }
  return { list, endingAt };
}

/** The sections on the way from one node to another, in order. Both are ends of sections, or the feed. */
export function sectionsBetween({ list, endingAt }: Sections, from: number, to: number): number[] {
  const up: number[] = [];
  const down: number[] = [];
  let [one, other] = [endingAt[from] ?? -1, endingAt[to] ?? -1];
  // A section has a higher number than all above it.
  while (one !== other) {
    if (one > other) {
      up.push(one);
      one = list[one]?.above ?? -1;
    } else {
      down.push(other);
      other = list[other]?.above ?? -1;
    }
  }
  return [...up, ...down.reverse()];
}
