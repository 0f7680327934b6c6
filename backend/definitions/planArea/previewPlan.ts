import type { GeoFeature, PreviewCount } from '../../../src/contract/index.ts';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.ts';
import type { PreviewContext, PreviewDraft } from '../../tasks/defineTask.ts';
import { executePlan } from './executePlan.ts';
import type { PlanParams } from './planAreaParams.ts';

/** Other requests are answered after so many milliseconds of work. */
const BUSY_MS = 10;

/** Says what plan_area_task would build: it plans and writes all of it in a unit of work that is thrown away. */
export async function previewPlan(
  params: PlanParams,
  { network, signal }: PreviewContext,
): Promise<PreviewDraft> {
  const features: GeoFeature[] = [];
  let busySince = performance.now();
  const { result, counts, total } = await executePlan(params, {
    network,
    signal,
    log: () => {},
    async progress(update) {
      for (const feature of update.features ?? []) features.push(feature);
      if (performance.now() - busySince < BUSY_MS) return;
      await yieldToEventLoop();
      busySince = performance.now();
      signal.throwIfAborted();
    },
  });
  const { bbox, bill, remarks, unserved } = result;
  const unservedCount: PreviewCount = { kind: 'address-unserved', change: 'add', count: unserved };
  return {
    counts: [
      ...Array.from(counts, ([kind, count]): PreviewCount => ({ kind, change: 'add', count })),
      ...(unserved > 0 ? [unservedCount] : []),
    ],
    ...(bbox && { bbox }),
    features,
    bill: bill.lines,
    ...(bill.currency !== undefined && { currency: bill.currency }),
    remarks: remarks.map(({ code, message, ...details }) => ({ code, message, details })),
    size: total,
  };
}
