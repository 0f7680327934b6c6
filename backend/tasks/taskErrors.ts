import type { TaskError } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import { isTaskRefusal, TaskRefusal } from '../common/TaskRefusal.ts';

const MESSAGE_LIMIT = 2_000;

/** Makes the error of a task as its owner sees it, never with a stack trace. */
export function toTaskError(thrown: unknown): TaskError {
  if (isTaskRefusal(thrown)) {
    return { ...thrown.error, message: boundText(thrown.error.message, MESSAGE_LIMIT) };
  }
  if (thrown instanceof Error) {
    const name = thrown.name === 'Error' ? '' : `${thrown.name}: `;
    return {
      code: 'exception',
      message: boundText(`${name}${thrown.message || 'no message'}`, MESSAGE_LIMIT),
    };
  }
  return { code: 'exception', message: boundText(`The task threw ${describe(thrown)}`, MESSAGE_LIMIT) };
}

function describe(thrown: unknown): string {
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return `a ${typeof thrown} that cannot be shown`;
  }
}

export const refusals = {
  unknownTask: (name: string, known: string[]) =>
    new TaskRefusal({
      code: 'unknown-task',
      message: `There is no task "${boundText(name, 100)}". Known: ${known.join(', ') || 'none'}`,
      details: { known },
    }),
  forbidden: (name: string, permission: string) =>
    new TaskRefusal({
      code: 'forbidden',
      message: `Starting "${name}" takes the permission "${permission}", which you do not have; ask an administrator for it`,
      details: { permission },
    }),
  adminOnly: () =>
    new TaskRefusal({
      code: 'forbidden',
      message:
        'Only an administrator may say that a design changed; ask one, or let the application use its own credentials',
    }),
  taskNotFound: (ids: string[]) =>
    new TaskRefusal({
      code: 'task-not-found',
      message: `There is no task with id ${ids.map((id) => `"${boundText(id, 100)}"`).join(', ')}; it may have been removed some time after it ended`,
      details: { taskIds: ids.map((id) => boundText(id, 100)) },
    }),
  alreadyFinished: (id: string, status: string) =>
    new TaskRefusal({
      code: 'already-finished',
      message: `Task "${id}" has already ended (${status}) and cannot be cancelled`,
      details: { status },
    }),
  notFinished: (id: string, status: string) =>
    new TaskRefusal({
      code: 'not-finished',
      message: `Task "${id}" is still ${status}; cancel it first, and clear it once it has ended`,
      details: { status },
    }),
  cleared: (taskId: string) =>
    new TaskRefusal({
      code: 'idempotency-conflict',
      message: `The idempotency key was used for task "${taskId}", which has ended and was cleared; use a new key to run it again`,
      details: { taskId },
    }),
  beingCommitted: (id: string) =>
    new TaskRefusal({
      code: 'unavailable',
      message: `A worker commits the result of task "${id}" at this moment and has not finished; cancel it again in a few seconds`,
      details: { retryAfterSeconds: 5 },
    }),
  notRetryable: (id: string, status: string) =>
    new TaskRefusal({
      code: 'not-retryable',
      message: `Task "${id}" is still ${status}; it can be run again once it has ended`,
      details: { status },
    }),
  idempotencyConflict: (taskId: string) =>
    new TaskRefusal({
      code: 'idempotency-conflict',
      message: `The idempotency key was already used for task "${taskId}" with another name or other params; use a new key`,
      details: { taskId },
    }),
  tooManyWaiting: () =>
    new TaskRefusal({
      code: 'rate-limited',
      message: 'Too many tasks are waiting already; try again when some of them have run',
    }),
  noPreview: (name: string) =>
    new TaskRefusal({
      code: 'no-preview',
      message: `"${name}" cannot say beforehand what it would do; start it, and cancel it where it does the wrong thing`,
    }),
  tooManyPreviews: () =>
    new TaskRefusal({
      code: 'rate-limited',
      message: 'Too many previews are being made; wait for the last one, or try again in a few seconds',
      details: { retryAfterSeconds: 2 },
    }),
  previewTimeout: (name: string, seconds: number) =>
    new TaskRefusal({
      code: 'timeout',
      message: `The preview of "${name}" took longer than the ${seconds} s it may take; ask for less at once, or start the task without it`,
      details: { timeoutSeconds: seconds },
    }),
  closed: () =>
    new TaskRefusal({ code: 'unavailable', message: 'The task server is shutting down; try again later' }),
};
