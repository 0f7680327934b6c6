import { setTimeout as delay } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Store } from '../../../backend/common/Store.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { NetworkWork } from '../../../backend/network/NetworkStore.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { definitionsByName } from '../../../backend/tasks/definitionsByName.ts';
import type { EventReader } from '../../../backend/tasks/EventReader.ts';
import { itemsToRetry, listed } from '../../../backend/tasks/itemsToRetry.ts';
import { readLazily } from '../../../backend/tasks/LazyEventReader.ts';
import { newTask } from '../../../backend/tasks/newTask.ts';
import { cursorOf, parsePage } from '../../../backend/tasks/parsePage.ts';
import { readParams } from '../../../backend/tasks/readParams.ts';
import { type LoggedState, withLoggedState } from '../../../backend/tasks/rebuildTask.ts';
import { refuseForbidden } from '../../../backend/tasks/refuseForbidden.ts';
import { Subscription } from '../../../backend/tasks/Subscription.ts';
import type {
  Caller,
  EventFilter,
  TaskEngine,
  TaskKind,
  TaskQuery,
} from '../../../backend/tasks/TaskEngine.ts';
import { refusals } from '../../../backend/tasks/taskErrors.ts';
import { cursorsOf, taskKinds } from '../../../backend/tasks/taskKinds.ts';
import { checkParams, validateParams } from '../../../backend/tasks/validateParams.ts';
import {
  type EnqueueRequest,
  isTerminal,
  type RetryRequest,
  type TaskPage,
  type TaskSnapshot,
} from '../../../src/contract/index.ts';
import { currentTraceparent, traced } from '../observe/tracing.ts';
import { encodeEvent } from './logs/eventCodec.ts';
import { LogMirrors } from './logs/LogMirrors.ts';
import { publishEnd } from './publishEnd.ts';
import { snapshotOf, type TaskRow } from './rows/taskRow.ts';
import { type Retention, Sweeper } from './Sweeper.ts';
import { TaskServices, type TaskServicesOptions } from './TaskServices.ts';

/**
 * The worker has this long to publish an end that it committed. Then the engine that reads the task publishes it. Until
 * then the engine looks at the log again at this interval.
 */
const TOLD_WITHIN_MS = 1_000;
const LOOK_AGAIN_MS = 20;

export interface DistributedEngineOptions<Work extends object = NetworkWork> extends TaskServicesOptions {
  definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[];
  /** Asked by definitions' `check`. */
  store: Store<Work>;
  retention?: Retention | undefined;
}

/**
 * Takes tasks in for workers on any machine to run, and follows them. Any number of these may stand side by side, each
 * good for every task.
 */
export class DistributedEngine<Work extends object = NetworkWork> implements TaskEngine {
  readonly #definitions: Map<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #store: Store<Work>;
  readonly #services: TaskServices;
  readonly #subscriber: Redis;
  readonly #mirrors: LogMirrors;
  readonly #sweeper: Sweeper;
  readonly #subscriptions = new Set<Subscription>();
  #closed: Promise<void> | undefined;

  constructor(options: DistributedEngineOptions<Work>) {
    this.#definitions = definitionsByName(options.definitions);
    this.#store = options.store;
    this.#services = new TaskServices(options);
    const { logs, keys, lookup, observer } = this.#services;
    this.#subscriber = this.#services.connect({ patient: true });
    this.#mirrors = new LogMirrors({
      logs,
      keys,
      subscriber: this.#subscriber,
      row: (id) => lookup.find(id),
      observer,
    });
    this.#sweeper = new Sweeper(this.#services, options.pool, options.retention);
  }

  /** BullMQ's queues of the definitions, for anyone who wants to inspect them. */
  queues(): Queue[] {
    return this.#services.dispatcher.queues([...this.#definitions.values()].map(({ queue }) => queue));
  }

  async enqueue(request: EnqueueRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }> {
    return this.#enqueue(request, caller);
  }

  async get(id: string, caller: Caller): Promise<TaskSnapshot | undefined> {
    this.#refuseWhenClosed();
    const live = this.#mirrors.current(id);
    if (live) return isVisible(live, caller) ? live : undefined;
    const row = await this.#visible(id, caller);
    return row && (await this.#snapshots([row]))[0];
  }

  async list(query: TaskQuery, caller: Caller): Promise<TaskPage> {
    this.#refuseWhenClosed();
    const { limit, before } = parsePage(query);
    const { status, name } = query;
    const rows = await this.#services.lookup.list({
      owner: caller.admin ? undefined : caller.owner,
      status,
      name,
      words: query.q?.trim() || undefined,
      before,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      tasks: (await this.#snapshots(page)).map(listed),
      ...(last && rows.length > limit && { nextCursor: cursorOf(Number(last.ordinal)) }),
    };
  }

  async cancel(id: string, caller: Caller): Promise<TaskSnapshot> {
    this.#refuseWhenClosed();
    const { rows, lookup, dispatcher } = this.#services;
    const before = await this.#visible(id, caller);
    if (!before) throw refusals.taskNotFound([id]);
    const row = await rows.cancel(id);
    if (!row) throw refusals.alreadyFinished(id, (await lookup.find(id))?.status ?? before.status);
    if (row.status === 'cancelled') {
      await dispatcher.remove(row);
      return this.#publishEnd(row);
    }
    if (!before.cancel_requested) await this.#passOn(row);
    return (await this.#snapshots([row]))[0] ?? snapshotOf(row);
  }

  async retry(id: string, caller: Caller, request: RetryRequest = {}): Promise<TaskSnapshot> {
    this.#refuseWhenClosed();
    const row = await this.#visible(id, caller);
    if (!row) throw refusals.taskNotFound([id]);
    const { name, params, tags } = row;
    const onlyItems = itemsToRetry(snapshotOf(row), row.only_items ?? undefined, request);
    const { task } = await this.#enqueue({ name, params, tags }, caller, { retryOf: id, onlyItems });
    return task;
  }

  async definitions(caller: Caller): Promise<TaskKind[]> {
    this.#refuseWhenClosed();
    return taskKinds(this.#definitions.values(), caller);
  }

  events(filter: EventFilter, { caller, signal }: { caller: Caller; signal?: AbortSignal }): EventReader {
    return readLazily(async () => {
      this.#refuseWhenClosed();
      const cursors = cursorsOf(filter);
      const ids = Object.keys(cursors);
      await this.#refuseMissing(ids, caller);
      const opened = await this.#openAll(ids);
      const subscription = new Subscription(
        opened.map(({ id, log }) => ({ log, cursor: cursors[id] ?? null })),
        () => {
          this.#subscriptions.delete(subscription);
          for (const { release } of opened) release();
        },
      );
      if (this.#closed) {
        subscription.close();
        throw refusals.closed();
      }
      this.#subscriptions.add(subscription);
      return subscription;
    }, signal);
  }

  /** Ends the streams and lets go of the connections; tasks go on where they run. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    for (const subscription of [...this.#subscriptions]) subscription.close();
    await this.#sweeper.close();
    await this.#mirrors.close();
    this.#subscriber.disconnect();
    await this.#services.close();
  }

  async #enqueue(
    request: EnqueueRequest,
    caller: Caller,
    { retryOf, onlyItems }: { retryOf?: string; onlyItems?: readonly string[] | undefined } = {},
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    this.#refuseWhenClosed();
    const definition = this.#definitions.get(request.name);
    if (!definition) throw refusals.unknownTask(request.name, [...this.#definitions.keys()]);
    refuseForbidden(definition, caller);
    const { params, fingerprint, ignored } = await readParams(definition, request.params);
    const { idempotencyKey } = request;
    const { rows, lookup, observer } = this.#services;
    const [known, parsed] = await Promise.all([
      // A request that the check refuses now may be known by its key: the engine accepted it when it was still valid.
      idempotencyKey === undefined || !definition.check
        ? undefined
        : lookup.withKey(caller.owner, idempotencyKey),
      this.#check(definition, params).catch((error: unknown) => ({ refused: error })),
    ]);
    if (known) return this.#again(known, fingerprint);
    if ('refused' in parsed) throw parsed.refused;
    const task = newTask({ ...request, params, ignored }, definition, caller.owner, retryOf);
    return traced('enqueue', { 'lrt.task.id': task.id, 'lrt.task.name': task.name }, async () => {
      this.#mirrors.expect(task);
      const outcome = await rows.insert({
        task,
        priority: definition.priority,
        fingerprint,
        idempotencyKey,
        exclusiveKey: definition.exclusive?.(parsed.params),
        onlyItems,
        traceparent: currentTraceparent(),
      });
      if (outcome === 'created') {
        observer.enqueued?.({ name: task.name, queue: task.queue });
        return { task, created: true };
      }
      this.#mirrors.forget(task.id);
      const first =
        idempotencyKey === undefined ? undefined : await lookup.withKey(caller.owner, idempotencyKey);
      if (outcome === 'known' && first) return this.#again(first, fingerprint);
      throw refusals.tooManyWaiting();
    });
  }

  async #check(
    definition: TaskDefinition<unknown, unknown, Work>,
    given: Record<string, unknown>,
  ): Promise<{ params: unknown }> {
    const params = await validateParams(definition, given);
    await checkParams(definition, params, this.#store);
    return { params };
  }

  async #again(known: TaskRow, fingerprint: string): Promise<{ task: TaskSnapshot; created: boolean }> {
    if (known.fingerprint !== fingerprint) throw refusals.idempotencyConflict(known.id);
    const [task = snapshotOf(known)] = await this.#snapshots([known]);
    return { task, created: false };
  }

  /**
   * Publishes a cancellation that the row has to followers and to the worker. If either message gets lost, the worker
   * finds the cancellation when it next reads the row.
   */
  async #passOn(row: TaskRow): Promise<void> {
    const { logs, redis, keys, observer } = this.#services;
    const task = snapshotOf(row);
    try {
      await logs.append(task, 0, [
        encodeEvent({ type: 'snapshot', change: { cancelRequested: true } }, task),
      ]);
      await redis.publish(keys.cancelChannel, row.id);
    } catch (error) {
      observer.problem?.(`The cancellation of task ${row.id} could not be passed on yet`, error);
    }
  }

  /**
   * The worker publishes the end after the task's other events, so a task that ended a moment ago may have unpublished
   * events. A worker that died in between publishes nothing. Then this engine publishes the end.
   */
  async #untold(row: TaskRow): Promise<TaskSnapshot> {
    const { logs, observer } = this.#services;
    try {
      for (let waited = 0; waited < TOLD_WITHIN_MS; waited += LOOK_AGAIN_MS) {
        const state = (await logs.states([row.id])).get(row.id);
        if (state?.ended) return { ...snapshotOf(row), seq: state.seq };
        await delay(LOOK_AGAIN_MS);
      }
    } catch (error) {
      observer.problem?.(`Whether the end of task ${row.id} was logged is not known yet`, error);
    }
    return this.#publishEnd(row);
  }

  async #publishEnd(row: TaskRow): Promise<TaskSnapshot> {
    const { lookup, observer } = this.#services;
    try {
      await publishEnd(row, this.#services);
    } catch (error) {
      observer.problem?.(`The end of task ${row.id} could not be logged yet`, error);
    }
    return snapshotOf((await lookup.find(row.id)) ?? row);
  }

  /** Throws 'task-not-found' that names them. */
  async #refuseMissing(ids: string[], caller: Caller): Promise<void> {
    const unread = ids.filter((id) => {
      const live = this.#mirrors.current(id);
      return !live || !isVisible(live, caller);
    });
    if (unread.length === 0) return;
    const storable = unread.filter((id) => !id.includes('\0'));
    const rows = (await this.#services.lookup.findAll(storable)).filter((row) => isVisible(row, caller));
    const found = new Set(rows.map(({ id }) => id));
    const missing = unread.filter((id) => !found.has(id));
    if (missing.length > 0) throw refusals.taskNotFound(missing);
  }

  async #openAll(ids: string[]) {
    const opening = ids.map(async (id) => ({ id, ...(await this.#mirrors.open(id)) }));
    const opened = await Promise.allSettled(opening);
    const failed = opened.find((each) => each.status === 'rejected');
    if (failed) {
      for (const each of opened) if (each.status === 'fulfilled') each.value.release();
      throw failed.reason instanceof TaskRefusal ? failed.reason : refusals.unreachable(failed.reason);
    }
    return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  /** Rows with what their logs know better. */
  async #snapshots(rows: TaskRow[]): Promise<TaskSnapshot[]> {
    const { logs, observer } = this.#services;
    const active = rows.filter((row) => !isTerminal(row.status)).map(({ id }) => id);
    const live = await logs.states(active).catch((error) => {
      observer.problem?.(
        'The progress of tasks could not be read; what was written down last is shown',
        error,
      );
      return new Map<string, LoggedState>();
    });
    return Promise.all(
      rows.map(async (row) => {
        if (isTerminal(row.status) && !row.told) return this.#untold(row);
        const state = live.get(row.id);
        const stored = snapshotOf(row);
        return state?.attempt === row.attempt ? withLoggedState(stored, state) : stored;
      }),
    );
  }

  async #visible(id: string, caller: Caller): Promise<TaskRow | undefined> {
    if (id.includes('\0')) return undefined;
    const row = await this.#services.lookup.find(id);
    return row && isVisible(row, caller) ? row : undefined;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw refusals.closed();
  }
}

function isVisible(row: { owner: string }, caller: Caller): boolean {
  return caller.admin === true || row.owner === caller.owner;
}
