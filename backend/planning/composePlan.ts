import { PLAN_SPLITTER_LOSS_DB } from '../../src/contract/planArea.ts';
import { geodesicDistance } from '../network/geodesy.ts';
import type { Assignment } from './assign/assignAddresses.ts';
import { crossingTest } from './assign/crossingTest.ts';
import { type FibreTree, wayBetween } from './fibre/FibreTree.ts';
import { opticalLoss } from './fibre/opticalLoss.ts';
import { placeSplitters } from './fibre/placeSplitters.ts';
import { type Circuit, runFibres } from './fibre/runFibres.ts';
import type { Ground } from './ground/Ground.ts';
import type { Plan, PlanRoute, PlanSplitter, ServedAddress } from './Plan.ts';
import type { PlanInput } from './PlanInput.ts';
import type { PlanWork } from './PlanWork.ts';
import type { RouteNet } from './routes/RouteNet.ts';
import { type PlanRules, usablePorts } from './rules.ts';

export interface PlanParts {
  input: PlanInput;
  rules: PlanRules;
  ground: Ground;
  assignment: Assignment;
  net: RouteNet;
  /** By terminal: its node of the net. */
  nodeOf: readonly number[];
  tree: FibreTree;
  /** By node of the net: metres of the shortest way to the feed. */
  shortest: Float64Array;
}

export type BuiltPlan = Pick<
  Plan,
  'feed' | 'nodes' | 'routes' | 'terminals' | 'splitters' | 'cables' | 'splices' | 'served'
>;

/** Puts splitters and cables on the tree and joins each address to the feed. */
export async function composePlan(parts: PlanParts, work: PlanWork): Promise<BuiltPlan> {
  const { input, rules, assignment, net, nodeOf, tree, shortest } = parts;
  const terminals = assignment.terminals.map(({ addresses }, i) => ({
    node: nodeOf[i] ?? net.feed,
    addresses,
  }));
  const longest = shortest.map((metres) => metres * rules.detour);
  const isPole = (node: number) => (net.poleOf[node] ?? -1) >= 0;
  const placed = placeSplitters({ tree, terminals, isPole, longest, room: usablePorts(rules) });
  const unfed = assignment.reuse.unfed.map(({ splitter, pole }) => ({
    splitter,
    node: parts.ground.poles[pole]?.node ?? net.feed,
  }));
  await work.pause(2, 10);

  const feeders: Circuit[] = [...placed, ...unfed].map(({ node }) => ({ from: net.feed, to: node }));
  const distribution: Circuit[] = [];
  for (const { node, shares } of placed) {
    for (const { terminal, addresses } of shares) {
      const to = terminals[terminal]?.node ?? net.feed;
      for (let i = 0; i < addresses.length; i++) distribution.push({ from: node, to });
    }
  }
  const occupied = new Set([...feeders, ...distribution].map(({ to }) => to));
  const fibres = await runFibres(tree, feeders, distribution, (node) => occupied.has(node), rules, work);
  await work.pause(4, 10);

  const numbering = numberNodes(parts);
  const node = (of: number) => numbering.get(of) ?? -1;
  const splitters: PlanSplitter[] = placed.map((splitter, i) => ({
    node: node(splitter.node),
    ports: rules.splitterPorts,
    used: splitter.shares.reduce((sum, { addresses }) => sum + addresses.length, 0),
    way: fibres.feeders[i] ?? [],
  }));
  const served: ServedAddress[] = [];
  const nextPort = new Int32Array(terminals.length);
  const crosses = crossingTest(parts.ground);
  let circuit = 0;
  for (const [i, splitter] of placed.entries()) {
    let port = 0;
    for (const { terminal, addresses } of splitter.shares) {
      const at = terminals[terminal]?.node ?? net.feed;
      const from = net.positions[at];
      for (const number of addresses) {
        if (work.isDue(20)) await work.pause(4, 10);
        const address = input.addresses[number];
        if (!address || !from) continue;
        nextPort[terminal] = (nextPort[terminal] ?? 0) + 1;
        port += 1;
        const wayMetres = (tree.depth[splitter.node] ?? 0) + wayBetween(tree, splitter.node, at);
        const dropMetres = geodesicDistance(from, address.position);
        served.push({
          address: address.id,
          terminal,
          terminalPort: nextPort[terminal] ?? 0,
          splitter: i,
          splitterPort: port,
          way: fibres.distribution[circuit++] ?? [],
          dropMetres,
          crossesStreet: crosses(from, address.position),
          wayMetres,
          shortestMetres: shortest[at] ?? 0,
          lossDb: opticalLoss(wayMetres + dropMetres, rules),
        });
      }
    }
  }
  const unfedWays = new Map(
    unfed.map(({ splitter, node }, i) => [splitter, { node, way: fibres.feeders[placed.length + i] ?? [] }]),
  );
  reusePorts(parts, unfedWays, node, splitters, served, crosses);

  await work.pause(7, 10);
  const routeOf = new Map<number, number>();
  const routes: PlanRoute[] = [];
  for (const below of tree.order) {
    const edge = tree.edgeTo[below] ?? -1;
    if (edge < 0) continue;
    const street = input.streets[net.streetOf[edge] ?? -1]?.id;
    routeOf.set(below, routes.length);
    routes.push({
      from: node(tree.parent[below] ?? -1),
      to: node(below),
      kind: net.kind[edge] ?? 'street',
      ...(street !== undefined && { street }),
      metres: net.metres[edge] ?? 0,
    });
  }
  const cables = fibres.cables.map((cable) => {
    const own = cable.nodes.slice(1).map((below) => routeOf.get(below) ?? -1);
    const metres = own.reduce((sum, route) => sum + (routes[route]?.metres ?? 0), 0);
    const slackMetres = metres * rules.routeSlack + 2 * rules.closureSlack;
    return { ...cable, nodes: cable.nodes.map(node), routes: own, metres, slackMetres };
  });
  return {
    feed: node(net.feed),
    nodes: Array.from(numbering.keys(), (of) => {
      const position = net.positions[of] ?? [Number.NaN, Number.NaN];
      const pole = input.poles[net.poleOf[of] ?? -1]?.id;
      return { position, ...(pole !== undefined && { pole }) };
    }),
    routes,
    terminals: terminals.map(({ node: at, addresses }) => ({
      node: node(at),
      ports: rules.terminalPorts * Math.ceil(addresses.length / rules.terminalPorts),
      used: addresses.length,
    })),
    splitters,
    cables,
    splices: fibres.splices.map((splice) => ({ ...splice, node: node(splice.node) })),
    served,
  };
}

/** Numbers the nodes of the tree, the feed first. */
function numberNodes({ tree }: PlanParts): Map<number, number> {
  return new Map(tree.order.map((node, i) => [node, i]));
}

function reusePorts(
  { input, rules, assignment, tree, shortest }: PlanParts,
  unfed: ReadonlyMap<number, { node: number; way: PlanSplitter['way'] }>,
  node: (of: number) => number,
  splitters: PlanSplitter[],
  served: ServedAddress[],
  crosses: ReturnType<typeof crossingTest>,
): void {
  const numberOf = new Map<number, number>();
  for (const { splitter, address: number, port, over } of assignment.reuse.ports) {
    const given = input.splitters?.[splitter];
    const address = input.addresses[number];
    if (!given || !address) continue;
    const fed = unfed.get(splitter);
    let own = numberOf.get(splitter);
    if (own === undefined) {
      own = splitters.length;
      numberOf.set(splitter, own);
      splitters.push({
        ...(fed && { node: node(fed.node) }),
        ports: given.freePorts.length,
        used: 0,
        existing: given.id,
        way: fed?.way ?? [],
      });
    }
    const entry = splitters[own];
    if (entry) entry.used += 1;
    const start = over?.terminal.position ?? given.position;
    const dropMetres = geodesicDistance(start, address.position);
    const toSplitter = fed ? (tree.depth[fed.node] ?? 0) : (given.wayMetres ?? null);
    const wayMetres = toSplitter === null ? null : toSplitter + (over?.metres ?? 0);
    const splitterLoss = PLAN_SPLITTER_LOSS_DB[given.ports ?? rules.splitterPorts] ?? rules.splitterLoss;
    served.push({
      address: address.id,
      terminal: null,
      ...(over && { over: { terminal: over.terminal.id, port: over.port, cables: over.cables } }),
      terminalPort: null,
      splitter: own,
      splitterPort: port,
      way: [],
      dropMetres,
      crossesStreet: crosses(start, address.position),
      wayMetres,
      shortestMetres: fed ? (shortest[fed.node] ?? 0) : null,
      lossDb: wayMetres === null ? null : opticalLoss(wayMetres + dropMetres, { splitterLoss }),
    });
  }
}
