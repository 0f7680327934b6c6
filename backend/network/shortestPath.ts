import { MinHeap } from './MinHeap.ts';

export interface Edge<E> {
  /** The node at its other end. */
  to: string;
  /** Not negative. */
  length: number;
  edge: E;
}

/** The edges of a node, in either direction; undefined where it has more than `limit`. */
export type EdgesOf<E> = (node: string, limit: number) => Promise<Edge<E>[] | undefined>;

interface Reached<E> {
  distance: number;
  settled: boolean;
  /** The node it was reached from, and how; undefined at the start. */
  from: { node: string; edge: E } | undefined;
}

class Side<E> {
  readonly reached = new Map<string, Reached<E>>();
  readonly #queue = new MinHeap<string>();

  constructor(start: string) {
    this.reach(start, 0, undefined);
  }

  reach(node: string, distance: number, from: Reached<E>['from']): boolean {
    const known = this.reached.get(node);
    if (known && known.distance <= distance) return false;
    this.reached.set(node, { distance, settled: false, from });
    this.#queue.push(distance, node);
    return true;
  }

  /** The nearest node that is not settled yet. */
  next(): { node: string; distance: number } | undefined {
    for (let node = this.#queue.peek(); node !== undefined; node = this.#queue.peek()) {
      const distance = this.#queue.minKey;
      const reached = this.reached.get(node);
      if (reached && !reached.settled && reached.distance === distance) return { node, distance };
      this.#queue.pop();
    }
    return undefined;
  }

  settle(node: string): void {
    const reached = this.reached.get(node);
    if (reached) reached.settled = true;
  }

  /** Edges from the start to the node, in that order. */
  edgesTo(node: string): E[] {
    const edges: E[] = [];
    for (let at = this.reached.get(node)?.from; at; at = this.reached.get(at.node)?.from) edges.push(at.edge);
    return edges.reverse();
  }
}

/** So many edges are asked for at first. */
const FIRST_LOOK = 16;

/**
 * The edges of a shortest path, in order; undefined where there is none. Dijkstra's search from both ends at once.
 * It always goes on at the end whose next node has fewer edges: a pole with thousands of routes is not unfolded when
 * the house at the other end leads to it by its only one.
 */
export async function shortestPath<E>(
  from: string,
  to: string,
  edgesOf: EdgesOf<E>,
): Promise<E[] | undefined> {
  if (from === to) return [];
  const source = new Side<E>(from);
  const target = new Side<E>(to);
  let best = Number.POSITIVE_INFINITY;
  let meeting: string | undefined;
  for (;;) {
    const atTarget = target.next();
    const atSource = source.next();
    if (!atTarget || !atSource || atTarget.distance + atSource.distance >= best) break;
    // At a cost in proportion to the fewer edges.
    let side = target;
    let edges = await edgesOf(atTarget.node, FIRST_LOOK);
    for (let limit = FIRST_LOOK; !edges; limit *= 8) {
      side = source;
      edges = await edgesOf(atSource.node, limit);
      if (edges) break;
      side = target;
      edges = await edgesOf(atTarget.node, limit * 8);
    }
    const other = side === target ? source : target;
    const at = side === target ? atTarget : atSource;
    side.settle(at.node);
    for (const { to: node, length, edge } of edges) {
      const distance = at.distance + length;
      if (!side.reach(node, distance, { node: at.node, edge })) continue;
      const across = other.reached.get(node);
      if (across && distance + across.distance < best) {
        best = distance + across.distance;
        meeting = node;
      }
    }
  }
  if (meeting === undefined) return undefined;
  return [...source.edgesTo(meeting), ...target.edgesTo(meeting).reverse()];
}
