import type { RetryRequest } from '../../../contract/index.ts';
import { openEventStream, type StreamEvent } from '../../eventStream.ts';
import { followTask } from '../../followTask.ts';
import { type Connection, callJson } from '../../http.ts';
import type { CallOptions, EnqueueOptions, SystemClient } from '../../SystemClient.ts';
import { taskPage, taskSnapshot } from '../../shapes.ts';
import type { AnyTasks, TaskClient, TaskType } from '../../TaskClient.ts';
import { readEvent } from './eventShapes.ts';
import type * as MoreCalls from './moreCalls.ts';

/** A stream that has brought no event for so long may be held back on its way. */
const SILENT_MS = 10_000;
/** Code that has not loaded by then is not waited for. */
const LATE_MS = 3_000;

export interface TaskClientOptions extends Connection {
  /** Address of the task server, '/api' or 'https://tasks.example.com'; '/tasks' follows it. */
  baseUrl: string;
  /**
   * Names the user, or the session, for the tabs of this origin: tabs with the same name follow tasks through one stream.
   * False: each page has a stream of its own. Default: tabs that are known to belong to the same user share one. That is
   * so without `token`, `headers` and `fetch` (cookies belong to the origin), and where the token is a JWT (its `iss` and
   * `sub` name the user).
   */
  shareTabs?: string | false | undefined;
}

/**
 * A client for a task server with the LRT protocol: REST and server-sent events. Every method rejects with a
 * TaskClientError. The client does not wait for a busy server (429, 503): the error has the code 'rate-limited' and
 * `retryAfterSeconds`.
 *
 * @example
 * const system = createTaskClient({ baseUrl: '/api', token: ({ refresh }) => session.token({ refresh }) });
 * const { id } = await system.enqueueTask('label_poles', { design: 'design/North' });
 * system.streamTaskProgress(id, { onSuccess: (result) => console.log(result) });
 */
export function createTaskClient<Tasks extends Record<keyof Tasks, TaskType> = AnyTasks>(
  options: TaskClientOptions,
): TaskClient<Tasks>;
export function createTaskClient({ baseUrl, shareTabs, ...connection }: TaskClientOptions): UntypedClient {
  const tasks = `${baseUrl.replace(/\/+$/, '')}/tasks`;
  // '', '.' and '..' would lead to another path. No task has such an id.
  const urlOf = (taskId: string | number, rest = '') =>
    `${tasks}/${encodeURIComponent(taskId).replace(/^\.*$/, '-')}${rest}`;
  const callTask = (method: string, taskId: string | number, options?: CallOptions) =>
    callJson(connection, taskSnapshot, method, urlOf(taskId), options);
  /** Starts a task. The key makes a second attempt safe where the first one may have arrived. */
  const start = (
    url: string,
    // The key is not made by randomUUID: that is missing where the page is not served over https.
    {
      signal,
      idempotencyKey = `${Math.random()}${Math.random()}`,
      ...body
    }: EnqueueOptions & RetryRequest = {},
    more?: object,
  ) =>
    callJson(connection, taskSnapshot, 'POST', url, {
      body: { ...body, idempotencyKey, ...more },
      signal,
      again: true,
    });

  /** Calls that few pages need load on demand. */
  const lazily =
    <Call extends unknown[], Result>(
      choose: (calls: ReturnType<typeof MoreCalls.moreCalls>) => (...call: Call) => Promise<Result>,
    ) =>
    (...call: Call) =>
      import('./moreCalls.ts').then((more) => choose(more.moreCalls(connection, urlOf, client))(...call));

  const client: UntypedClient = {
    enqueueTask: (name, params, options) => start(tasks, options, { name, params }),

    streamTaskProgress: (taskId, handlers) =>
      followTask(handlers, (receiver) => {
        const id = `${taskId}`;
        const url = urlOf(id);
        const lifetime = new AbortController();
        const options = { ...connection, signal: lifetime.signal, cursorParam: 'after' };
        let timer: ReturnType<typeof setTimeout> | undefined;

        const open = (lastEventId?: string) => {
          const stream = openEventStream(`${url}/events`, {
            ...options,
            lastEventId,
            onError: receiver.refused,
            onConnection(state) {
              clearTimeout(timer);
              if (!('retryAt' in state)) timer = setTimeout(takeCare, SILENT_MS);
              // An event larger than the stream takes would come again and again.
              else if (/max buf/.test(state.reason)) takeCare();
              receiver.connection(state);
            },
            onEvent(event) {
              // Most events find no timer, and a call for each of them would cost as much as reading it.
              timer &&= void clearTimeout(timer);
              try {
                readEvent(event, id, receiver);
              } catch {
                // Events that come before the code for this one are sent again.
                stream.close();
                takeCare(event);
              }
            },
          });

          /** Strange servers and bad connections are rare. The code that follows a task there loads on demand. */
          const takeCare = (strange?: StreamEvent) => {
            import('./followCarefully.ts').then(
              ({ followCarefully }) => {
                stream.close();
                followCarefully(url, options, id, receiver, stream.lastEventId, strange);
              },
              // The code did not load. A stream that was closed begins again.
              () => {
                if (strange) timer = setTimeout(open, SILENT_MS, stream.lastEventId);
              },
            );
          };
        };
        // In a page all tasks share one stream, and so do all tabs. Without that code each task has a stream of its own.
        if (globalThis.document) {
          Promise.race([
            import('./shared/followShared.ts'),
            new Promise<undefined>((late) => {
              timer = setTimeout(() => late(undefined), LATE_MS);
            }),
          ]).then(
            (shared) => {
              if (shared)
                shared.followShared({
                  tasksUrl: tasks,
                  url,
                  taskId: id,
                  connection,
                  options,
                  receiver,
                  shareTabs,
                  open,
                });
              else open();
            },
            () => open(),
          );
        } else open();
        return {
          close() {
            clearTimeout(timer);
            lifetime.abort();
          },
        };
      }),

    async cancelTask(taskId, options) {
      await callTask('DELETE', taskId, options);
    },
    getTask: (taskId, options) => callTask('GET', taskId, options),
    retryTask: (taskId, options) => start(urlOf(taskId, '/retry'), options),
    listTasks: (query = {}, options) =>
      // JSON leaves out the fields that are undefined.
      callJson(
        connection,
        taskPage,
        'GET',
        `${tasks}?${new URLSearchParams(JSON.parse(JSON.stringify(query)))}`,
        options,
      ),
    watchTasks(filter, handlers, { after } = {}) {
      const lifetime = new AbortController();
      const { signal } = lifetime;
      import('./shared/followShared.ts').then(
        ({ watchShared }) =>
          watchShared({ tasksUrl: tasks, connection, shareTabs, filter, after, handlers, signal }),
        (cause) => signal.aborted || handlers.onError?.({ code: 'network', message: `${cause}` }),
      );
      return { close: () => lifetime.abort() };
    },
    previewTask: lazily((calls) => calls.previewTask),
    exportTask: lazily((calls) => calls.exportTask),
    listItems: lazily((calls) => calls.listItems),
    listLog: lazily((calls) => calls.listLog),
    clearTask: lazily((calls) => calls.clearTask),
    countTasks: lazily((calls) => calls.countTasks),
    waitingTasks: lazily((calls) => calls.waitingTasks),
    bulkTasks: lazily((calls) => calls.bulkTasks),
    waitFor: lazily((calls) => calls.waitFor),
  };
  return client;
}

/** The client as it is at run time. */
type UntypedClient = Required<SystemClient> & {
  waitFor(taskId: string | number, options?: CallOptions): Promise<unknown>;
};
