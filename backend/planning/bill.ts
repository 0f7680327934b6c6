import type { BillLine, Plan } from './Plan.ts';

/** Lists all that a plan needs, the same items always in the same order. */
export function billOf(
  plan: Pick<Plan, 'cables' | 'routes' | 'rules' | 'served' | 'splices' | 'splitters' | 'terminals'>,
): BillLine[] {
  const { rules } = plan;
  const bill = new Bill();
  for (const { kind, metres } of plan.routes) bill.add(`route-${kind}`, 'metre', metres);
  for (const { size, metres, slackMetres } of plan.cables)
    bill.add(`cable-${size}`, 'metre', metres + slackMetres);
  for (const { dropMetres } of plan.served) bill.add('drop-cable', 'metre', dropMetres + rules.dropSlack);
  for (const { ports } of plan.terminals) bill.add(`terminal-${ports}`, 'piece', 1);
  const closures = new Set<number>();
  for (const { node, existing, ports } of plan.splitters) {
    if (existing !== undefined) continue;
    bill.add(`splitter-${ports}`, 'piece', 1);
    if (node !== undefined) closures.add(node);
  }
  for (const { node } of plan.splices) closures.add(node);
  bill.add('closure', 'piece', closures.size);
  let joints = 0;
  for (const { over } of plan.served) joints += Math.max(0, (over?.cables.length ?? 0) - 1);
  bill.add('splice', 'piece', plan.splices.length + joints);
  bill.add('wall-box', 'piece', plan.served.length);
  return bill.lines();
}

class Bill {
  readonly #lines = new Map<string, BillLine>();

  add(item: string, unit: BillLine['unit'], quantity: number): void {
    if (quantity === 0) return;
    const line = this.#lines.get(item);
    if (line) line.quantity += quantity;
    else this.#lines.set(item, { item, unit, quantity });
  }

  lines(): BillLine[] {
    return [...this.#lines.values()].sort((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }));
  }
}

export interface PricedLine extends BillLine {
  price: number;
  cost: number;
}

/** A bill by a price list: the price of an item's unit by item. */
export interface PricedBill {
  lines: PricedLine[];
  total: number;
  /** Items of the bill that the list does not price. They are not in the total. */
  missing: string[];
}

export function priceBill(bill: readonly BillLine[], prices: ReadonlyMap<string, number>): PricedBill {
  const lines: PricedLine[] = [];
  const missing: string[] = [];
  for (const line of bill) {
    const price = prices.get(line.item);
    if (price === undefined || !Number.isFinite(price)) missing.push(line.item);
    else lines.push({ ...line, price, cost: price * line.quantity });
  }
  return { lines, total: lines.reduce((sum, { cost }) => sum + cost, 0), missing };
}
