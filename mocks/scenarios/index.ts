import { duplicates } from './duplicates.ts';
import { failAt } from './failAt.ts';
import { htmlInsteadOfStream } from './htmlInsteadOfStream.ts';
import { latency } from './latency.ts';
import { lostCursor } from './lostCursor.ts';
import { outOfOrder } from './outOfOrder.ts';
import { rateLimited } from './rateLimited.ts';
import { combine, type Scenario } from './Scenario.ts';
import { serverErrorOnEnqueue } from './serverErrorOnEnqueue.ts';
import { stall } from './stall.ts';
import { streamCut } from './streamCut.ts';
import { timesOut } from './timesOut.ts';
import { unauthorizedThenRefresh } from './unauthorizedThenRefresh.ts';

/**
 * Every scenario, by the name that the harness lists, with arguments that show the fault within seconds. Each call returns
 * a new scenario, whose counts start at zero.
 */
export const scenarios = {
  latency: () => latency({ ms: 1200, jitterMs: 600 }),
  'stream-cut-reset': () => streamCut({ everyMs: 2500, how: 'reset' }),
  'stream-cut-eof': () => streamCut({ everyMs: 2500, how: 'eof' }),
  stall: () => stall({ afterMs: 2000 }),
  duplicates: () => duplicates(),
  'out-of-order': () => outOfOrder(),
  'lost-cursor': () => combine('lost-cursor', streamCut({ everyMs: 2500, how: 'eof' }), lostCursor()),
  'unauthorized-then-refresh': () => unauthorizedThenRefresh(),
  'rate-limited': () => rateLimited({ retryAfterSeconds: 3, times: 2 }),
  'server-error-on-enqueue': () => serverErrorOnEnqueue({ times: 1 }),
  'fail-at': () => failAt({ done: 500 }),
  'times-out': () => timesOut({ afterSeconds: 5 }),
  'html-instead-of-stream': () => htmlInsteadOfStream(),
} satisfies Record<string, () => Scenario>;

export type ScenarioName = keyof typeof scenarios;
