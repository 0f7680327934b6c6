import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Store } from '../../../backend/common/Store.ts';
import type { NetworkWork } from '../../../backend/network/NetworkStore.ts';
import type { NewTaskOptions } from '../../../backend/tasks/acceptRequest.ts';
import { isVisible, refuseUnlessAdmin } from '../../../backend/tasks/access.ts';
import { BULK_QUEUE, bulkParams, refuseReserved } from '../../../backend/tasks/bulk/bulkParams.ts';
import { bulkTasks } from '../../../backend/tasks/bulk/bulkTasks.ts';
import { callOfRetry, lacksFailures, listed, MAX_RETRIED } from '../../../backend/tasks/callOfRetry.ts';
import { clearable } from '../../../backend/tasks/clearable.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { definitionsByName } from '../../../backend/tasks/definitionsByName.ts';
import type { AnyLoggedEvent, EventReader } from '../../../backend/tasks/EventReader.ts';
import { pageOfSummary, parseItemQuery } from '../../../backend/tasks/itemPages.ts';
import { readLazily } from '../../../backend/tasks/LazyEventReader.ts';
import { parseLogQuery } from '../../../backend/tasks/logPages.ts';
import { cursorOf, parsePage } from '../../../backend/tasks/parsePage.ts';
import { TaskPreviews } from '../../../backend/tasks/preview/TaskPreviews.ts';
import type {
  Caller,
  Cleared,
  EventFilter,
  TaskEngine,
  TaskKind,
  TaskQuery,
  WatchFilter,
} from '../../../backend/tasks/TaskEngine.ts';
import { refusals } from '../../../backend/tasks/taskErrors.ts';
import { cursorsOf, taskKinds } from '../../../backend/tasks/taskKinds.ts';
import { TaskSelection } from '../../../backend/tasks/watch/TaskSelection.ts';
import { WatchSubscription } from '../../../backend/tasks/watch/WatchSubscription.ts';
import { refuseNodeKey } from '../../../backend/workflows/nodeKeys.ts';
import { retryOfRun } from '../../../backend/workflows/retryOfRun.ts';
import { runParams, WORKFLOW_QUEUE } from '../../../backend/workflows/workflowParams.ts';
import { workflowTask } from '../../../backend/workflows/workflowTask.ts';
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
} from '../../../src/contract/index.ts';
import { unavailableFor } from '../common/errorKind.ts';
import { ChangedRows } from './changes/ChangedRows.ts';
import { ChangeReads } from './changes/ChangeReads.ts';
import { SharedHub } from './changes/SharedHub.ts';
import { FollowedTasks } from './FollowedTasks.ts';
import { LogMirrors } from './logs/LogMirrors.ts';
import { type Closable, OwnWorker } from './OwnWorker.ts';
import { passOnCancellation } from './passOnCancellation.ts';
import { snapshotOf } from './rows/taskRow.ts';
import { DistributedRuns } from './runs/DistributedRuns.ts';
import { Sweeper } from './Sweeper.ts';
import { TaskClearing } from './TaskClearing.ts';
import { TaskIntake } from './TaskIntake.ts';
import { TaskReads } from './TaskReads.ts';
import { TaskServices, type TaskServicesOptions } from './TaskServices.ts';
import { TaskWaits } from './TaskWaits.ts';

export interface DistributedEngineOptions<Work extends object = NetworkWork> extends TaskServicesOptions {
  definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[];
  /** Asked by definitions' `check`. */
  store: Store<Work>;
  /**
   * Starts the worker that runs bulk tasks and runs of workflows in this process. Absent: another server of the deployment runs
   * them.
   */
  startOwnWorker?: (
    definitions: readonly TaskDefinition<unknown, unknown, NoInfer<Work>>[],
  ) => Promise<Closable>;
}

/**
 * Takes tasks in for workers on any machine to run, and follows them. Any number of these may stand side by side, each
 * good for every task.
 */
export class DistributedEngine<Work extends object = NetworkWork> implements TaskEngine {
  readonly #definitions: Map<string, TaskDefinition<unknown, unknown, Work>>;
  /** The definitions of the engine's own tasks, by name. */
  readonly #own: Map<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #services: TaskServices;
  readonly #subscriber: Redis;
  readonly #mirrors: LogMirrors;
  readonly #reads: TaskReads;
  readonly #waits: TaskWaits;
  readonly #clearing: TaskClearing;
  readonly #intake: TaskIntake<Work>;
  readonly #previews: TaskPreviews<Work>;
  readonly #runs: DistributedRuns<Work>;
  readonly #ownWorker: OwnWorker | undefined;
  readonly #sweeper: Sweeper;
  readonly #followed: FollowedTasks;
  readonly #hubs: SharedHub;
  #closed: Promise<void> | undefined;

  constructor(options: DistributedEngineOptions<Work>) {
    this.#definitions = definitionsByName(options.definitions);
    this.#services = new TaskServices(options);
    this.#runs = new DistributedRuns({
      engine: this,
      definitions: this.#definitions,
      services: this.#services,
      intake: () => this.#intake,
    });
    const own = [bulkTasks<Work>(this), workflowTask<Work>(this.#runs)];
    refuseReserved(options.definitions, own);
    this.#own = definitionsByName(own);
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
    this.#clearing = new TaskClearing(this.#services, this.#reads);
    this.#followed = new FollowedTasks(this.#mirrors, lookup);
    const rows = new ChangedRows(options.pool);
    this.#hubs = new SharedHub({
      changes: this.#services.changes,
      reads: new ChangeReads({ lookup, logs, changed: rows }),
      rows,
      designs: this.#services.designs,
      logs,
      subscriber: this.#subscriber,
      observer,
    });
    this.#intake = new TaskIntake({
      store: options.store,
      services: this.#services,
      mirrors: this.#mirrors,
      reads: this.#reads,
    });
    this.#previews = new TaskPreviews(this, options.store);
    this.#sweeper = new Sweeper(this.#services, options.pool);
    const { startOwnWorker } = options;
    this.#ownWorker =
      startOwnWorker &&
      new OwnWorker({
        start: () => startOwnWorker(own),
        isNeeded: async () =>
          (await lookup.hasActive(BULK_QUEUE)) || (await lookup.hasActive(WORKFLOW_QUEUE)),
        observer,
      });
  }

  /** BullMQ's queues of the definitions, for anyone who wants to inspect them. */
  queues(): Queue[] {
    return this.#services.dispatcher.queues([...this.#definitions.values()].map(({ queue }) => queue));
  }

  async enqueue(request: EnqueueRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }> {
    this.#refuseWhenClosed();
    refuseNodeKey(request.idempotencyKey);
    if (request.name !== WORKFLOW_TASK) return this.#intake.enqueue(request, caller, {}, this.#definitions);
    return this.#startOwn({ ...request, params: runParams(request.params, caller) }, caller);
  }

  async preview(
    request: PreviewRequest,
    caller: Caller,
    options: { signal?: AbortSignal } = {},
  ): Promise<TaskPreview> {
    this.#refuseWhenClosed();
    return this.#previews.preview(request, caller, { ...options, definitions: this.#definitions });
  }

  async get(id: string, caller: Caller): Promise<TaskSnapshot | undefined> {
    this.#refuseWhenClosed();
    const mirrored = this.#mirrors.current(id);
    // A task that has ended may have been cleared since.
    const live = mirrored && !isTerminal(mirrored.status) ? mirrored : undefined;
    if (live && !isVisible(live, caller)) return undefined;
    const row = live ? undefined : await this.#reads.find(id, caller);
    const task = live ? await this.#reads.withDesign(live) : row && (await this.#reads.snapshot(row));
    return task && (await this.#waits.addTo([task], caller))[0];
  }

  async list(query: TaskQuery, caller: Caller): Promise<TaskPage> {
    this.#refuseWhenClosed();
    const { limit, before } = parsePage(query);
    // Before the rows: a watch from here brings what changes while they are read.
    const watchCursor = await this.#reads.watchCursor();
    const rows = await this.#reads.list(query, caller, { before, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      tasks: (await this.#waits.addTo(await this.#reads.snapshots(page), caller)).map(listed),
      ...(last && rows.length > limit && { nextCursor: cursorOf(Number(last.ordinal)) }),
      ...(watchCursor !== undefined && { watchCursor }),
    };
  }

  async count(filter: TaskFilter, caller: Caller): Promise<TaskCounts> {
    this.#refuseWhenClosed();
    return this.#reads.count(filter, caller);
  }

  async bulk(request: BulkRequest, caller: Caller): Promise<{ task: TaskSnapshot; created: boolean }> {
    this.#refuseWhenClosed();
    const before = request.filter && cursorOf(await this.#services.lookup.nextOrdinal());
    const params = bulkParams(request, caller, before);
    const { idempotencyKey } = request;
    refuseNodeKey(idempotencyKey);
    return this.#startOwn(
      { name: BULK_TASK, params, ...(idempotencyKey !== undefined && { idempotencyKey }) },
      caller,
    );
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
    if (row.name === WORKFLOW_TASK) await this.#runs.cancelNodes(id);
    if (row.status === 'cancelled') {
      await dispatcher.remove(row);
      return this.#reads.publishEnd(row);
    }
    if (!before.cancel_requested) await passOnCancellation(row, this.#services);
    return this.#reads.snapshot(row);
  }

  async items(id: string, query: ItemQuery, caller: Caller): Promise<ItemPage> {
    this.#refuseWhenClosed();
    const row = await this.#reads.find(id, caller);
    if (!row) throw refusals.taskNotFound([id]);
    const parsed = parseItemQuery(query);
    const page = await this.#services.items.page(row, parsed);
    if (page.items.length > 0 || parsed.after > 0 || parsed.ok === true) return page;
    // The task may have been run by a worker of a version that wrote no items.
    return pageOfSummary(row.items ?? undefined, parsed);
  }

  async log(id: string, query: LogQuery, caller: Caller): Promise<LogPage> {
    this.#refuseWhenClosed();
    if (!(await this.#reads.find(id, caller))) throw refusals.taskNotFound([id]);
    return this.#services.lines.page(id, parseLogQuery(query));
  }

  async retry(id: string, caller: Caller, request: RetryRequest = {}): Promise<TaskSnapshot> {
    this.#refuseWhenClosed();
    const row = await this.#reads.find(id, caller);
    if (!row) throw refusals.taskNotFound([id]);
    refuseNodeKey(request.idempotencyKey);
    const before = row.only_items ?? undefined;
    const old = snapshotOf(row);
    if (old.name === WORKFLOW_TASK) {
      const again = await retryOfRun(old, request, caller, this.#runs);
      return (await this.#startOwn(again, { ...caller, owner: old.owner }, { retryOf: id })).task;
    }
    const failed = lacksFailures(old, request)
      ? await this.#services.items.failed(row, MAX_RETRIED)
      : undefined;
    const [again, owner, more] = callOfRetry(old, before, request, caller, failed);
    const started = this.#own.has(old.name)
      ? this.#startOwn(again, owner, more)
      : this.#intake.enqueue(again, owner, more, this.#definitions);
    return (await started).task;
  }

  async clear(ids: readonly string[], caller: Caller): Promise<Cleared> {
    this.#refuseWhenClosed();
    return this.#clearing.clear(clearable(ids), caller);
  }

  async noteDesign(change: DesignChange, caller: Caller): Promise<void> {
    this.#refuseWhenClosed();
    refuseUnlessAdmin(caller);
    await this.#services.designs.note(change);
  }

  async definitions(caller: Caller): Promise<TaskKind[]> {
    this.#refuseWhenClosed();
    return taskKinds(this.#definitions.values(), caller);
  }

  events(filter: EventFilter, { caller, signal }: { caller: Caller; signal?: AbortSignal }): EventReader {
    const open = async () => {
      this.#refuseWhenClosed();
      return this.#followed.subscribe(cursorsOf(filter), caller);
    };
    return readLazily(() => open().catch(unlessOutage), signal);
  }

  watch(
    { filter, after, cursors }: WatchFilter,
    { caller, signal }: { caller: Caller; signal?: AbortSignal },
  ): EventReader<AnyLoggedEvent> {
    const open = async () => {
      this.#refuseWhenClosed();
      const { hub, release } = await this.#hubs.acquire();
      try {
        const watcher = await hub.watch(new TaskSelection(filter, caller), after);
        try {
          const followed = cursors && (await this.#followed.subscribe(cursors, caller));
          return new WatchSubscription(watcher, followed, release);
        } catch (error) {
          watcher.close();
          throw error;
        }
      } catch (error) {
        release();
        throw error;
      }
    };
    return readLazily(() => open().catch(unlessOutage), signal);
  }

  /** Ends the streams and lets go of the connections; tasks go on where they run. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#ownWorker?.close();
    this.#followed.close();
    await this.#hubs.close();
    await this.#sweeper.close();
    await this.#mirrors.close();
    this.#subscriber.disconnect();
    await this.#services.close();
  }

  /** Starts one of the engine's own tasks. */
  async #startOwn(
    request: EnqueueRequest,
    caller: Caller,
    more: NewTaskOptions = {},
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    const started = await this.#intake.enqueue(request, caller, more, this.#own);
    this.#ownWorker?.need();
    return started;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw refusals.closed();
  }
}

/** A service is away: the client comes back. */
function unlessOutage(error: unknown): never {
  throw unavailableFor(error) ?? error;
}
