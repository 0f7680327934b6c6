import type { GeoFeature, PreviewBillLine, PreviewCount } from '../../src/contract/index.ts';
import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import type { PreviewContext, PreviewDraft } from '../tasks/defineTask.ts';
import { connectCustomers } from './connectCustomers.ts';
import type { ConnectionParams } from './customerConnectionParams.ts';

/** Other requests are answered after so many milliseconds of building. */
const BUSY_MS = 10;
const SEEDS = 2 ** 32;

/**
 * Says what customer_connection_task would build: it builds all of it in a unit of work that is thrown away. Where addresses are
 * drawn at random and no seed was given, it draws one, and says so in `exactParams`.
 */
export async function previewConnection(
  params: ConnectionParams,
  { network, signal }: PreviewContext,
): Promise<PreviewDraft> {
  const { count, selection } = params;
  const isDrawn = selection !== 'nearest' && params.seed === undefined;
  const exact = isDrawn ? { ...params, seed: Math.floor(Math.random() * SEEDS) } : params;
  const features: GeoFeature[] = [];
  let busySince = performance.now();
  const splitters = (await network.view(params.design)).table('fiber_splitter');
  const before = await splitters.count();
  const result = await connectCustomers(exact, {
    network,
    // The seed is given where one is needed, so no id chooses anything.
    taskId: '',
    async progress(update) {
      for (const feature of update.features ?? []) features.push(feature);
      if (performance.now() - busySince < BUSY_MS) return;
      await yieldToEventLoop();
      busySince = performance.now();
      signal.throwIfAborted();
    },
  });
  const { connections, poles, cableLengthMetres, bbox } = result;
  // A run after another one begins with the ports that are free.
  const equipped = (await splitters.count()) - before;
  return {
    counts: [
      added('pole', poles),
      added('splice_closure', equipped),
      added('fiber_splitter', equipped),
      added('wall_box', connections),
      added('fiber_ont', connections),
      added('oh_route', connections),
      added('fiber_cable', connections),
      added('connection', 2 * connections),
    ].filter((line) => line.count > 0),
    bbox,
    features,
    bill: [
      pieces('pole', poles),
      pieces('closure', equipped),
      pieces('splitter-64', equipped),
      { item: 'cable-16', unit: 'metre' as const, quantity: cableLengthMetres },
      pieces('splice', 2 * connections),
      pieces('wall-box', connections),
      pieces('ont', connections),
    ].filter((line) => line.quantity > 0),
    size: count,
    ...(isDrawn && { exactParams: exact }),
  };
}

function added(kind: string, count: number): PreviewCount {
  return { kind, change: 'add', count };
}

function pieces(item: string, quantity: number): PreviewBillLine {
  return { item, unit: 'piece', quantity };
}
