import { positionProblem } from '../../../backend/network/coordinates.ts';
import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import type { Unserved } from '../../../backend/planning/Plan.ts';
import type { PlanInput } from '../../../backend/planning/PlanInput.ts';
import { completeRules, type PlanRules, RULE_PARAMS } from '../../../backend/planning/rules.ts';
import type { PlanAreaParams, PlanAreaRules } from '../../../src/contract/planArea.ts';
import { addPlant } from '../network/addPlant.ts';
import { PLANNED, townOfInput } from '../network/townOfInput.ts';
import { inputOfView } from '../planning/records/inputOfView.ts';
import { PlanRecords } from '../planning/records/PlanRecords.ts';
import { verifyRecords } from '../planning/records/verifyRecords.ts';
import { type PlanRun, runPlan } from './runPlan.ts';

export interface PlannedTown {
  run: PlanRun;
  /** Everything that is wrong, as sentences. */
  problems: string[];
  boundMetres: number;
  records: PlanRecords;
  /** Of the run alone: planned, written and committed. */
  seconds: number;
  cpuSeconds: number;
}

/** Stores the town of an input, plans all of it, and checks the records. Undefined positions of the input are left out. */
export async function planSpoiled(
  input: PlanInput,
  create: (town: TownData) => Promise<NetworkStore>,
): Promise<PlannedTown> {
  const store = await create(townOfInput(input));
  // Params with a feed that is no position are refused.
  const feed =
    input.feed &&
    Number.isFinite(input.feed[0]) &&
    positionProblem(input.feed[0], input.feed[1]) === undefined
      ? input.feed
      : undefined;
  const splitters = await addPlant(store, input);
  const before = await PlanRecords.read(await store.begin().view(PLANNED));
  const params: PlanAreaParams = {
    design: PLANNED,
    area: 'all',
    ...(feed && { feed }),
    ...(input.rules && { rules: paramsOf(input.rules) }),
  };
  const start = performance.now();
  const cpu = process.cpuUsage();
  const run = await runPlan(store, params);
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const view = await store.begin().view(PLANNED);
  const records = await PlanRecords.read(view);
  const rules = completeRules(input.rules);
  const facts = { rules, result: run.result, unserved: unservedOf(run) };
  const stored = { ...(await inputOfView(view)), splitters, rules, ...(feed && { feed }) };
  return {
    run,
    ...verifyRecords(stored, before, records, facts),
    records,
    seconds,
    cpuSeconds: (user + system) / 1e6,
  };
}

/** The items that failed, as a plan has them. */
function unservedOf({ items }: PlanRun): Unserved[] {
  return items.flatMap((item): Unserved[] => {
    if (item.ok) return [];
    const away = /is ([\d.]+) m away$/.exec(item.message)?.[1];
    const reason = REASONS.find((known) => known === item.code);
    return reason ? [{ address: item.id, reason, metres: away === undefined ? null : Number(away) }] : [];
  });
}
const REASONS: readonly Unserved['reason'][] = [
  'no-position',
  'out-of-reach',
  'piece-not-reached',
  'far-from-feed',
  'no-network',
];

function paramsOf({ ways, crossStreets, cableSizes, ...numbers }: Partial<PlanRules>): PlanAreaRules {
  const rules: PlanAreaRules = {
    ...(ways && { ways }),
    ...(crossStreets !== undefined && { crossStreets }),
    ...(cableSizes && { cableSizes: [...cableSizes] }),
  };
  for (const [rule, [param, units]] of Object.entries(RULE_PARAMS)) {
    const value: unknown = Reflect.get(numbers, rule);
    if (typeof value === 'number') rules[param] = value * units;
  }
  return rules;
}
