import { assignAddresses } from './assign/assignAddresses.ts';
import { groupAddresses } from './assign/groupAddresses.ts';
import { billOf } from './bill.ts';
import { type BuiltPlan, composePlan } from './composePlan.ts';
import { rootTree } from './fibre/FibreTree.ts';
import { prepareGround } from './ground/prepareGround.ts';
import type { Plan, Unserved } from './Plan.ts';
import type { PlanInput } from './PlanInput.ts';
import { type PlanOptions, PlanWork } from './PlanWork.ts';
import { Remarks } from './Remarks.ts';
import { buildRoutes } from './routes/buildRoutes.ts';
import { completeRules, type PlanRules } from './rules.ts';
import { summarize } from './summarize.ts';
import { createGraph, MICROMETRES } from './tree/Graph.ts';
import { searchTree } from './tree/searchTree.ts';
import { shortestWays } from './tree/shortestWays.ts';

/**
 * Plans the network of an area: which address hangs where, the routes, splitters, cables and fibres, and what they need. The same
 * input gives the same plan on every machine. It leaves out data that it cannot use and reports them in `remarks`. Throws a
 * TaskRefusal 'invalid-params' for rules that cannot be kept, and the signal's reason when it aborts.
 *
 * @example
 * const plan = await planArea({ addresses, poles, streets, feed: [-71.1097, 42.3736] });
 */
export async function planArea(input: PlanInput, options: PlanOptions = {}): Promise<Plan> {
  const rules = completeRules(input.rules);
  const work = new PlanWork(options);
  const remarks = new Remarks();
  await work.begin('ground');
  const ground = await prepareGround(input, rules, remarks, work);
  if (!ground) return nothingBuilt(input, rules, remarks);

  await work.begin('assignment');
  const assignment = await assignAddresses(input, ground, rules, remarks, work);
  await work.begin('routes');
  const { net, nodeOf } = await buildRoutes(
    ground,
    assignment.terminals.map(({ place }) => place),
    work,
  );
  const isTerminal = new Uint8Array(net.positions.length);
  for (const node of nodeOf) isTerminal[node] = 1;
  for (const { pole } of assignment.reuse.unfed) isTerminal[ground.poles[pole]?.node ?? net.feed] = 1;
  const graph = createGraph(
    net.positions.length,
    net.from,
    net.to,
    net.metres.map((metres) => Math.round(metres * MICROMETRES)),
  );
  await work.begin('search');
  const search = await searchTree(graph, isTerminal, net.feed, rules.detour, work);
  const shortest = shortestWays(graph, net.feed).length.map((length) => length / MICROMETRES);

  await work.begin('fibres');
  const tree = rootTree(net, search.isIn);
  await work.pause(1, 10);
  const built = await composePlan({ input, rules, ground, assignment, net, nodeOf, tree, shortest }, work);
  await work.pause(9, 10);
  return finish(built, assignment.unserved, rules, remarks, search);
}

function finish(
  built: BuiltPlan,
  unserved: Unserved[],
  rules: PlanRules,
  remarks: Remarks,
  search: Parameters<typeof summarize>[1],
): Plan {
  const plan = { rules, ...built, unserved, remarks: remarks.list() };
  const whole = { ...plan, bill: billOf(plan) };
  return { ...whole, summary: summarize(whole, search) };
}

function nothingBuilt({ addresses }: PlanInput, rules: PlanRules, remarks: Remarks): Plan {
  const { groups, unserved } = groupAddresses(addresses, undefined, remarks);
  for (const member of groups.flatMap(({ members }) => members)) {
    unserved.push({ address: addresses[member]?.id ?? '', reason: 'no-network', metres: null });
  }
  const empty: BuiltPlan = {
    feed: undefined,
    nodes: [],
    routes: [],
    terminals: [],
    splitters: [],
    cables: [],
    splices: [],
    served: [],
  };
  return finish(empty, unserved, rules, remarks, { leastMetres: 0, boundMetres: 0 });
}
