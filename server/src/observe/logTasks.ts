import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import type { Logger } from './createLogger.ts';

/**
 * An observer that writes a line to the log when an attempt at a task begins, ends or has to be made again, and passes
 * everything on. A line has `taskId`, `task` (its name), `queue` and `attempt`, and at the end `status`, `runSeconds` and,
 * for a task that failed, `code` and `reason`.
 *
 * @example
 * const observer = logTasks(logger, metrics.observer);
 */
export function logTasks(logger: Logger, observer: Required<TaskObserver>): Required<TaskObserver> {
  return {
    ...observer,
    started(run) {
      observer.started(run);
      const { taskId, name: task, queue, attempt, waitSeconds } = run;
      logger.info({ taskId, task, queue, attempt, waitSeconds: rounded(waitSeconds) }, 'task begun');
    },
    ended(run) {
      observer.ended(run);
      const { taskId, name: task, queue, attempt, status, runSeconds, error } = run;
      const why = error && { code: error.code, reason: error.message };
      const fields = { taskId, task, queue, attempt, status, runSeconds: rounded(runSeconds), ...why };
      logger.info(fields, 'task ended');
    },
    restarted(run) {
      observer.restarted(run);
      const { taskId, name: task, queue, attempt, reason } = run;
      logger.warn({ taskId, task, queue, attempt, reason }, 'task is run again');
    },
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
