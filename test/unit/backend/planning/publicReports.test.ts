import { afterEach, expect, it, vi } from 'vitest';
import { PlanWork } from '../../../../backend/planning/PlanWork.ts';
import { planArea } from '../../../../backend/planning/planArea.ts';
import { createGraph } from '../../../../backend/planning/tree/Graph.ts';
import { searchTree } from '../../../../backend/planning/tree/searchTree.ts';
import { townInput } from '../../../support/planning/townInput.ts';

/** Bug reports of other solvers and planners, tried here. docs/tried.md has the list. */

type Edge = readonly [a: number, b: number, metres: number];

async function leastTree(nodes: number, edges: readonly Edge[], terminals: readonly number[], detour = 100) {
  const column = (at: 0 | 1) => Int32Array.from(edges, (edge) => edge[at]);
  const weights = Float64Array.from(edges, ([, , metres]) => metres * 1e6);
  const graph = createGraph(nodes, column(0), column(1), weights);
  const isTerminal = new Uint8Array(nodes);
  for (const terminal of terminals) isTerminal[terminal] = 1;
  const search = await searchTree(graph, isTerminal, terminals[0] ?? 0, detour, new PlanWork());
  return { ...search, tree: edges.filter((_, edge) => search.isIn[edge]) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('networkx/networkx#4726: the tree over points between the terminals is the lighter one', async () => {
  const edges: Edge[] = [
    [0, 1, 3],
    [0, 3, 5],
    [0, 4, 2],
    [1, 2, 5],
    [1, 4, 2],
    [2, 3, 3],
    [2, 5, 2],
    [3, 5, 2],
    [4, 5, 2],
  ];
  const { metres, leastMetres, boundMetres } = await leastTree(6, edges, [0, 1, 2, 3]);
  expect([metres, leastMetres]).toEqual([10, 10]);
  expect(boundMetres).toBeLessThanOrEqual(10);
});

it('petgraph/petgraph#922, igraph/igraph#2288: what is found is one tree, also where all lengths are the same', async () => {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  for (let graph = 0; graph < 40; graph++) {
    const nodes = 20 + random(40);
    const edges: Edge[] = [];
    for (let node = 1; node < nodes; node++) edges.push([node, random(node), 1]);
    for (let more = 0; more < nodes; more++) edges.push([random(nodes), random(nodes), 1]);
    const terminals = [...new Set(Array.from({ length: 12 }, () => random(nodes)))];
    const { tree } = await leastTree(nodes, edges, terminals, graph % 2 === 0 ? 100 : 1.2);
    const reached = new Set([terminals[0]]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const [a, b] of tree) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
    }
    expect(terminals.filter((terminal) => !reached.has(terminal))).toEqual([]);
    // A tree has one edge fewer than nodes, so there is no circle and nothing beside it.
    expect(tree).toHaveLength(reached.size - 1);
  }
});

it('google/or-tools#4195, #1331, coin-or/Cbc#243, reinterpretcat/vrp#147: a slow machine makes the same plan', async () => {
  const input = townInput({ seed: 2, addresses: 120 });
  const plan = await planArea(input);
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 60_000));
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 60_000));
  expect(await planArea(input)).toEqual(plan);
});

it('exeGesIS-SDM/NetworkDesignTools_Feb21#35: splitters are counted by what they serve, with the spare of each', async () => {
  const input = townInput({ seed: 2, addresses: 120 });
  for (const [sparePorts, usable] of [
    [0, 32],
    [0.2, 25],
    [0.5, 16],
  ] as const) {
    const { splitters } = await planArea({ ...input, rules: { sparePorts } });
    expect(Math.max(...splitters.map(({ used }) => used))).toBe(usable);
    expect(splitters).toHaveLength(Math.ceil(120 / usable));
  }
});
