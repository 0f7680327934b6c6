import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * Every task fails when it has done N units of its work, with code 'simulated-failure'.
 *
 * @example
 * const backend = await createMockBackend({ scenario: failAt({ done: 5 }) });
 */
export function failAt(options: { done: number }): Scenario {
  checkNumber('failAt', 'done', options.done, 0);
  return {
    name: 'failAt',
    hooks: {
      onProgress({ progress }) {
        if ((progress.done ?? 0) < options.done) return;
        const total = progress.total === undefined ? '' : ` of ${progress.total}`;
        throw new TaskRefusal({
          code: 'simulated-failure',
          message: `The "failAt" scenario ended the task at ${progress.done}${total}. Switch it off and try again.`,
          details: { done: progress.done, total: progress.total },
        });
      },
    },
  };
}
