import type { Plan, PlanSummary } from './Plan.ts';
import type { TreeSearch } from './tree/searchTree.ts';

/** The figures of a plan. */
export function summarize(
  plan: Omit<Plan, 'summary'>,
  search: Pick<TreeSearch, 'leastMetres' | 'boundMetres'>,
): PlanSummary {
  const { served, terminals, cables, nodes, rules } = plan;
  const drops = served.map(({ dropMetres }) => dropMetres).sort((a, b) => a - b);
  const dropMetres = sum(drops);
  const length = (wanted: 'feeder' | 'distribution') =>
    sum(cables.filter(({ kind }) => kind === wanted).map(({ metres }) => metres));
  const [distributionMetres, feederMetres] = [length('distribution'), length('feeder')];
  const all = distributionMetres + feederMetres + dropMetres;
  let longestDetour = 1;
  let largestLossDb = 0;
  let withinBudget = 0;
  for (const { wayMetres, shortestMetres, lossDb } of served) {
    if (wayMetres !== null && shortestMetres)
      longestDetour = Math.max(longestDetour, wayMetres / shortestMetres);
    largestLossDb = Math.max(largestLossDb, lossDb ?? 0);
    if (lossDb !== null && lossDb <= rules.lossLimit - rules.lossMargin) withinBudget += 1;
  }
  return {
    addresses: served.length + plan.unserved.length,
    served: served.length,
    reused: served.filter(({ terminal }) => terminal === null).length,
    terminals: terminals.length,
    poleTerminals: terminals.filter(({ node }) => nodes[node]?.pole !== undefined).length,
    splitters: plan.splitters.filter(({ existing }) => existing === undefined).length,
    routeMetres: sum(plan.routes.map(({ metres }) => metres)),
    distributionMetres,
    feederMetres,
    dropMetres,
    medianDropMetres: drops[drops.length >> 1] ?? 0,
    longestDropMetres: drops.at(-1) ?? 0,
    crossings: served.filter(({ crossesStreet }) => crossesStreet).length,
    metresPerAddress: served.length > 0 ? all / served.length : 0,
    leastRouteMetres: search.leastMetres,
    boundMetres: search.boundMetres,
    longestDetour,
    largestLossDb,
    withinBudget,
  };
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
