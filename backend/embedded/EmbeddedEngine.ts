import {
  BULK_TASK,
  type BulkRequest,
  type DesignChange,
  type EnqueueRequest,
  type ItemPage,
  type ItemQuery,
  isTerminal,
  type LogPage,
  type LogQuery,
  type PreviewRequest,
  type RetryRequest,
  type TaskCounts,
  type TaskFilter,
  type TaskPage,
  type TaskPreview,
  type TaskSnapshot,
  type TaskWaiting,
  WORKFLOW_TASK,
} from '../../src/contract/index.ts';
import type { Store } from '../common/Store.ts';
import type { NetworkWork } from '../network/NetworkStore.ts';
import { type AcceptedRequest, acceptRequest, type NewTaskOptions } from '../tasks/acceptRequest.ts';
import { refuseUnlessAdmin } from '../tasks/access.ts';
import { bulkParams } from '../tasks/bulk/bulkParams.ts';
import { bulkTasks } from '../tasks/bulk/bulkTasks.ts';
import { callOfRetry, lacksFailures, listed, withWaiting } from '../tasks/callOfRetry.ts';
import { clearable } from '../tasks/clearable.ts';
import { countsOf } from '../tasks/countsOf.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import type { AnyLoggedEvent, EventReader } from '../tasks/EventReader.ts';
import { pageOfSummary, parseItemQuery } from '../tasks/itemPages.ts';
import { readLazily } from '../tasks/LazyEventReader.ts';
import { parseLogQuery } from '../tasks/logPages.ts';
import { cursorOf } from '../tasks/parsePage.ts';
import { TaskPreviews } from '../tasks/preview/TaskPreviews.ts';
import { Subscription } from '../tasks/Subscription.ts';
import type {
  Caller,
  Cleared,
  CursorFilter,
  EventFilter,
  TaskEngine,
  TaskKind,
  TaskQuery,
  WatchFilter,
} from '../tasks/TaskEngine.ts';
import { refusals } from '../tasks/taskErrors.ts';
import { cursorsOf, taskKinds } from '../tasks/taskKinds.ts';
import { TaskSelection } from '../tasks/watch/TaskSelection.ts';
import { WatchSubscription } from '../tasks/watch/WatchSubscription.ts';
import { refuseNodeKey } from '../workflows/nodeKeys.ts';
import { retryOfRun } from '../workflows/retryOfRun.ts';
import { runParams } from '../workflows/workflowParams.ts';
import { workflowTask } from '../workflows/workflowTask.ts';
import { EmbeddedRuns } from './EmbeddedRuns.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import type { TaskEntry } from './TaskEntry.ts';
import { TaskLifecycle } from './TaskLifecycle.ts';

/**
 * Runs tasks in this process, in the browser as in Node, with nothing installed. It has no threads: a definition's
 * `cpuBound` changes nothing here.
 */
export class EmbeddedEngine<Work extends object = NetworkWork> implements TaskEngine {
  /** Resolves once the journal is read and its unfinished tasks are queued again; every method waits for it. */
  readonly ready: Promise<void>;
  readonly #lifecycle: TaskLifecycle<Work>;
  readonly #runs: EmbeddedRuns<Work>;
  readonly #store: Store<Work>;
  readonly #previews: TaskPreviews<Work>;
  readonly #subscriptions = new Set<Subscription>();
  readonly #unwatchDesigns: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: EmbeddedEngineOptions<Work>) {
    this.#store = options.store;
    this.#previews = new TaskPreviews(this, options.store);
    this.#runs = new EmbeddedRuns(this, {
      lifecycle: () => this.#lifecycle,
      enqueue: (request, caller, mayBegin) =>
        this.#enqueue(request, caller, {}, this.#lifecycle.definitions, mayBegin),
    });
    this.#lifecycle = new TaskLifecycle(options, [bulkTasks(this), workflowTask(this.#runs)], (entry) =>
      this.#runs.ended(entry),
    );
    this.#unwatchDesigns = options.store.watchDesigns?.((change) => this.#lifecycle.noteDesign(change));
    this.ready = options.journal ? this.#lifecycle.restore(options.journal) : Promise.resolve();
  }

  /** A new engine that is ready. */
  static async open<Work extends object>(
    options: EmbeddedEngineOptions<Work>,
  ): Promise<EmbeddedEngine<Work>> {
    const engine = new EmbeddedEngine(options);
    await engine.ready;
    return engine;
  }

  async enqueue(request: EnqueueRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }> {
    await this.ready;
    refuseNodeKey(request.idempotencyKey);
    if (request.name !== WORKFLOW_TASK) return this.#enqueue(request, caller);
    const params = runParams(request.params, caller);
    return this.#enqueue({ ...request, params }, caller, {}, this.#lifecycle.own);
  }

  async preview(
    request: PreviewRequest,
    caller: Caller,
    options: { signal?: AbortSignal } = {},
  ): Promise<TaskPreview> {
    await this.ready;
    if (this.#closed) throw refusals.closed();
    return this.#previews.preview(request, caller, { ...options, definitions: this.#lifecycle.definitions });
  }

  async get(id: string, caller: Caller): Promise<TaskSnapshot | undefined> {
    await this.ready;
    const entry = this.#lifecycle.table.find(id, caller);
    return entry && this.#withWaiting([entry], caller)[0];
  }

  async list(query: TaskQuery, caller: Caller): Promise<TaskPage> {
    await this.ready;
    const { entries, ...page } = this.#lifecycle.table.page(query, caller);
    return { ...page, tasks: this.#withWaiting(entries, caller).map(listed) };
  }

  async count(filter: TaskFilter, caller: Caller): Promise<TaskCounts> {
    await this.ready;
    return countsOf(
      Array.from(this.#lifecycle.table.select(filter, caller), ({ log: { task } }) => ({
        status: task.status,
        count: 1,
        others: task.owner === caller.owner ? 0 : 1,
      })),
    );
  }

  async bulk(request: BulkRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }> {
    await this.ready;
    const params = bulkParams(request, caller, cursorOf(this.#lifecycle.newest + 1));
    const { idempotencyKey } = request;
    refuseNodeKey(idempotencyKey);
    return this.#enqueue(
      { name: BULK_TASK, params, ...(idempotencyKey !== undefined && { idempotencyKey }) },
      caller,
      {},
      this.#lifecycle.own,
    );
  }

  async waiting(ids: readonly string[], caller: Caller): Promise<Map<string, TaskWaiting>> {
    await this.ready;
    const { table, waiting } = this.#lifecycle;
    return waiting.of(
      ids.flatMap((id) => table.find(id, caller) ?? []),
      caller,
    );
  }

  /** Resolves: the task ends cancelled. Rejects with 'already-finished': it has ended, or was committing, otherwise. */
  async cancel(id: string, caller: Caller): Promise<TaskSnapshot> {
    await this.ready;
    const entry = this.#find(id, caller);
    const { log, run } = entry;
    const { status, cancelRequested } = log.task;
    if (isTerminal(status)) throw refusals.alreadyFinished(id, status);
    if (cancelRequested) return log.task;
    const asked = { cancelledBy: caller.owner, cancelRequestedAt: new Date().toISOString() };
    if (this.#lifecycle.takeOutOfQueue(entry)) {
      await this.#lifecycle.end(entry, { type: 'cancelled', ...asked });
      return log.task;
    }
    if (run?.decide({ type: 'cancelled', ...asked })) {
      log.append({ type: 'snapshot', change: { cancelRequested: true, ...asked } });
      const { task } = log;
      run.stop({ code: 'cancelled', message: 'The task was cancelled' });
      return task;
    }
    // It is committing, or has failed and is being written down: wait for what comes of it. It is not tried again.
    entry.cancelWanted ??= asked;
    await entry.over;
    if (log.task.status === 'cancelled') return log.task;
    if (!isTerminal(log.task.status)) throw refusals.closed();
    throw refusals.alreadyFinished(id, log.task.status);
  }

  async items(id: string, query: ItemQuery, caller: Caller): Promise<ItemPage> {
    await this.ready;
    const { task } = this.#find(id, caller).log;
    const parsed = parseItemQuery(query);
    return this.#lifecycle.items.page(task, parsed) ?? pageOfSummary(task.items, parsed);
  }

  async log(id: string, query: LogQuery, caller: Caller): Promise<LogPage> {
    await this.ready;
    const { task } = this.#find(id, caller).log;
    return this.#lifecycle.lines.page(task.id, parseLogQuery(query));
  }

  async retry(id: string, caller: Caller, request: RetryRequest = {}): Promise<TaskSnapshot> {
    await this.ready;
    const { log, onlyItems: before } = this.#find(id, caller);
    refuseNodeKey(request.idempotencyKey);
    if (log.task.name === WORKFLOW_TASK) return this.#retryRun(log.task, caller, request);
    const failed = lacksFailures(log.task, request) ? this.#lifecycle.items.failed(log.task) : undefined;
    const [again, owner, more] = callOfRetry(log.task, before, request, caller, failed);
    const { own, definitions } = this.#lifecycle;
    const { task } = await this.#enqueue(again, owner, more, own.has(log.task.name) ? own : definitions);
    return task;
  }

  async clear(ids: readonly string[], caller: Caller): Promise<Cleared> {
    await this.ready;
    if (this.#closed) throw refusals.closed();
    const entries = clearable(ids).flatMap((id) => this.#lifecycle.table.find(id, caller) ?? []);
    const { cleared, active, nodes } = this.#runs.toClear(entries);
    await Promise.all([...cleared, ...nodes].map((entry) => this.#lifecycle.clear(entry)));
    return { cleared: cleared.map(({ log }) => log.task.id), active };
  }

  async noteDesign(change: DesignChange, caller: Caller): Promise<void> {
    await this.ready;
    if (this.#closed) throw refusals.closed();
    refuseUnlessAdmin(caller);
    this.#lifecycle.noteDesign(change);
  }

  async definitions(caller: Caller): Promise<TaskKind[]> {
    await this.ready;
    return taskKinds(this.#lifecycle.definitions.values(), caller);
  }

  events(filter: EventFilter, { caller, signal }: { caller: Caller; signal?: AbortSignal }): EventReader {
    return readLazily(async () => {
      await this.ready;
      return this.#subscribe(cursorsOf(filter), caller);
    }, signal);
  }

  watch(
    { filter, after, cursors }: WatchFilter,
    { caller, signal }: { caller: Caller; signal?: AbortSignal },
  ): EventReader<AnyLoggedEvent> {
    return readLazily(async () => {
      await this.ready;
      if (this.#closed) throw refusals.closed();
      const watcher = await this.#lifecycle.table.feed.open(new TaskSelection(filter, caller), after);
      try {
        return new WatchSubscription(watcher, cursors && this.#subscribe(cursors, caller));
      } catch (error) {
        watcher.close();
        throw error;
      }
    }, signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // A journal that could not be read was reported through `ready`.
    await this.ready.catch(() => {});
    this.#unwatchDesigns?.();
    await this.#lifecycle.close();
    for (const subscription of [...this.#subscriptions]) subscription.close();
    this.#lifecycle.table.feed.close();
  }

  #subscribe(cursors: CursorFilter['cursors'], caller: Caller): Subscription {
    if (this.#closed) throw refusals.closed();
    const wanted = Object.entries(cursors).map(([id, cursor]) => ({
      id,
      cursor,
      log: this.#lifecycle.table.find(id, caller)?.log,
    }));
    const missing = wanted.filter(({ log }) => !log).map(({ id }) => id);
    if (missing.length > 0) throw refusals.taskNotFound(missing);
    const subscription = new Subscription(
      wanted.flatMap(({ log, cursor }) => (log ? [{ log, cursor }] : [])),
      () => this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async #retryRun(run: TaskSnapshot, caller: Caller, request: RetryRequest): Promise<TaskSnapshot> {
    const again = await retryOfRun(run, request, caller, this.#runs);
    const { task } = await this.#enqueue(
      again,
      { ...caller, owner: run.owner },
      { retryOf: run.id },
      this.#lifecycle.own,
    );
    return task;
  }

  /** The tasks, each with why it waits. */
  #withWaiting(entries: readonly TaskEntry[], caller: Caller): TaskSnapshot[] {
    const waits = this.#lifecycle.waiting.of(entries, caller);
    return entries.map(({ task }) => withWaiting(task, waits));
  }

  #find(id: string, caller: Caller): TaskEntry {
    if (this.#closed) throw refusals.closed();
    const entry = this.#lifecycle.table.find(id, caller);
    if (!entry) throw refusals.taskNotFound([id]);
    return entry;
  }

  async #enqueue(
    request: EnqueueRequest,
    caller: Caller,
    { retryOf, onlyItems }: NewTaskOptions = {},
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>> = this.#lifecycle.definitions,
    /** Called just before the task begins to exist. It throws where it must not. */
    mayBegin = () => {},
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    if (this.#closed) throw refusals.closed();
    const { table } = this.#lifecycle;
    const accepted = await acceptRequest(request, caller, {
      definitions,
      store: this.#store,
      find: (id) => this.get(id, caller),
      retryOf,
      onlyItems,
    });
    const { definition, fingerprint } = accepted;
    const { idempotencyKey } = request;
    const known = table.withKey(caller.owner, idempotencyKey);
    if (known) return again(known, accepted);
    const cleared = table.clearedWithKey(caller.owner, idempotencyKey);
    if (cleared !== undefined) throw refusals.cleared(cleared);
    const params = await accepted.check();
    const meanwhile = table.withKey(caller.owner, idempotencyKey);
    if (meanwhile) return again(meanwhile, accepted);
    if (this.#closed) throw refusals.closed();
    mayBegin();
    const task = accepted.newTask();
    await this.#lifecycle.begin({ task, fingerprint, idempotencyKey, onlyItems }, definition, params);
    return { task, created: true };
  }
}

async function again(
  known: TaskEntry,
  accepted: Pick<AcceptedRequest<object>, 'refuseOther'>,
): Promise<{ task: TaskSnapshot; created: boolean }> {
  accepted.refuseOther({ id: known.log.task.id, fingerprint: known.fingerprint });
  await known.saved;
  return { task: known.log.task, created: false };
}
