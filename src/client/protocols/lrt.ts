import type { TaskError, TaskEvent } from '../../contract/index.ts';
import { openEventStream } from '../eventStream.ts';
import { request } from '../request.ts';
import type { SystemClient, TaskHandlers } from '../SystemClient.ts';
import { safely } from '../safely.ts';
import type { Connection } from '../send.ts';
import { isEventType, parse, taskEvent, taskPage, taskSnapshot } from '../shapes.ts';
import { TaskClientError } from '../TaskClientError.ts';

export interface TaskClientOptions extends Connection {
  /** Address of the task server, '/api' or 'https://tasks.example.com'; '/tasks' follows it. */
  baseUrl: string;
}

/** What a snapshot and a terminal event have in common. */
interface Outcome {
  seq: number;
  result?: unknown;
  error?: TaskError;
}

/**
 * A SystemClient for a task server that speaks the default protocol: REST and server-sent events. Every method
 * rejects with a TaskClientError; a busy server (429, 503) is not waited for: 'rate-limited', `retryAfterSeconds`.
 */
export function createTaskClient({ baseUrl, ...connection }: TaskClientOptions): Required<SystemClient> {
  const tasks = `${baseUrl.replace(/\/+$/, '')}/tasks`;
  // '', '.' and '..' would lead elsewhere; there is no such task.
  const urlOf = (taskId: string | number, rest = '') =>
    `${tasks}/${encodeURIComponent(taskId).replace(/^\.*$/, '-')}${rest}`;
  const callTask = (method: string, taskId: string | number, rest?: string) =>
    request(connection, taskSnapshot, method, urlOf(taskId, rest));

  return {
    enqueueTask(name, params, options) {
      // Not randomUUID: it is missing where the page is not served over https.
      const idempotencyKey = options?.idempotencyKey ?? `${Date.now()}-${Math.random()}`;
      const body = { ...options, idempotencyKey, name, params };
      // With the key it is safe to ask again where nobody knows whether it arrived.
      return request(connection, taskSnapshot, 'POST', tasks, body, true);
    },

    streamTaskProgress(taskId, given) {
      let handlers: TaskHandlers = given;
      let seen = -1;
      let done = false;
      const fail = (error: TaskError) => {
        done = true;
        safely(() => handlers.onFailure?.(error));
      };

      const receive = (event: TaskEvent) => {
        const { type, seq } = event;
        const task = type === 'snapshot' && event.task;
        const features = (task || type === 'features') && event.features;
        const status = task ? task.status : type;
        const { result, error }: Outcome = task || event;
        // The terminal event counts whatever its number: were it dropped, the task would never end.
        done = ['succeeded', 'failed', 'cancelled'].includes(status);
        if (seq <= seen && !done) return;
        seen = seq;
        if (task) {
          safely(() => handlers.onSnapshot?.(task, event));
          safely(() => handlers.onProgress?.({ ...task.progress, status: task.status }));
        }
        if (type === 'progress')
          safely(() => handlers.onProgress?.({ ...event.progress, status: 'running' }));
        if (features) safely(() => handlers.onFeatures?.(features, { replace: type === 'snapshot' }));
        if (type === 'log') safely(() => handlers.onLog?.(event));
        if (status === 'succeeded') safely(() => handlers.onSuccess?.(result));
        else if (status === 'cancelled' && handlers.onCancelled) safely(() => handlers.onCancelled?.());
        else if (done) fail(error ?? { code: status, message: status });
      };

      const stream = openEventStream(urlOf(taskId, '/events'), {
        ...connection,
        cursorParam: 'after',
        isTerminal: () => done,
        onError: fail,
        onConnection(state) {
          safely(() => handlers.onConnection?.(state));
          if (state.state === 'closed') safely(() => handlers.onEnd?.());
        },
        onEvent({ event: name, data }) {
          // A name we do not know is one that came later than this client.
          if (!isEventType(name)) return;
          try {
            receive(parse(taskEvent, data));
          } catch (error) {
            if (error instanceof TaskClientError) fail(error);
          }
        },
      });

      return {
        close() {
          handlers = {};
          stream.close();
        },
      };
    },

    async cancelTask(taskId) {
      await callTask('DELETE', taskId);
    },
    getTask: (taskId) => callTask('GET', taskId),
    retryTask: (taskId) => callTask('POST', taskId, '/retry'),
    listTasks: (query = {}) =>
      // By way of JSON, which leaves out what is undefined.
      request(
        connection,
        taskPage,
        'GET',
        `${tasks}?${new URLSearchParams(JSON.parse(JSON.stringify(query)))}`,
      ),
  };
}
