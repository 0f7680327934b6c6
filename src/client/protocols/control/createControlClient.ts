import { isRecord, isTerminal, type TaskSnapshot } from '../../../contract/index.ts';
import { followTask } from '../../followTask.ts';
import type { Connection } from '../../http.ts';
import { KnownTasks } from '../../known/KnownTasks.ts';
import { pageOf } from '../../known/listPage.ts';
import { reportTask } from '../../known/reportTask.ts';
import { stateWords } from '../../known/snapshotOf.ts';
import { watchKnownTasks } from '../../known/watchKnownTasks.ts';
import type { CallOptions, SystemClient } from '../../SystemClient.ts';
import { isTaskClientError, TaskClientError } from '../../TaskClientError.ts';
import { ControlSession } from './ControlSession.ts';
import { controlFetch } from './controlFetch.ts';
import { readOutput, readStatus, readTaskId } from './readAnswer.ts';

export interface ControlClientOptions extends Connection {
  /** Address of the service, 'http://localhost:8080'; '/control' follows it. */
  baseUrl: string;
  /** Sent with each task: tasks of different workflows may have the same id. Default 'client'. */
  workflowId?: string | undefined;
  /** The longest pause in seconds between two questions for a task; default 10. A service may ask for a shorter one. */
  mostPollSeconds?: number | undefined;
  /**
   * True where the service offers `POST /control/cancel/ID`, which services of `lrt-server` do and those of the template do not.
   * Default false: then the client has no `cancelTask`, and the dialog shows no button for it.
   */
  canCancel?: boolean | undefined;
}

/** A client of one service. It lists the tasks that it has started or was asked for: the protocol has no list. */
export type ControlClient = SystemClient &
  Required<Pick<SystemClient, 'getTask' | 'listTasks' | 'watchTasks' | 'retryTask' | 'clearTask'>> & {
    /** Resolves with the task's output, once it is complete. See `TaskClient.waitFor`. */
    waitFor(taskId: string | number, options?: CallOptions): Promise<unknown>;
  };

/**
 * A client for any service of the concurrent service template, ours or one in Python: it executes an operation, polls its status,
 * and reads its output. A parameter `inputs` that is a list holds the references that the operation works on. docs/control.md
 * says more.
 *
 * The questions come closer together towards the end that the progress foretells. Progress never goes back. A connection that
 * fails, and an answer that is not the service's own, change nothing: the client asks again. A service that has forgotten the task
 * ends it with 'task-not-found', after twelve answers in a row that say so. `retryTask` starts what this client has started once
 * more, and `clearTask` takes a task from this client's list: the service hears nothing of it.
 *
 * @example
 * const system = createControlClient({ baseUrl: 'http://localhost:8080' });
 * const { id } = await system.enqueueTask('LongProcess', { area: 'North' });
 * const output = await system.waitFor(id);
 */
export function createControlClient(
  options: ControlClientOptions & { canCancel: true },
): ControlClient & Required<Pick<SystemClient, 'cancelTask'>>;
export function createControlClient(options: ControlClientOptions): ControlClient;
export function createControlClient(options: ControlClientOptions): ControlClient {
  const { baseUrl, workflowId = 'client', mostPollSeconds = 10, canCancel, ...connection } = options;
  const known = new KnownTasks({ owner: 'me', words: stateWords(), defaultName: 'task' });
  const session = new ControlSession({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    connection: { ...connection, fetch: controlFetch(connection.fetch) },
    known,
    mostPollSeconds,
  });

  /** Ids of tasks that the user took from the list. The service may still know them. */
  const cleared = new Set<string>();

  const client: ControlClient = {
    async enqueueTask(name, params, { idempotencyKey, tags = [], signal } = {}) {
      const own = idOf(idempotencyKey ?? newId());
      const given: Record<string, unknown> = { ...params };
      const { inputs, ...parameters } = given;
      const body = {
        method: name,
        workflow_id: workflowId,
        task_id: own,
        ...(Array.isArray(inputs) ? { inputs, parameters } : { inputs: [], parameters: given }),
      };
      const call = { body, ...(signal && { signal }) };
      const answer = await session.call('POST', 'execute', call).catch(async (error) => {
        // The service may have begun the task although its answer was lost.
        if (!isTaskClientError(error) || error.code !== 'network') throw error;
        await session.readTask(own, signal && { signal }).catch(() => {
          throw error;
        });
        return undefined;
      });
      const id = readTaskId(answer, own);
      known.remember(id, { name, params: given, tags });
      if (answer === undefined) return { id };
      const url = session.urlOf('execute');
      const status = readStatus(answer, url);
      if (status.status === 'failed' && readTaskId(answer, '') === '') {
        throw new TaskClientError({
          code: 'failed',
          message: status.error ?? 'The service refused the task',
        });
      }
      const hasOutput = isRecord(answer) && answer.output !== undefined;
      await session.take(id, status, async () =>
        hasOutput ? readOutput(answer, url) : session.readOutput(id, signal && { signal }),
      );
      return { id };
    },

    streamTaskProgress: (taskId, handlers) =>
      followTask(handlers, (receiver) => {
        const id = `${taskId}`;
        const report = reportTask(receiver);
        const show = (task: TaskSnapshot | undefined) => task && report(task);
        const unfollow = known.follow(id, show);
        const task = known.get(id);
        const isOver = task && isTerminal(task.status);
        const release = isOver
          ? () => {}
          : session.use(id, { onConnection: receiver.connection, onRefused: receiver.refused });
        show(task);
        return {
          close() {
            unfollow();
            release();
          },
        };
      }),

    watchTasks: (filter, handlers, { after } = {}) =>
      watchKnownTasks(known, session, filter, handlers, after),

    async getTask(taskId, call) {
      const id = `${taskId}`;
      if (cleared.has(id)) throw notFound(id);
      return session.readTask(id, call);
    },

    async listTasks(query = {}) {
      return { ...pageOf(known.all(), query), watchCursor: known.cursor };
    },

    async retryTask(taskId, { signal, idempotencyKey, items } = {}) {
      const id = `${taskId}`;
      const { status } = known.get(id) ?? (await client.getTask(id, { ...(signal && { signal }) }));
      if (!isTerminal(status)) throw notRetryable(id, `it is still ${status}`);
      const facts = known.factsOf(id);
      if (!facts) throw notRetryable(id, 'another client started it, and the service does not say with what');
      if (items) throw notRetryable(id, 'a service does not report items');
      const call = { tags: facts.tags, ...(idempotencyKey && { idempotencyKey }), ...(signal && { signal }) };
      const again = await client.enqueueTask(facts.name, facts.params, call);
      known.remember(`${again.id}`, { ...facts, retryOf: id });
      return again;
    },

    async clearTask(taskId) {
      const id = `${taskId}`;
      const task = known.get(id);
      if (task && !isTerminal(task.status)) {
        const message = `Task "${id}" cannot be cleared: it is still ${task.status}`;
        throw new TaskClientError({ code: 'not-finished', message });
      }
      cleared.add(id);
      const [oldest] = cleared;
      if (cleared.size > MAX_CLEARED && oldest !== undefined) cleared.delete(oldest);
      known.drop(id);
    },

    waitFor: (...call) => import('../../waitFor.ts').then(({ waitFor }) => waitFor(client, ...call)),
  };

  if (canCancel) {
    client.cancelTask = async (taskId, call) => {
      await session.call('POST', `cancel/${encodeURIComponent(taskId)}`, { ...call, body: {} });
    };
  }
  return client;
}

const MAX_ID = 200;
const MAX_CLEARED = 1_000;

const notFound = (id: string) =>
  new TaskClientError({ code: 'task-not-found', message: `There is no task "${id}"`, status: 404 });

const notRetryable = (id: string, why: string) =>
  new TaskClientError({ code: 'not-retryable', message: `Task "${id}" cannot be run again: ${why}` });

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** Ids stand in paths, and a framework may refuse a slash in one even where it is escaped. Different keys give different ids. */
function idOf(key: string): string {
  const id = encodeURIComponent(key.replaceAll('~', '%7E')).replaceAll('%', '~');
  if (id.length <= MAX_ID) return id;
  // Cut short, two keys could become one id, and the second task would have the outcome of the first.
  const message = `idempotencyKey must have at most ${MAX_ID} characters as the id of a task in a path`;
  throw new TaskClientError({ code: 'invalid-request', message });
}
