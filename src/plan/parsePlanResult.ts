import { type BoundingBox, isRecord } from '../contract/index.ts';
import type { PlanAreaFigures, PlanAreaRemark, PlanBill, PlanBillLine } from '../contract/planArea.ts';

/** The parts of a result that the dialog can show. Another server's task may answer with less. */
export interface ShownPlan {
  served?: number;
  unserved?: number;
  bbox?: BoundingBox;
  figures: Partial<PlanAreaFigures>;
  bill: PlanBill;
  remarks: Pick<PlanAreaRemark, 'code' | 'message' | 'count'>[];
}

/** A bill that is longer than this is no bill of ours. */
const MOST_LINES = 500;

const numberOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MOST_LINES) : []);

export function parsePlanResult(result: unknown): ShownPlan {
  const fields = isRecord(result) ? result : {};
  const [served, unserved] = [numberOf(fields.served), numberOf(fields.unserved)];
  const bbox = boxOf(fields.bbox);
  const figures = Object.entries(isRecord(fields.figures) ? fields.figures : {}).filter(
    ([, value]) => numberOf(value) !== undefined,
  );
  return {
    ...(served !== undefined && { served }),
    ...(unserved !== undefined && { unserved }),
    ...(bbox && { bbox }),
    figures: Object.fromEntries(figures),
    bill: billOf(fields.bill),
    remarks: listOf(fields.remarks).flatMap((remark) => {
      const [code, message] = isRecord(remark) ? [textOf(remark.code), textOf(remark.message)] : [];
      if (!isRecord(remark) || code === undefined || message === undefined) return [];
      return [{ code, message, count: numberOf(remark.count) ?? 1 }];
    }),
  };
}

function billOf(value: unknown): PlanBill {
  const bill = isRecord(value) ? value : {};
  const [total, currency] = [numberOf(bill.total), textOf(bill.currency)];
  return {
    lines: listOf(bill.lines).flatMap((line) => lineOf(line) ?? []),
    ...(total !== undefined && { total }),
    ...(currency !== undefined && { currency }),
    missing: listOf(bill.missing).flatMap((item) => textOf(item) ?? []),
  };
}

function lineOf(value: unknown): PlanBillLine | undefined {
  if (!isRecord(value)) return undefined;
  const [item, quantity, cost] = [textOf(value.item), numberOf(value.quantity), numberOf(value.cost)];
  if (item === undefined || quantity === undefined) return undefined;
  return {
    item,
    unit: value.unit === 'metre' ? 'metre' : 'piece',
    quantity,
    ...(cost !== undefined && { cost }),
  };
}

function boxOf(value: unknown): BoundingBox | undefined {
  const [west, south, east, north] = listOf(value).map(numberOf);
  return west === undefined || south === undefined || east === undefined || north === undefined
    ? undefined
    : [west, south, east, north];
}
