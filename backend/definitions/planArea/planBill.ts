import type { PlanBill } from '../../../src/contract/planArea.ts';
import { readPriceList } from '../../../src/contract/priceList.ts';
import { billOf, priceBill } from '../../planning/bill.ts';
import type { BillLine, Plan } from '../../planning/Plan.ts';
import { framePorts } from './framePorts.ts';
import type { PlanLayout } from './layoutPlan.ts';
import type { Plant } from './Plant.ts';
import type { PlanParams } from './planAreaParams.ts';

/** The bill of what a plan adds to the plant that is there, priced where there is a price list. */
export function planBill(
  plan: Plan,
  layout: PlanLayout,
  plant: Plant,
  params: Pick<PlanParams, 'prices' | 'priceList' | 'currency'>,
): PlanBill {
  const lines = linesOf(plan, layout, plant);
  const list = params.priceList && readPriceList(params.priceList.text);
  const prices = params.prices ?? list?.prices;
  const currency = params.currency ?? list?.currency;
  const unit = currency === undefined ? {} : { currency };
  if (!prices) return { lines, ...unit, missing: [] };
  const priced = priceBill(lines, new Map(prices.map(({ item, price }) => [item, price])));
  const costs = new Map(priced.lines.map((line) => [line.item, line]));
  return {
    lines: lines.map((line) => costs.get(line.item) ?? line),
    total: priced.total,
    ...unit,
    missing: priced.missing,
  };
}

function linesOf(plan: Plan, layout: PlanLayout, plant: Plant): BillLine[] {
  const structures = layout.structures;
  const thereOf = (node: number): string | undefined => {
    const laid = structures.get(node);
    return laid && (laid.pole ?? plant.handholeAt(laid.position)?.urn);
  };
  const routes = layout.routes.filter(({ from, to, kind }) => {
    const [one, other] = [thereOf(from), thereOf(to)];
    const table = kind === 'street' ? 'ug_route' : 'oh_route';
    return !one || !other || !plant.routeBetween(table, one, other);
  });
  const lines = billOf({ ...plan, routes });
  const add = (item: string, quantity: number) => {
    if (quantity > 0) lines.push({ item, unit: 'piece', quantity });
  };
  if (plan.served.length === 0) return lines;
  add('handhole', [...structures.keys()].filter((node) => thereOf(node) === undefined).length);
  add('ont', plan.served.length);
  const frame = newFramePorts(plan, plant, plan.feed === undefined ? undefined : thereOf(plan.feed));
  if (frame > 0) add(`odf-${frame}`, 1);
  return lines.sort((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }));
}

/** The ports of the frame that is built at the feed; 0: the frames that are there have room. */
function newFramePorts({ splitters }: Plan, { frames }: Plant, feed: string | undefined): number {
  let wanted = splitters.filter(({ node }) => node !== undefined).length;
  for (const { record, freePorts } of frames) {
    if (feed !== undefined && record.properties.root_housing === feed) wanted -= freePorts.length;
  }
  return wanted > 0 ? framePorts(wanted) : 0;
}
