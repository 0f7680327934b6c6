import {
  type ItemFailure,
  type ItemPage,
  type ItemQuery,
  isRecord,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import type { HandoverFacts } from './HandoverFile.ts';
import type { UnservedAddress } from './reports/addressReport.ts';

/** Class B+ of ITU-T G.984.2, and the margin that plans keep where nobody says another one. */
const DEFAULT_LIMIT = { limitDb: 28, marginDb: 3 };
const ITEMS = 1_000;

/** For a design, of which no run says prices or limits. */
export const NO_FACTS: HandoverFacts = {
  ...DEFAULT_LIMIT,
  prices: new Map(),
  unserved: async function* () {},
  get now() {
    return new Date();
  },
};

/**
 * The facts that a run's parameters and items say. Any task may have such parameters, so each is looked at and none is expected.
 */
export function factsOfTask(
  { params }: Pick<TaskSnapshot, 'params'>,
  items: (query: ItemQuery) => Promise<ItemPage>,
): HandoverFacts {
  const rules = isRecord(params.rules) ? params.rules : {};
  return {
    limitDb: numberIn(rules.lossLimitDb) ?? DEFAULT_LIMIT.limitDb,
    marginDb: numberIn(rules.lossMarginDb) ?? DEFAULT_LIMIT.marginDb,
    prices: pricesIn(params.prices),
    currency: typeof params.currency === 'string' ? params.currency : undefined,
    async *unserved() {
      let after: string | undefined;
      do {
        const page = await items({ ok: false, limit: ITEMS, ...(after !== undefined && { after }) });
        for (const item of page.items) {
          if (item.ok !== true && item.id.startsWith('address/')) yield unservedOf(item);
        }
        after = page.nextAfter;
      } while (after !== undefined);
    },
    now: new Date(),
  };
}

function unservedOf({ id, code, message, geometry }: ItemFailure): UnservedAddress {
  const position = geometry?.type === 'Point' ? geometry.coordinates : undefined;
  return { address: id, reason: code, remark: message, position };
}

function pricesIn(list: unknown): ReadonlyMap<string, number> {
  const prices = new Map<string, number>();
  for (const one of Array.isArray(list) ? list : []) {
    if (!isRecord(one) || typeof one.item !== 'string') continue;
    const price = numberIn(one.price);
    if (price !== undefined) prices.set(one.item, price);
  }
  return prices;
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
