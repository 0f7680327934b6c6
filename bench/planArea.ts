/** Measures plans of areas: how good they are, against a bound that the verifier computes, and what they cost. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlanInput } from '../backend/planning/PlanInput.ts';
import { planArea } from '../backend/planning/planArea.ts';
import { isRecord } from '../src/contract/index.ts';
import { cambridgeInput, hasCambridge } from '../test/support/planning/cambridgeInput.ts';
import { townInput } from '../test/support/planning/townInput.ts';
import { verifyPlan } from '../test/support/planning/verify/verifyPlan.ts';
import { main, type Row } from './row.ts';

interface Area {
  input: () => PlanInput;
  isThere: boolean;
  /** The limits of the plan by name; what has none is only reported. */
  limits: Record<string, number>;
}

const cambridge = (count: number | undefined, limits: Area['limits']): Area => ({
  input: () => cambridgeInput(count),
  isThere: hasCambridge,
  limits,
});
const town = (addresses: number, limits: Area['limits']): Area => ({
  input: () => townInput({ seed: 1, addresses }),
  isThere: true,
  limits,
});

const AREAS: Record<string, Area> = {
  'Cambridge, 300': cambridge(300, { least: 1.03, tree: 1.2 }),
  'Cambridge, 1,000': cambridge(1_000, { least: 1.02, tree: 1.2, cpu: 1 }),
  'Cambridge, 3,000': cambridge(3_000, { least: 1.02, tree: 1.2 }),
  'all of Cambridge': cambridge(undefined, {
    least: 1.02,
    tree: 1.05,
    perAddress: 50,
    median: 30,
    cpu: 5,
    memory: 400,
  }),
  'town of 4,000': town(4_000, { least: 1.02, tree: 1.08 }),
  'town of 14,000': town(14_000, { least: 1.02, tree: 1.2 }),
};

/** Plans one area in this process and prints its figures as JSON, by name. */
async function measure(name: string): Promise<void> {
  const area = AREAS[name];
  if (!area) throw new RangeError(`there is no area '${name}'`);
  const input = area.input();
  const before = process.cpuUsage();
  const phases: Record<string, number> = {};
  let phase = '';
  let since = 0;
  const cpu = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const endPhase = (next: string) => {
    if (phase !== '') phases[`of it ${phase}`] = cpu() - since;
    since = cpu();
    phase = next;
  };
  const plan = await planArea(input, {
    onProgress: (progress) => {
      if (progress.phase !== phase) endPhase(progress.phase);
    },
  });
  endPhase('');
  const [spent, memory] = [cpu(), process.resourceUsage().maxRSS / 1024];
  const { problems, boundMetres } = verifyPlan(input, plan);
  // The losses at 1:64 are those at 1:32 and the difference of the splitters.
  const at64 = await planArea({ ...input, rules: { splitterPorts: 64 } });
  const { summary } = plan;
  const bound = Math.max(boundMetres, summary.boundMetres);
  console.log(
    JSON.stringify({
      least: summary.leastRouteMetres / bound,
      tree: summary.routeMetres / bound,
      perAddress: summary.metresPerAddress,
      median: summary.medianDropMetres,
      served: (100 * summary.served) / summary.addresses,
      budget32: (100 * summary.withinBudget) / summary.served,
      budget64: (100 * at64.served.filter(({ lossDb }) => (lossDb ?? 0) <= 28).length) / summary.served,
      detour: summary.longestDetour,
      problems: problems.length,
      cpu: spent,
      ...phases,
      memory,
    }),
  );
}

const FIGURES: Record<string, { name: string; unit: string; max?: number; min?: number }> = {
  least: { name: 'least tree / bound', unit: 'x' },
  tree: { name: 'tree of the plan / bound', unit: 'x' },
  perAddress: { name: 'all cable for an address', unit: 'm' },
  median: { name: 'median drop', unit: 'm' },
  served: { name: 'served', unit: '%', min: 99 },
  budget32: { name: '1:32 within 28 dB less 3 dB', unit: '%', min: 100 },
  budget64: { name: '1:64 within 28 dB', unit: '%', min: 100 },
  detour: { name: 'longest way / shortest', unit: 'x', max: 2 },
  problems: { name: 'rules that the verifier finds broken', unit: '', max: 0 },
  cpu: { name: 'CPU', unit: 's' },
  memory: { name: 'memory of the process', unit: 'MiB' },
};

export async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [area, { isThere, limits }] of Object.entries(AREAS)) {
    if (!isThere) continue;
    // In a process of its own, whose memory is that of the plan.
    const text = execFileSync(process.execPath, [fileURLToPath(import.meta.url), area], { encoding: 'utf8' });
    const figures: unknown = JSON.parse(text);
    if (!isRecord(figures)) throw new TypeError(`${area}: no figures`);
    for (const [key, measured] of Object.entries(figures)) {
      if (typeof measured !== 'number') continue;
      const { name, unit, ...own } = FIGURES[key] ?? { name: key, unit: 's' };
      const max = limits[key] ?? own.max;
      rows.push({
        name: `${area}: ${name}`,
        measured,
        unit,
        ...(max !== undefined && { max }),
        ...(own.min !== undefined && { min: own.min }),
      });
    }
  }
  return rows;
}

const [, , area] = process.argv;
if (import.meta.main) {
  if (area === undefined) await main(run);
  else await measure(area);
}
