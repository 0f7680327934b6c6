import { z } from 'zod';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { defineTask, type TaskContext, type TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import {
  type ControlClient,
  createControlClient,
} from '../../../src/client/protocols/control/createControlClient.ts';
import { isTaskClientError } from '../../../src/client/TaskClientError.ts';
import type { TaskError } from '../../../src/contract/index.ts';
import { readFeatures } from './readFeatures.ts';

/** An operation of a service, as its tasks need it. */
export interface ServiceOperation {
  name: string;
  /** True where the service offers to cancel it. */
  canCancel: boolean;
  /** Default 3,600. */
  timeoutSeconds?: number;
}

export interface ServiceTaskOptions {
  /** The service's name at this server: 'grid' for tasks 'grid:Simulate'. */
  service: string;
  /** '/control' follows it. */
  url: string;
  operations: readonly ServiceOperation[];
  /** Calls allowed hosts only, see allowedFetch. */
  fetch: typeof fetch;
}

const TIMEOUT_SECONDS = 3_600;

/**
 * Makes a task of each operation of a service: so a program in Python, R or any other language is a worker. The task has the
 * service's progress, and its output as result; an output that is GeoJSON is drawn on the map. A task that goes on after the death
 * of its worker finds the work that the service has begun, and does not begin it again.
 *
 * @example
 * serviceTasks({ service: 'grid', url: 'http://127.0.0.1:8080', operations: [{ name: 'Simulate', canCancel: false }], fetch });
 * // one definition, 'grid:Simulate'
 */
export function serviceTasks(options: ServiceTaskOptions): TaskDefinition[] {
  return options.operations.map((operation) => operationTask(options, operation));
}

function operationTask(
  { service, url, fetch }: ServiceTaskOptions,
  operation: ServiceOperation,
): TaskDefinition {
  const { name, canCancel, timeoutSeconds = TIMEOUT_SECONDS } = operation;
  return defineTask({
    name: `${service}:${name}`,
    timeoutSeconds,
    params: z.looseObject({ inputs: z.array(z.record(z.string(), z.unknown())).max(1_000).optional() }),
    async execute(params, context) {
      const client = createControlClient({ baseUrl: url, fetch, canCancel, workflowId: service });
      const id = await begin(client, name, params, context);
      const output = await follow(client, id, context, canCancel);
      const features = readFeatures(output, name);
      if (features.length > 0) await context.progress({ features });
      return output;
    },
  });
}

/** Starts the work, or finds that of an attempt before. Resolves with its id at the service. */
async function begin(
  client: ControlClient,
  operation: string,
  params: Record<string, unknown>,
  { taskId, attempt, signal, log }: TaskContext,
): Promise<string> {
  for (let earlier = attempt - 1; earlier >= 1; earlier--) {
    const id = idOf(taskId, earlier);
    const task = await client.getTask(id, { signal }).catch((error: unknown) => {
      if (isTaskClientError(error) && error.code === 'task-not-found') return undefined;
      throw error;
    });
    if (!task || task.status === 'failed' || task.status === 'cancelled') continue;
    log('info', 'The service has gone on with the work of an earlier attempt');
    return id;
  }
  const task = await client
    .enqueueTask(operation, params, { idempotencyKey: idOf(taskId, attempt), signal })
    .catch((error: unknown) => {
      throw refusalOf(error);
    });
  return `${task.id}`;
}

const idOf = (taskId: string, attempt: number) => (attempt === 1 ? taskId : `${taskId}.${attempt}`);

function follow(
  client: ControlClient,
  id: string,
  { signal, progress, log }: TaskContext,
  canCancel: boolean,
) {
  return new Promise<unknown>((resolve, reject) => {
    let last = Promise.resolve();
    const stop = () => {
      stream.close();
      const cancelled = canCancel ? client.cancelTask?.(id) : undefined;
      // The service's answer changes nothing: the task is cancelled here.
      cancelled?.catch(() => {});
      reject(signal.reason);
    };
    const stream = client.streamTaskProgress(id, {
      onProgress({ percent, message, status }) {
        if (status === 'running') last = last.then(() => progress({ percent, message })).catch(() => {});
      },
      onConnection(state) {
        if (state.state === 'reconnecting' && state.attempt === 1)
          log('warning', `The service does not answer: ${state.reason}`);
      },
      onSuccess: (output) => void last.then(() => resolve(output)),
      onFailure: (error) => void last.then(() => reject(new TaskRefusal(error))),
      onEnd: () => signal.removeEventListener('abort', stop),
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** The caller can mend what the service refuses. Nobody can mend an answer that did not come: the engine may try again. */
function refusalOf(error: unknown): unknown {
  if (!isTaskClientError(error) || error.code === 'network' || error.code === 'invalid-response')
    return error;
  const { code, message, parameters, details } = error;
  const refusal: TaskError = {
    code,
    message,
    ...(parameters && { parameters }),
    ...(details && { details }),
  };
  return new TaskRefusal(refusal);
}
