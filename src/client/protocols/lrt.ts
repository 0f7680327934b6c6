import type { GeoFeature, TaskError, TaskEvent } from '../../contract.ts';
import { type Callable, type Calls, call } from '../call.ts';
import { openEventStream } from '../eventStream.ts';
import { request } from '../request.ts';
import type { SystemClient, TaskHandlers } from '../SystemClient.ts';
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
  status?: string;
  result?: unknown;
  error?: TaskError;
}

/**
 * A SystemClient for a task server that speaks the default protocol: REST and server-sent events. Every method
 * rejects with a TaskClientError; a busy server (429, 503) is not waited for: 'rate-limited', `retryAfterSeconds`.
 */
export function createTaskClient({ baseUrl, ...connection }: TaskClientOptions): Required<SystemClient> {
  const tasks = `${baseUrl.replace(/\/+$/, '')}/tasks`;
  const urlOf = (taskId: string | number, rest = '') => `${tasks}/${encodeURIComponent(taskId)}${rest}`;
  const callTask = (method: string, taskId: string | number, rest?: string) =>
    request(connection, taskSnapshot, method, urlOf(taskId, rest));

  return {
    enqueueTask(name, params, options) {
      // Not randomUUID: it is missing where the page is not served over https.
      const body = { idempotencyKey: `${Date.now()}-${Math.random()}`, ...options, name, params };
      // With the key it is safe to ask again where nobody knows whether it arrived.
      return request(connection, taskSnapshot, 'POST', tasks, body, 1);
    },

    streamTaskProgress(taskId, given) {
      let handlers: Callable<Calls<TaskHandlers>> = given;
      let seen = -1;
      let attempt = 0;
      let done = false;
      const fail = (error: TaskError) => {
        done = true;
        call(handlers, 'onFailure', error);
      };

      const receive = (event: TaskEvent) => {
        const { type, seq, at } = event;
        const { features }: { seq: number; features?: GeoFeature[] } = event;
        const task = type === 'snapshot' && event.task;
        const { status = type, result, error }: Outcome = task || event;
        // The terminal event counts whatever its number: were it dropped, the task would never end.
        done = ['succeeded', 'failed', 'cancelled'].includes(status);
        if (seq <= seen && !done) return;
        seen = seq;
        if (attempt && event.attempt > attempt) call(handlers, 'onFeatures', [], { replace: true });
        attempt = event.attempt;
        if (task) {
          call(handlers, 'onSnapshot', task, { at });
          call(handlers, 'onProgress', { ...task.progress, status: task.status });
        }
        if (type === 'progress') call(handlers, 'onProgress', { ...event.progress, status: 'running' });
        if (type === 'log') call(handlers, 'onLog', event);
        if (features) call(handlers, 'onFeatures', features, { replace: type === 'snapshot' });
        if (status === 'succeeded') call(handlers, 'onSuccess', result);
        else if (status === 'cancelled' && handlers.onCancelled) call(handlers, 'onCancelled');
        else if (done) call(handlers, 'onFailure', error ?? { code: status, message: status });
      };

      const stream = openEventStream(urlOf(taskId, '/events'), {
        ...connection,
        cursorParam: 'after',
        isTerminal: () => done,
        onError: fail,
        onConnection(state) {
          call(handlers, 'onConnection', state);
          if (state.state === 'closed') call(handlers, 'onEnd');
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
