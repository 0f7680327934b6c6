import {
  isRecord,
  isTerminal,
  type RetryRequest,
  type TaskEvent,
  type TaskSnapshot,
} from '../../../contract/index.ts';
import { openEventStream } from '../../eventStream.ts';
import { followTask } from '../../followTask.ts';
import { type Connection, callJson } from '../../http.ts';
import type { CallOptions, SystemClient } from '../../SystemClient.ts';
import { parse, taskPage, taskSnapshot } from '../../shapes.ts';
import { isEventType, taskEvent } from './eventShapes.ts';

export interface TaskClientOptions extends Connection {
  /** Address of the task server, '/api' or 'https://tasks.example.com'; '/tasks' follows it. */
  baseUrl: string;
}

/**
 * A SystemClient for a task server with the LRT protocol: REST and server-sent events. Every method rejects with a
 * TaskClientError. The client does not wait for a busy server (429, 503): the error has the code 'rate-limited' and
 * `retryAfterSeconds`.
 *
 * @example
 * const system = createTaskClient({ baseUrl: '/api', token: ({ refresh }) => session.token({ refresh }) });
 * const { id } = await system.enqueueTask('label_poles', { design: 'design/North' });
 * system.streamTaskProgress(id, { onSuccess: (result) => console.log(result) });
 */
export function createTaskClient({ baseUrl, ...connection }: TaskClientOptions): Required<SystemClient> {
  const tasks = `${baseUrl.replace(/\/+$/, '')}/tasks`;
  // '', '.' and '..' would lead to another path. No task has such an id.
  const urlOf = (taskId: string | number, rest = '') =>
    `${tasks}/${encodeURIComponent(taskId).replace(/^\.*$/, '-')}${rest}`;
  const callTask = (
    method: string,
    taskId: string | number,
    { signal, ...body }: CallOptions & RetryRequest = {},
    rest?: string,
  ) =>
    callJson(connection, taskSnapshot, method, urlOf(taskId, rest), {
      signal,
      body: body.items && body,
    });

  return {
    enqueueTask(name, params, { signal, ...options } = {}) {
      // Not randomUUID: it is missing where the page is not served over https.
      const idempotencyKey = options.idempotencyKey ?? `${Date.now()}-${Math.random()}`;
      const body = { ...options, idempotencyKey, name, params };
      // The key makes a second attempt safe where the first one may have arrived.
      return callJson(connection, taskSnapshot, 'POST', tasks, { body, signal, again: true });
    },

    streamTaskProgress: (taskId, handlers) =>
      followTask(handlers, (receiver) => {
        const id = `${taskId}`;
        const isOurEvent = (value: unknown): value is TaskEvent => taskEvent(value) && value.taskId === id;
        const isOurEnd = (value: unknown, type: string): value is Pick<TaskSnapshot, 'result'> =>
          isRecord(value) && value.taskId === id && value.type === type;
        const stream = openEventStream(urlOf(taskId, '/events'), {
          ...connection,
          cursorParam: 'after',
          onError: receiver.refused,
          onConnection: receiver.connection,
          onEvent({ event: type, data }) {
            // An event type that this client does not know is newer than the client.
            if (!isEventType(type)) return;
            try {
              receiver.event(parse(isOurEvent, data));
            } catch (error) {
              receiver.skipped(error);
              if (!isTerminal(type)) return;
              try {
                // Its error, if it has one, is what cannot be read.
                const { result } = parse((value) => isOurEnd(value, type), data);
                receiver.end(type, { result });
              } catch {
                // The event does not prove that our task has ended. A connection without a cursor brings its snapshot.
                stream.restart();
              }
            }
          },
        });
        return stream;
      }),

    async cancelTask(taskId, options) {
      await callTask('DELETE', taskId, options);
    },
    getTask: (taskId, options) => callTask('GET', taskId, options),
    retryTask: (taskId, options) => callTask('POST', taskId, options, '/retry'),
    listTasks: (query = {}, options) =>
      // JSON leaves out the fields that are undefined.
      callJson(
        connection,
        taskPage,
        'GET',
        `${tasks}?${new URLSearchParams(JSON.parse(JSON.stringify(query)))}`,
        options,
      ),
  };
}
