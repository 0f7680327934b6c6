import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Store } from '../../../backend/common/Store.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { NetworkWork } from '../../../backend/network/NetworkStore.ts';
import {
  type AcceptedRequest,
  acceptRequest,
  type NewTaskOptions,
} from '../../../backend/tasks/acceptRequest.ts';
import { isVisible } from '../../../backend/tasks/access.ts';
import { callOfRetry, listed } from '../../../backend/tasks/callOfRetry.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { definitionsByName } from '../../../backend/tasks/definitionsByName.ts';
import type { AnyLoggedEvent, EventReader } from '../../../backend/tasks/EventReader.ts';
import { readLazily } from '../../../backend/tasks/LazyEventReader.ts';
import { cursorOf, parsePage } from '../../../backend/tasks/parsePage.ts';
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
import type {
  EnqueueRequest,
  RetryRequest,
  TaskPage,
  TaskSnapshot,
  TaskWaiting,
} from '../../../src/contract/index.ts';
import { unavailableFor } from '../common/errorKind.ts';
import { currentTraceparent, traced } from '../observe/tracing.ts';
import { LogMirrors } from './logs/LogMirrors.ts';
import { passOnCancellation } from './passOnCancellation.ts';
import { insertedTask, snapshotOf, type TaskRow } from './rows/taskRow.ts';
import { Sweeper } from './Sweeper.ts';
import { TaskReads } from './TaskReads.ts';
import { TaskServices, type TaskServicesOptions } from './TaskServices.ts';
import { TaskWaits } from './TaskWaits.ts';

export interface DistributedEngineOptions<Work extends object = NetworkWork> extends TaskServicesOptions {
  definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[];
  /** Asked by definitions' `check`. */
  store: Store<Work>;
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
  readonly #reads: TaskReads;
  readonly #waits: TaskWaits;
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
    this.#reads = new TaskReads(this.#services);
    this.#waits = new TaskWaits(this.#services, options.pool);
    this.#sweeper = new Sweeper(this.#services, options.pool);
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
    if (live && !isVisible(live, caller)) return undefined;
    const row = live ? undefined : await this.#reads.find(id, caller);
    const task = live ?? (row && (await this.#reads.snapshot(row)));
    return task && (await this.#waits.addTo([task], caller))[0];
  }

  async list(query: TaskQuery, caller: Caller): Promise<TaskPage> {
    this.#refuseWhenClosed();
    const { limit, before } = parsePage(query);
    const { status, name, owner, tag, design, bbox } = query;
    if (owner !== undefined || tag !== undefined || design !== undefined || bbox !== undefined) {
      const message =
        'This server lists tasks by "status", "name" and "q" only, not yet by owner, tag, design or bbox';
      throw new TaskRefusal({ code: 'invalid-request', message });
    }
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
      tasks: (await this.#waits.addTo(await this.#reads.snapshots(page), caller)).map(listed),
      ...(last && rows.length > limit && { nextCursor: cursorOf(Number(last.ordinal)) }),
    };
  }

  async waiting(ids: readonly string[], caller: Caller): Promise<Map<string, TaskWaiting>> {
    this.#refuseWhenClosed();
    const rows = await this.#services.lookup.findAll(ids.filter((id) => !id.includes('\0')));
    return this.#waits.of(
      rows.filter((row) => isVisible(row, caller)).map(({ id }) => id),
      caller,
    );
  }

  async cancel(id: string, caller: Caller): Promise<TaskSnapshot> {
    this.#refuseWhenClosed();
    const { rows, lookup, dispatcher } = this.#services;
    const before = await this.#reads.find(id, caller);
    if (!before) throw refusals.taskNotFound([id]);
    const row = await rows.cancel(id, caller.owner);
    if (row === 'locked') throw refusals.beingCommitted(id);
    if (!row) throw refusals.alreadyFinished(id, (await lookup.find(id))?.status ?? before.status);
    if (row.status === 'cancelled') {
      await dispatcher.remove(row);
      return this.#reads.publishEnd(row);
    }
    if (!before.cancel_requested) await passOnCancellation(row, this.#services);
    return this.#reads.snapshot(row);
  }

  async retry(id: string, caller: Caller, request: RetryRequest = {}): Promise<TaskSnapshot> {
    this.#refuseWhenClosed();
    const row = await this.#reads.find(id, caller);
    if (!row) throw refusals.taskNotFound([id]);
    const before = row.only_items ?? undefined;
    const { task } = await this.#enqueue(...callOfRetry(snapshotOf(row), before, request, caller));
    return task;
  }

  async definitions(caller: Caller): Promise<TaskKind[]> {
    this.#refuseWhenClosed();
    return taskKinds(this.#definitions.values(), caller);
  }

  events(filter: EventFilter, { caller, signal }: { caller: Caller; signal?: AbortSignal }): EventReader {
    const open = async () => {
      this.#refuseWhenClosed();
      const cursors = cursorsOf(filter);
      const ids = Object.keys(cursors);
      await this.#refuseMissing(ids, caller);
      const opened = await this.#openAll(cursors);
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
    };
    return readLazily(
      () =>
        open().catch((error: unknown) => {
          // A service is away: the client comes back.
          throw unavailableFor(error) ?? error;
        }),
      signal,
    );
  }

  watch(): EventReader<AnyLoggedEvent> {
    return readLazily(() => {
      const message = 'This server follows the tasks that "cursors" names; it offers no watch yet';
      throw new TaskRefusal({ code: 'invalid-request', message });
    });
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
    { retryOf, onlyItems }: NewTaskOptions = {},
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    this.#refuseWhenClosed();
    const accepted = await acceptRequest(request, caller, {
      definitions: this.#definitions,
      store: this.#store,
      retryOf,
      onlyItems,
    });
    const { definition, fingerprint } = accepted;
    const { idempotencyKey } = request;
    const { rows, lookup, observer } = this.#services;
    const [known, checked] = await Promise.all([
      // A request that the check refuses now may be known by its key: the engine accepted it when it was still valid.
      idempotencyKey === undefined || !definition.check
        ? undefined
        : lookup.withKey(caller.owner, idempotencyKey),
      accepted.check().then(
        (params) => ({ params }),
        (error: unknown) => ({ refused: error }),
      ),
    ]);
    if (known) return this.#again(known, accepted);
    if ('refused' in checked) throw checked.refused;
    const task = accepted.newTask();
    return traced('enqueue', { 'lrt.task.id': task.id, 'lrt.task.name': task.name }, async () => {
      const inserting = rows.insert({
        task,
        priority: definition.priority,
        fingerprint,
        idempotencyKey,
        exclusiveKey: definition.exclusive?.(checked.params),
        onlyItems,
        traceparent: currentTraceparent(),
      });
      this.#mirrors.expect(
        task.id,
        inserting.then((outcome) => insertedTask(task, outcome)),
      );
      const outcome = await inserting;
      if (typeof outcome === 'object') {
        observer.enqueued?.({ name: task.name, queue: task.queue });
        return { task: insertedTask(task, outcome), created: true };
      }
      const first =
        idempotencyKey === undefined ? undefined : await lookup.withKey(caller.owner, idempotencyKey);
      if (first) return this.#again(first, accepted);
      throw refusals.tooManyWaiting();
    });
  }

  async #again(
    known: TaskRow,
    accepted: AcceptedRequest<Work>,
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    accepted.refuseOther(known);
    return { task: await this.#reads.snapshot(known), created: false };
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

  async #openAll(cursors: Record<string, number | null>) {
    const opening = Object.entries(cursors).map(async ([id, cursor]) => ({
      id,
      ...(await this.#mirrors.open(id, cursor ?? 0)),
    }));
    const opened = await Promise.allSettled(opening);
    const failed = opened.find((each) => each.status === 'rejected');
    if (failed) {
      for (const each of opened) if (each.status === 'fulfilled') each.value.release();
      throw failed.reason;
    }
    return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw refusals.closed();
  }
}
