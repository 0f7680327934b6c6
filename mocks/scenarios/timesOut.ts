import { untilAborted } from '../../backend/common/pause.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * Every task gets stuck half way, and is out of time after `afterSeconds`.
 *
 * @example
 * const backend = await createMockBackend({ scenario: timesOut({ afterSeconds: 3 }) });
 */
export function timesOut(options: { afterSeconds: number }): Scenario {
  checkNumber('timesOut', 'afterSeconds', options.afterSeconds, 0.001);
  return {
    name: 'timesOut',
    hooks: {
      timeoutSeconds: () => options.afterSeconds,
      async onProgress({ progress, signal }) {
        if ((progress.percent ?? 0) >= 50) await untilAborted(signal);
      },
    },
  };
}
