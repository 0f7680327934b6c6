import { followTask } from '../../followTask.ts';
import type { Connection } from '../../http.ts';
import { KnownTasks } from '../../known/KnownTasks.ts';
import { pageOf } from '../../known/listPage.ts';
import { reportTask } from '../../known/reportTask.ts';
import { type StateWords, stateWords, type TaskFacts } from '../../known/snapshotOf.ts';
import type { SourceUser } from '../../known/TaskSource.ts';
import { watchKnownTasks } from '../../known/watchKnownTasks.ts';
import type { CallOptions, SystemClient, TaskRef } from '../../SystemClient.ts';
import { TaskClientError } from '../../TaskClientError.ts';
import type { WebSocketClass } from './prepareSocket.ts';
import { ReflexSession } from './ReflexSession.ts';

/** These calls start tasks, cancel, clear and repeat them. The Reflex protocol itself only shows tasks. */
export type ReflexCommands = Pick<SystemClient, 'enqueueTask' | 'cancelTask' | 'clearTask' | 'retryTask'>;

export interface ReflexClientOptions<Commands extends ReflexCommands = ReflexCommands> extends Connection {
  /** Address of the server, 'http://localhost:8000' or '/api/reflex'; '/tasks' and '/ws/tasks' follow it. */
  baseUrl: string;
  /** The client token, which says which tasks are seen. It is no secret: `token` is the bearer token. */
  clientToken: string;
  /**
   * Starts tasks, where the server offers that by another way: a client of its own protocol, as `createTaskClient` is for
   * our server, or an object of yours. The client has `cancelTask`, `clearTask` and `retryTask` where `commands` has them. Each task is
   * started with the tag 'reflex:CLIENT_TOKEN', by which our server shows it under the client token. Without `commands`
   * `enqueueTask` rejects with 'unavailable'.
   */
  commands?: Commands | undefined;
  /** State words of the server beside those of the template, in any case: `{ Erledigt: 'succeeded' }`. */
  states?: StateWords | undefined;
  /** The name of tasks that the server does not name. Default 'task'. */
  defaultName?: string | undefined;
  /**
   * Seconds without a message after which a call asks if the WebSocket is still alive; default 45. 0 and Infinity: never.
   */
  watchdogSeconds?: number | undefined;
  /** The WebSocket class; default: the global one at the time of each connection. */
  webSocket?: WebSocketClass | undefined;
  /** Hears once of each kind of message that the client could not read. Followers get it as an entry of the log. */
  onWarning?: ((message: string) => void) | undefined;
}

/** A client of a Reflex server. `cancelTask`, `clearTask` and `retryTask` are there where its `commands` have them. */
export type ReflexClient = SystemClient &
  Required<Pick<SystemClient, 'getTask' | 'listTasks' | 'watchTasks'>> & {
    /** Resolves with the task's result, where the server sends one, once it has succeeded. See `TaskClient.waitFor`. */
    waitFor(taskId: string | number, options?: CallOptions): Promise<unknown>;
  };

/**
 * A client for any server with the Reflex task monitoring protocol: REST for the state, WebSockets for changes. It follows
 * tasks in our server, in the template in Python, and in services that grew from it. docs/reflex.md says more.
 *
 * A lost WebSocket is opened again by the rules of the event stream. Where WebSockets do not work, the client polls. Progress
 * never goes back, whatever order states come in. The protocol knows neither params, results nor the code of an error: a
 * task has those that this client started it with, and one that failed has the code 'failed'.
 *
 * @example
 * const system = createReflexClient({ baseUrl: 'http://localhost:8000', clientToken: 'tab-1' });
 * system.watchTasks({ status: 'active' }, { onTask: (task) => console.log(task.id, task.progress), onGone() {} });
 */
export function createReflexClient<Commands extends ReflexCommands = ReflexCommands>(
  options: ReflexClientOptions<Commands>,
): ReflexClient & Pick<Commands, 'cancelTask' | 'clearTask' | 'retryTask'>;
export function createReflexClient(options: ReflexClientOptions): ReflexClient {
  const { baseUrl, clientToken, commands, states, defaultName = 'task' } = options;
  const { webSocket, onWarning, watchdogSeconds = 45, ...connection } = options;
  const tag = `reflex:${clientToken}`;
  const known = new KnownTasks({ owner: clientToken, words: stateWords(states), defaultName });
  const session = new ReflexSession({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    clientToken,
    connection,
    known,
    watchdogSeconds,
    webSocket,
    onWarning,
  });

  const remember = (task: TaskRef, facts: TaskFacts) => {
    known.remember(`${task.id}`, facts);
    return task;
  };

  const client: ReflexClient = {
    async enqueueTask(name, params, call = {}) {
      if (!commands) {
        const message =
          'A Reflex server only shows tasks. Give createReflexClient "commands" that start them';
        throw new TaskClientError({ code: 'unavailable', message });
      }
      const tags = [...(call.tags ?? []), tag];
      const task = await commands.enqueueTask(name, params, { ...call, tags });
      return remember(task, { name, params: { ...params }, tags });
    },

    streamTaskProgress: (taskId, handlers) =>
      followTask(handlers, (receiver) => {
        const id = `${taskId}`;
        const show = reportTask(receiver);
        let sourceId = session.sourceFor(id);
        const user: SourceUser = {
          onConnection: receiver.connection,
          onRefused: receiver.refused,
          onWarning(message) {
            receiver.event({ type: 'log', level: 'warning', message, at: new Date().toISOString() });
          },
          onState() {
            const task = known.get(id);
            if (task) show(task);
            else goAlone();
          },
        };
        let release = session.use(sourceId, user);
        /** The client token may show other tasks only. The task's own source knows if it is there. */
        const goAlone = () => {
          if (sourceId === id) return;
          sourceId = id;
          release();
          release = session.use(id, user);
        };
        const unfollow = known.follow(id, (task) => {
          if (task) show(task);
          else goAlone();
        });
        return {
          close() {
            unfollow();
            release();
          },
        };
      }),

    watchTasks: (filter, handlers, { after } = {}) =>
      watchKnownTasks(known, session, filter, handlers, after),

    getTask: (taskId, call) => session.readTask(`${taskId}`, call),

    async listTasks(query = {}, call) {
      pageOf([], query);
      const tasks = await session.readTasks(call);
      return { ...pageOf(tasks, query), watchCursor: known.cursor };
    },

    waitFor: (...call) => import('../../waitFor.ts').then(({ waitFor }) => waitFor(client, ...call)),
  };

  if (commands?.cancelTask) client.cancelTask = commands.cancelTask.bind(commands);
  if (commands?.clearTask) client.clearTask = commands.clearTask.bind(commands);
  const retryTask = commands?.retryTask?.bind(commands);
  if (retryTask) {
    client.retryTask = async (taskId, call) => {
      const task = await retryTask(taskId, call);
      const facts = known.factsOf(`${taskId}`);
      return facts ? remember(task, { ...facts, retryOf: `${taskId}` }) : task;
    };
  }
  return client;
}
