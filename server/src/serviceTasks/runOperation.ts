import { pause } from '../../../backend/common/pause.ts';
import { isTaskRefusal, TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { TaskContext } from '../../../backend/tasks/defineTask.ts';
import {
  type ControlClient,
  createControlClient,
} from '../../../src/client/protocols/control/createControlClient.ts';
import { retryPauses } from '../../../src/client/retryPauses.ts';
import { isTaskClientError } from '../../../src/client/TaskClientError.ts';
import type { TaskError } from '../../../src/contract/index.ts';
import { hostRefusalOf } from '../outgoing/HostRefusal.ts';
import { hostNotAllowed } from './hostNotAllowed.ts';
import { readFeatures } from './readFeatures.ts';

/** An operation that a service is asked for. */
export interface Operation {
  /** The service's name at this server, for people. */
  service: string;
  /** '/control' follows it. */
  url: string;
  operation: string;
  /** True: the service is asked to stop when the task is cancelled. One that knows no such call answers that, and nothing changes. */
  canCancel: boolean;
  /** Calls allowed hosts only, see allowedFetch. */
  fetch: typeof fetch;
}

/** A service that does not answer when the work is to begin is tried again for so long. */
const BEGIN_MS = 120_000;
/** A service that gave no answer of its own for so long while it worked is given up. */
const SILENT_MS = 600_000;
/** A service that keeps forgetting the work is asked to begin it so often. */
const MOST_BEGINNINGS = 20;

/**
 * Runs an operation of a service to its end, and resolves with its output. GeoJSON of it is drawn. The work has the task's id at the
 * service: so a further attempt, after the death of its worker, finds what was begun. A service that has forgotten it, because it
 * was started again, is asked for the same id once more.
 */
export async function runOperation(
  operation: Operation,
  params: Record<string, unknown>,
  context: TaskContext,
): Promise<unknown> {
  const { service, url, fetch, operation: name, canCancel } = operation;
  const client = createControlClient({ baseUrl: url, fetch, canCancel, workflowId: workflowIdOf(service) });
  try {
    for (let beginning = 1; ; beginning++) {
      try {
        const id = await begin(client, operation, params, context);
        const output = await follow(client, id, context, operation);
        const features = readFeatures(output, name);
        if (features.length > 0) await context.progress({ features });
        return output;
      } catch (error) {
        if (!isForgotten(error) || beginning === MOST_BEGINNINGS) throw error;
        context.log('warning', 'The service no longer knows the task; it is asked to begin it again');
      }
    }
  } catch (error) {
    throw isTaskRefusal(error) ? error : refusalOf(error, operation);
  }
}

/** Starts the work, or finds that of an attempt before. Resolves with its id at the service. */
async function begin(
  client: ControlClient,
  { operation, service }: Operation,
  params: Record<string, unknown>,
  { taskId, attempt, signal, log }: TaskContext,
): Promise<string> {
  const started = Date.now();
  const nextPause = retryPauses();
  for (;;) {
    const asked = Date.now();
    try {
      for (let earlier = attempt - 1; earlier >= 1; earlier--) {
        const id = idOf(taskId, earlier);
        const task = await client.getTask(id, { signal }).catch((error: unknown) => {
          if (isForgotten(error)) return undefined;
          throw error;
        });
        if (!task || task.status === 'failed' || task.status === 'cancelled') continue;
        log('info', 'The service has gone on with the work of an earlier attempt');
        return id;
      }
      const task = await client.enqueueTask(operation, params, {
        idempotencyKey: idOf(taskId, attempt),
        signal,
      });
      return `${task.id}`;
    } catch (error) {
      signal.throwIfAborted();
      if (!isOutage(error) || Date.now() - started > BEGIN_MS) throw error;
      const floor = isTaskClientError(error) ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
      const [milliseconds, count] = nextPause(asked, false, false, floor);
      if (count === 1) log('warning', `Service "${service}" does not answer yet: ${wordsOf(error)}`);
      await pause(Math.min(milliseconds, BEGIN_MS), signal);
    }
  }
}

/** Services take letters, digits and few signs there. The name of a container may have others. */
const workflowIdOf = (service: string) => service.replace(/[^A-Za-z0-9.:~@+_-]/g, '-').slice(0, 90);

const idOf = (taskId: string, attempt: number) => (attempt === 1 ? taskId : `${taskId}.${attempt}`);

function follow(
  client: ControlClient,
  id: string,
  { signal, progress, log }: TaskContext,
  { service, canCancel }: Operation,
): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    let last = Promise.resolve();
    let silence: ReturnType<typeof setTimeout> | undefined;
    let reason = '';
    const end = () => {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
    };
    const stop = () => {
      end();
      stream.close();
      const cancelled = canCancel ? client.cancelTask?.(id) : undefined;
      // The service's answer changes nothing: the task has ended here.
      cancelled?.catch(() => {});
      reject(signal.aborted ? signal.reason : unavailable(service, reason));
    };
    const stream = client.streamTaskProgress(id, {
      onProgress({ percent, message, status }) {
        if (status === 'running') last = last.then(() => progress({ percent, message })).catch(() => {});
      },
      onConnection(connection) {
        if (connection.state === 'reconnecting') {
          reason = connection.reason;
          if (connection.attempt === 1) log('warning', `The service does not answer: ${reason}`);
          silence ??= setTimeout(stop, SILENT_MS);
        } else {
          clearTimeout(silence);
          silence = undefined;
        }
      },
      onSuccess: (output) => void last.then(() => resolve(output)),
      onFailure: (error) => void last.then(() => reject(new TaskRefusal(error))),
      onEnd: end,
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function unavailable(service: string, reason: string): TaskRefusal {
  return new TaskRefusal({
    code: 'service-unavailable',
    message: `Service "${service}" does not answer as a service does: ${reason}`,
    details: { service },
  });
}

/** The service does not answer, or its answer is not its own: trying again may help. */
function isOutage(error: unknown): boolean {
  if (!isTaskClientError(error) || hostRefusalOf(error)) return false;
  return ['network', 'invalid-response', 'unavailable', 'rate-limited', 'internal'].includes(error.code);
}

function isForgotten(error: unknown): boolean {
  const code = isTaskRefusal(error) ? error.error.code : isTaskClientError(error) ? error.code : undefined;
  return code === 'task-not-found';
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The caller can mend what the service refuses. Nobody can mend an answer that did not come: the engine may try again. */
function refusalOf(error: unknown, { service }: Operation): unknown {
  const host = hostRefusalOf(error);
  if (host) return hostNotAllowed(service, host.message);
  if (!isTaskClientError(error)) return error;
  const { code, message, parameters, details } = error;
  if (isOutage(error)) return unavailable(service, message);
  const refusal: TaskError = {
    code,
    message,
    ...(parameters && { parameters }),
    ...(details && { details }),
  };
  return new TaskRefusal(refusal);
}
