/** Plans spoiled towns and checks each plan: `node test/support/planning/manyTowns.ts [how many] [first seed] [most addresses]`. */
import { planArea } from '../../../backend/planning/planArea.ts';
import { spoiledTown } from './spoilTown.ts';
import { verifyPlan } from './verify/verifyPlan.ts';

const [count = 500, first = 1, most = 4_000] = process.argv.slice(2).map(Number);
let bad = 0;
let addresses = 0;
let served = 0;
const ratios: number[] = [];
for (let seed = first; seed < first + count; seed++) {
  const input = spoiledTown(seed, most);
  const plan = await planArea(input);
  const { problems, boundMetres } = verifyPlan(input, plan);
  addresses += plan.summary.addresses;
  served += plan.summary.served;
  if (plan.summary.addresses >= 100 && boundMetres > 0) ratios.push(plan.summary.routeMetres / boundMetres);
  if (problems.length === 0) continue;
  bad += 1;
  console.log(`seed ${seed}: ${problems.length} problems, such as: ${problems.slice(0, 3).join('; ')}`);
}
ratios.sort((a, b) => a - b);
const [middle, worst] = [ratios[ratios.length >> 1], ratios.at(-1)];
console.log(`${count} towns, ${addresses} addresses, ${served} served, ${bad} towns with problems`);
console.log(
  `tree over bound where there are 100 addresses or more: median ${middle?.toFixed(4)}, worst ${worst?.toFixed(4)}`,
);
if (bad > 0) process.exitCode = 1;
