import { type BoundingBox, boundsOf, type Geometry, type TaskItem } from '../../../src/contract/index.ts';
import type { PlanAreaRemark, PlanAreaResult } from '../../../src/contract/planArea.ts';
import { unitOfItem } from '../../../src/contract/priceItems.ts';
import { readPriceList } from '../../../src/contract/priceList.ts';
import type { Plan, Unserved } from '../../planning/Plan.ts';
import type { PlanPhase } from '../../planning/PlanWork.ts';
import { planArea } from '../../planning/planArea.ts';
import type { TaskContext } from '../../tasks/defineTask.ts';
import { layoutPlan } from './layoutPlan.ts';
import { writePlan } from './PlanWriter.ts';
import type { PlanParams } from './planAreaParams.ts';
import { planBill } from './planBill.ts';
import { RecordSink } from './RecordSink.ts';
import { type AreaToPlan, readArea } from './readArea.ts';

/** The task says these while it runs, step by step. */
const STEPS = {
  read: 'Reading the area',
  ground: 'Joining streets and poles',
  assignment: 'Choosing terminals',
  routes: 'Building the graph',
  search: 'Searching for the lightest tree',
  fibres: 'Laying fibres',
} as const;
const WRITE_STEPS = {
  routes: 'Routes and equipment',
  cables: 'Cables',
  splices: 'Splices',
  drops: 'Drops',
} as const;
const MESSAGES: readonly string[] = [...Object.values(STEPS), ...Object.values(WRITE_STEPS)];
const STEP_COUNT = MESSAGES.length;
/** The share of the time that reading and planning take, in percent. */
const PLANNED = 60;

const REASONS: Record<Unserved['reason'], string> = {
  'no-position': 'has no position in degrees',
  'out-of-reach': 'has no street and no pole within the longest drop',
  'piece-not-reached': 'is at a street that nothing joins to the feed',
  'far-from-feed': 'is too far from the feed',
  'no-network': 'has no network to hang on: there is no street, and no pole that a span or a street joins',
};

type PlanContext = Pick<TaskContext, 'network' | 'progress' | 'signal' | 'items' | 'log'>;

export interface ExecutedPlan {
  result: PlanAreaResult;
  /** The number of new records by table. */
  counts: ReadonlyMap<string, number>;
  /** The addresses that were to be served. */
  total: number;
}

/** Does the work of plan_area_task. It commits nothing. */
export async function executePlan(params: PlanParams, context: PlanContext): Promise<ExecutedPlan> {
  const { network, progress, signal, items: only } = context;
  const say = (message: string, percent: number) =>
    progress({ step: MESSAGES.indexOf(message) + 1, stepCount: STEP_COUNT, message, percent });
  await say(STEPS.read, 0);
  const area = await readArea(params, network, only);
  let told: PlanPhase | undefined;
  const plan = await planArea(area.input, {
    signal,
    onProgress: ({ phase, percent }) => {
      if (phase === told) return;
      told = phase;
      // The planner pauses after it said so, and notices the signal: nothing has to wait here, or to hear of the cancellation twice.
      say(STEPS[phase], (PLANNED * percent) / 100).catch(() => {});
    },
  });
  const layout = layoutPlan(plan);
  const bill = planBill(plan, layout, area.plant, params);
  const remarks = remarksOf(plan, area, bill.missing, unknownPrices(params));
  for (const { message } of remarks) context.log('warning', message);
  await reportUnserved(plan, area, context);
  const bounds = new Bounds();
  const total = area.addresses.size;
  let step: keyof typeof WRITE_STEPS = 'routes';
  let done = 0;
  const sink = new RecordSink(area.view, async (features, served) => {
    for (const { geometry } of features) bounds.include(geometry);
    done += served.length;
    const message = WRITE_STEPS[step];
    await progress({
      step: MESSAGES.indexOf(message) + 1,
      stepCount: STEP_COUNT,
      message,
      percent: PLANNED + ((100 - PLANNED) * (done + plan.unserved.length)) / Math.max(1, total),
      done,
      total,
      features,
      items: served.map((id) => ({ id, ok: true as const })),
    });
  });
  const onStep = (next: typeof step) => {
    step = next;
  };
  const { plant, lines, addresses } = area;
  await writePlan({ plan, layout, plant, lines, addresses, sink, onStep });
  const result = {
    design: params.design,
    bbox: bounds.box,
    served: plan.served.length,
    unserved: plan.unserved.length,
    figures: figuresOf(plan),
    bill,
    remarks,
  };
  return { result, counts: sink.counts, total };
}

function figuresOf({ summary: { served: _, ...figures } }: Plan): PlanAreaResult['figures'] {
  return figures;
}

/** Items of the price list that no bill has: some of them may be misspelt. */
function unknownPrices({ prices = [], priceList }: PlanParams): string[] {
  if (priceList) return readPriceList(priceList.text).unknown;
  return prices.map(({ item }) => item).filter((item) => unitOfItem(item) === undefined);
}

function remarksOf(
  plan: Plan,
  { connected }: AreaToPlan,
  missing: readonly string[],
  unknown: readonly string[],
): PlanAreaRemark[] {
  const remarks: PlanAreaRemark[] = [...plan.remarks];
  if (connected > 0) {
    const message = 'addresses of the area are connected already, and stay as they are';
    remarks.push({ code: 'connected-already', message, count: connected, ids: [] });
  }
  const { crossings } = plan.summary;
  if (crossings > 0) {
    const message = "drops cross the centre line of a street: the rule 'crossStreets' as false forbids it";
    remarks.push({ code: 'drops-cross-streets', message, count: crossings, ids: [] });
  }
  const { lossLimit, lossMargin } = plan.rules;
  const dark = plan.served.filter(({ lossDb }) => lossDb !== null && lossDb > lossLimit - lossMargin);
  if (dark.length > 0) {
    const message = `addresses lose more than ${lossLimit} dB less ${lossMargin} dB of margin: take smaller splitters, or a feed that is nearer`;
    const ids = dark.slice(0, 20).map(({ address }) => address);
    remarks.push({ code: 'loss-over-limit', message, count: dark.length, ids });
  }
  if (missing.length > 0) {
    const message = `the price list has no ${missing.join(', ')}: the total is without them; add them to the list`;
    remarks.push({ code: 'price-missing', message, count: missing.length, ids: [] });
  }
  if (unknown.length > 0) {
    const message = `the price list has items that no bill has: ${unknown.slice(0, 5).join(', ')}; look whether their names are misspelt`;
    remarks.push({ code: 'price-unknown', message, count: unknown.length, ids: [] });
  }
  return remarks;
}

async function reportUnserved(
  { unserved, rules }: Plan,
  { addresses }: AreaToPlan,
  { progress }: Pick<TaskContext, 'progress'>,
): Promise<void> {
  const items = unserved.map(({ address, reason, metres }): TaskItem => {
    const geometry = addresses.get(address)?.geometry;
    const away = metres === null ? '' : `; the nearest point of the network is ${metres.toFixed(1)} m away`;
    const limit = reason === 'out-of-reach' ? ` of ${rules.longestDrop} m` : '';
    const message = `${address} ${REASONS[reason]}${limit}${away}`;
    return { id: address, code: reason, message, ...(geometry && { geometry }) };
  });
  for (let from = 0; from < items.length; from += 200)
    await progress({ items: items.slice(from, from + 200) });
}

class Bounds {
  box: BoundingBox | null = null;

  include(geometry: Geometry): void {
    const found = boundsOf([geometry]);
    if (!found) return;
    const [west, south, east, north] = this.box ?? found;
    this.box = [
      Math.min(west, found[0]),
      Math.min(south, found[1]),
      Math.max(east, found[2]),
      Math.max(north, found[3]),
    ];
  }
}
