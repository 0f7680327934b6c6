/**
 * Plans 500 made-up towns with everything wrong that real data have, and checks each plan by the verifier. Same seeds, same
 * towns: `node bench/spoiledTowns.ts [how many] [first seed] [most addresses]`.
 */

import { planArea } from '../backend/planning/planArea.ts';
import { spoiledTown } from '../test/support/planning/spoilTown.ts';
import { verifyPlan } from '../test/support/planning/verify/verifyPlan.ts';
import { main, median, type Row } from './row.ts';

export async function run(count = 500, first = 1, most = 4_000): Promise<Row[]> {
  const sums = { addresses: 0, served: 0, bad: 0 };
  const least: number[] = [];
  const tree: number[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const input = spoiledTown(seed, most);
    const plan = await planArea(input);
    const { problems, boundMetres } = verifyPlan(input, plan);
    const { summary, rules } = plan;
    sums.addresses += summary.addresses;
    sums.served += summary.served;
    const bound = Math.max(boundMetres, summary.boundMetres);
    if (summary.addresses >= 100 && bound > 0) {
      least.push(summary.leastRouteMetres / bound);
      // A rule that allows less has its own price.
      if (rules.detour >= 2) tree.push(summary.routeMetres / bound);
    }
    if (problems.length === 0) continue;
    sums.bad += 1;
    console.log(`seed ${seed}: ${problems.length} problems, such as: ${problems.slice(0, 3).join('; ')}`);
  }
  return [
    { name: 'towns', measured: count, unit: '' },
    { name: 'addresses', measured: sums.addresses, unit: '' },
    { name: 'addresses that are served', measured: sums.served, unit: '' },
    { name: 'towns in which a rule is broken', measured: sums.bad, unit: '', max: 0 },
    { name: 'least tree / bound, median', measured: median(least), unit: 'x' },
    { name: 'least tree / bound, worst', measured: Math.max(...least), unit: 'x', max: 1.03 },
    { name: 'tree of the plan / bound, median', measured: median(tree), unit: 'x' },
    { name: 'tree of the plan / bound, worst', measured: Math.max(...tree), unit: 'x', max: 1.2 },
  ];
}

if (import.meta.main) await main(() => run(...process.argv.slice(2).map(Number)));
