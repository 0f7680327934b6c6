import type { Plan } from '../../../../backend/planning/Plan.ts';
import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import { OwnGraph } from './OwnGraph.ts';
import { OwnGround } from './OwnGround.ts';
import { ownBound } from './ownBound.ts';
import { geodesic, isPosition, toVector } from './space.ts';
import { verifyFibres } from './verifyFibres.ts';
import { verifyRoutes } from './verifyRoutes.ts';

export interface Verdict {
  /** Everything that is wrong, as sentences. */
  problems: string[];
  /** The bound as the verifier computes it. */
  boundMetres: number;
}

/** Checks every invariant of a plan against its input, with code that is none of the planner's. */
export function verifyPlan(input: PlanInput, plan: Plan): Verdict {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(problem);
  verifyAddresses(input, plan, say);
  const ground = new OwnGround(input, plan.rules, plan.nodes[plan.feed ?? -1]?.position);
  if (plan.feed === undefined) {
    if (ground.segments.length > 0 && plan.rules.ways !== 'aerial')
      say('nothing was built though there are streets');
    return { problems, boundMetres: 0 };
  }
  verifyRoutes(plan, ground, say);
  const graph = new OwnGraph(ground, plan);
  graph.ofPlan.forEach((own, node) => {
    if (own < 0) say(`node ${node} of the plan is on no street and no pole`);
  });
  const feed = graph.ofPlan[plan.feed] ?? -1;
  if (feed < 0) return { problems, boundMetres: 0 };
  const ways = graph.waysFrom(feed);
  verifyFibres(input, plan, say, (node) => ways[graph.ofPlan[node] ?? -1] ?? Number.NaN);
  verifyUnserved(input, plan, ground, graph, ways, say);
  // A new splitter is put on the tree afterwards: no tree has to lead to it.
  const given = plan.splitters.filter(({ existing }) => existing !== undefined);
  const terminals = [...plan.terminals, ...given].flatMap(({ node }) =>
    node === undefined ? [] : [graph.ofPlan[node] ?? -1],
  );
  const boundMetres = ownBound(
    graph,
    feed,
    terminals.filter((node) => node >= 0),
  );
  const tree = plan.routes.reduce((sum, { metres }) => sum + metres, 0);
  // Nodes that are 3 cm apart may be one to the verifier.
  const doubt = 0.05 * plan.nodes.length;
  if (boundMetres > tree + doubt) say(`the bound ${boundMetres} is above the tree ${tree}`);
  if (boundMetres > plan.summary.leastRouteMetres + doubt)
    say(`the bound ${boundMetres} is above the least tree`);
  return { problems, boundMetres };
}

type Say = (problem: string) => void;

function verifyAddresses(
  { addresses, splitters = [], terminals = [] }: PlanInput,
  plan: Plan,
  say: Say,
): void {
  const positions = new Map<string, unknown>();
  for (const { id, position } of addresses) if (!positions.has(id)) positions.set(id, position);
  const seen = new Set<string>();
  for (const { address } of [...plan.served, ...plan.unserved]) {
    if (seen.has(address)) say(`${address} is in the plan twice`);
    if (!positions.has(address)) say(`${address} is not in the input`);
    seen.add(address);
  }
  for (const id of positions.keys()) if (!seen.has(id)) say(`${id} is missing in the plan`);
  const existing = new Map(splitters.map((splitter) => [splitter.id, splitter]));
  const given = new Map(terminals.map(({ id, position }) => [id, position]));
  for (const { address, terminal, over, splitter, dropMetres } of plan.served) {
    const from = over
      ? given.get(over.terminal)
      : terminal === null
        ? existing.get(plan.splitters[splitter]?.existing ?? '')?.position
        : plan.nodes[plan.terminals[terminal]?.node ?? -1]?.position;
    const to = positions.get(address);
    if (!from || !isPosition(to)) {
      say(`the drop of ${address} has no two ends`);
      continue;
    }
    const metres = geodesic(from, to);
    if (Math.abs(metres - dropMetres) > 1e-6) say(`the drop of ${address} is ${metres}, not ${dropMetres}`);
    if (metres > plan.rules.longestDrop + 1e-6) say(`the drop of ${address} has ${metres} m`);
  }
}

/** Nobody in reach is left out: of a joined pole, of a street that leads to the feed, of a free port. */
function verifyUnserved(
  input: PlanInput,
  plan: Plan,
  ground: OwnGround,
  graph: OwnGraph,
  ways: Float64Array,
  say: Say,
): void {
  const { longestDrop, ways: kind } = plan.rules;
  const isReached = (node: Parameters<OwnGraph['numberOf']>[0]) =>
    Number.isFinite(ways[graph.numberOf(node) ?? -1] ?? Number.NaN);
  const positions = new Map(input.addresses.map(({ id, position }) => [id, position]));
  // What is on the other side of a street is out of reach there, and the verifier does not look at sides.
  if (!plan.rules.crossStreets) return;
  const reachedPoles = [...ground.poles.values()].filter(isReached);
  for (const { address, reason, metres } of plan.unserved) {
    const position = positions.get(address);
    if (!isPosition(position)) {
      if (reason !== 'no-position') say(`${address} has no position, and the plan says ${reason}`);
      continue;
    }
    if (reason === 'far-from-feed') continue;
    const pole = reachedPoles.find((node) => geodesic(node.position, position) <= longestDrop - 0.01);
    if (pole) say(`${address} is unserved (${reason}) and near the pole ${pole.pole}`);
    const foot = ground.nearest(toVector(position), longestDrop - 0.02, ({ a }) => isReached(a));
    if (foot && kind !== 'aerial')
      say(`${address} is unserved (${reason}) and ${foot.metres} m from ${foot.segment.street}`);
    if (metres === null || !(metres > longestDrop - 0.02)) say(`${address} is unserved at ${metres} m`);
  }
  const fromNew = plan.served.filter(({ terminal }) => terminal !== null).map(({ address }) => address);
  const without = [...fromNew, ...plan.unserved.map(({ address }) => address)];
  for (const { id, position, freePorts, fed } of input.splitters ?? []) {
    const used = plan.splitters.find(({ existing }) => existing === id)?.used ?? 0;
    if (!fed || used >= new Set(freePorts).size) continue;
    const left = without.find((address) => {
      const at = positions.get(address);
      return isPosition(at) && geodesic(at, position) <= longestDrop - 0.01;
    });
    if (left !== undefined) say(`${left} could have a free port of ${id}`);
  }
}
