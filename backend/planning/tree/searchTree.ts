import type { PlanWork } from '../PlanWork.ts';
import { dualAscent } from './dualAscent.ts';
import { exchangeKeyPaths } from './exchangeKeyPaths.ts';
import { type Graph, weightOf } from './Graph.ts';
import { growTree } from './growTree.ts';
import { limitDetours } from './limitDetours.ts';
import { RootedTree } from './RootedTree.ts';
import { reduceGraph } from './reduceGraph.ts';
import { shortestWays } from './shortestWays.ts';

export interface TreeSearch {
  /** The edges of the tree that keeps the rule. */
  isIn: Uint8Array;
  /** Metres: of that tree, of the lightest one that was found without the rule, and what no tree can be lighter than. */
  metres: number;
  leastMetres: number;
  boundMetres: number;
}

/** Nodes that one exchange of key paths may look at: what Cambridge's 13,852 addresses need, and some more. */
const STEPS = 8_000_000;
const PER_METRE = 1e6;

/** Finds a light tree from the root to all terminals in which no way is longer than `detour` times the shortest. */
export async function searchTree(
  whole: Graph,
  isTerminal: Uint8Array,
  root: number,
  detour: number,
  work: PlanWork,
): Promise<TreeSearch> {
  const reduced = reduceGraph(whole, isTerminal, root);
  const { graph } = reduced;
  const terminals = reduced.isTerminal;
  await work.pause(1, 10);
  const { bound, isSaturated } = dualAscent(graph, reduced.root, terminals);
  await work.pause(2, 10);
  const improve = async (isIn: Uint8Array, longest?: Float64Array) => {
    const tree = new RootedTree(graph, reduced.root, isIn);
    await exchangeKeyPaths(tree, { isTerminal: terminals, steps: STEPS, work, ...(longest && { longest }) });
    return tree;
  };
  const plain = await improve(await growTree(graph, reduced.root, terminals, work));
  const guided = await improve(await growTree(graph, reduced.root, terminals, work, isSaturated));
  const least = weightOf(graph, guided.isIn) < weightOf(graph, plain.isIn) ? guided : plain;
  const leastWeight = weightOf(graph, least.isIn);

  await work.pause(7, 10);
  const ways = shortestWays(graph, reduced.root);
  const longest = ways.length.map((length) => length * detour);
  const limited = limitDetours(
    new RootedTree(graph, reduced.root, least.isIn.slice()),
    terminals,
    ways,
    longest,
  );
  const best = await improve(limited, longest);
  const isIn = new Uint8Array(whole.weight.length);
  best.isIn.forEach((is, edge) => {
    if (is) reduced.expand(edge, isIn);
  });
  return {
    isIn,
    metres: weightOf(graph, best.isIn) / PER_METRE,
    leastMetres: leastWeight / PER_METRE,
    boundMetres: bound / PER_METRE,
  };
}
