import { BULK_TASK, type DesignChange, isTerminal } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import { fingerprintOf } from '../tasks/acceptRequest.ts';
import { afterAttempt } from '../tasks/afterAttempt.ts';
import { cancellationOf } from '../tasks/applyEvent.ts';
import { refuseReserved } from '../tasks/bulk/bulkParams.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import { definitionsByName } from '../tasks/definitionsByName.ts';
import { EventLog } from '../tasks/EventLog.ts';
import { logWithItems } from '../tasks/itemPages.ts';
import { LoggedEvent, type TerminalEvent } from '../tasks/LoggedEvent.ts';
import { EVENTS_PER_TASK } from '../tasks/logLimits.ts';
import { lineOf, logWithLines } from '../tasks/logPages.ts';
import { NO_PROGRESS } from '../tasks/newTask.ts';
import { restoredTask } from '../tasks/rebuildTask.ts';
import { runOf } from '../tasks/TaskObserver.ts';
import { type RunOptions, TaskRun } from '../tasks/TaskRun.ts';
import { fillBar } from '../tasks/taskEnd.ts';
import { refusals, toTaskError } from '../tasks/taskErrors.ts';
import { validateParams } from '../tasks/validateParams.ts';
import { WORKFLOW_QUEUE } from '../workflows/workflowParams.ts';
import { EntryItems } from './EntryItems.ts';
import { EntryLines } from './EntryLines.ts';
import { JournalLines } from './JournalLines.ts';
import { JournalWriter } from './JournalWriter.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import { TaskEntry } from './TaskEntry.ts';
import type { TaskJournal, TaskRecord } from './TaskJournal.ts';
import { TaskQueue } from './TaskQueue.ts';
import { TaskTable } from './TaskTable.ts';
import { WaitingTasks } from './WaitingTasks.ts';

const MAX_WAITING = 10_000;
const DEFAULT_CONCURRENCY = 2;
const DEFAULT_TASKS_PER_OWNER = 10;
/** Runs of workflows wait for their nodes, and compute nothing. */
const RUNS_AT_ONCE = 1_000;

/** The definition and the parsed parameters that a run of a task needs. */
interface Job<Work extends object> {
  definition: TaskDefinition<unknown, unknown, Work>;
  params: unknown;
  exclusive: string | undefined;
}

/** Takes a task that passed its checks through its life: it is saved, queued, run, ended, and after a while removed. */
export class TaskLifecycle<Work extends object> {
  readonly table: TaskTable;
  readonly waiting: WaitingTasks;
  readonly items = new EntryItems();
  readonly lines: EntryLines;
  readonly definitions: Map<string, TaskDefinition<unknown, unknown, Work>>;
  /** The definitions of the engine's own tasks, by name. */
  readonly own: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #options: EmbeddedEngineOptions<Work>;
  readonly #queue: TaskQueue;
  readonly #journal: JournalWriter<Work> | undefined;
  readonly #journalLines: JournalLines | undefined;
  readonly #onEnd: (entry: TaskEntry) => void;
  #order = 0;

  /** `own`: the definitions of the engine's own tasks. `onEnd` is called when a task has ended. */
  constructor(
    options: EmbeddedEngineOptions<Work>,
    own: readonly TaskDefinition<unknown, unknown, Work>[],
    onEnd: (entry: TaskEntry) => void,
  ) {
    this.#options = options;
    this.#onEnd = onEnd;
    this.definitions = definitionsByName(options.definitions);
    refuseReserved(options.definitions, own);
    this.own = definitionsByName(own);
    const queues = Object.fromEntries(
      [...own, ...options.definitions].map(({ queue }) => [
        queue,
        { concurrency: queue === WORKFLOW_QUEUE ? RUNS_AT_ONCE : DEFAULT_CONCURRENCY },
      ]),
    );
    this.table = new TaskTable(options.retention?.finishedTasks ?? 200);
    const { tasksPerOwner = DEFAULT_TASKS_PER_OWNER } = options;
    if (!Number.isInteger(tasksPerOwner) || tasksPerOwner < 1) {
      throw new TypeError(
        `EmbeddedEngine: "tasksPerOwner" must be an integer of at least 1, not ${String(tasksPerOwner)}`,
      );
    }
    this.#queue = new TaskQueue({ ...queues, ...options.queues }, tasksPerOwner);
    this.waiting = new WaitingTasks(this.#queue, (id) => this.table.withId(id));
    this.#journal = options.journal && new JournalWriter(options.journal);
    this.#journalLines =
      options.journal?.lines &&
      new JournalLines(options.journal.lines, (error) =>
        options.observer?.problem?.(
          'The journal failed; after a restart the logs of tasks may lack lines',
          error,
        ),
      );
    this.lines = new EntryLines(this.#journalLines);
  }

  /**
   * Adds the task to the table that clients read, saves it, and queues it. A task that the journal refuses is not
   * queued.
   */
  async begin(
    entry: Pick<TaskEntry, 'fingerprint' | 'idempotencyKey' | 'onlyItems'> & { task: EventLog['task'] },
    definition: TaskDefinition<unknown, unknown, Work>,
    params: unknown,
  ): Promise<void> {
    if (this.#queue.waiting >= MAX_WAITING && definition.name !== BULK_TASK) throw refusals.tooManyWaiting();
    const job = { definition, params, exclusive: definition.exclusive?.(params) };
    this.#order += 1;
    const made = new TaskEntry({ ...entry, log: this.#logOf(entry.task), order: this.#order });
    this.table.add(made);
    await this.#keep(made);
    this.#options.observer?.enqueued?.(named(entry.task));
    if (made.state !== 'saving') return;
    made.wait();
    this.#queueUp(made, job);
  }

  /** False when the task does not wait (any more). Else it is on its way to its end, and `end` is to be called. */
  takeOutOfQueue(entry: TaskEntry): boolean {
    if (entry.state !== 'saving' && entry.state !== 'waiting') return false;
    entry.decideEnd();
    this.#queue.remove(entry.log.task.id);
    return true;
  }

  async end(entry: TaskEntry, event: TerminalEvent): Promise<void> {
    if (entry.state !== 'ending') entry.decideEnd();
    if (event.type === 'succeeded') fillBar(entry.log);
    if (this.#journal) {
      // The end is published only once the journal has it: else a restart would run a task again that was reported as
      // done.
      const journal = this.#journal;
      const record = endRecord(entry, event);
      await journal.save(record).catch((error) => {
        this.#journalFailed(entry, error);
        // Else a restart would run a task again that was reported as done.
        journal.saveWhenPossible(record);
      });
    }
    this.#settle(entry, event);
  }

  /** Publishes the end. The journal has it by now, or keeps trying to save it. */
  #settle(entry: TaskEntry, event: TerminalEvent): void {
    if (entry.state !== 'ending') entry.decideEnd();
    const { log, endedAt = new Date().toISOString() } = entry;
    const { id: taskId, seq, attempt } = log.task;
    log.accept(LoggedEvent.of({ taskId, seq: seq + 1, at: endedAt, attempt, ...event }));
    if (event.type === 'succeeded') this.waiting.noteDuration(log.task.queue, entry.runSeconds);
    this.#options.observer?.ended?.({
      ...runOf(log.task),
      status: event.type,
      runSeconds: entry.runSeconds,
      ...(event.type === 'failed' && { error: event.error }),
    });
    for (const old of this.table.finish(entry)) {
      this.items.remove(old.log.task.id);
      this.lines.remove(old.log.task.id);
      this.#journal?.remove(old.log.task.id).catch((error) => this.#journalFailed(old, error));
    }
    entry.end();
    this.#onEnd(entry);
  }

  /** Removes a task that has ended, everywhere. Resolves once the journal has forgotten it too, or cannot be reached. */
  async clear(entry: TaskEntry): Promise<void> {
    const { id } = entry.log.task;
    this.table.clear(entry);
    this.items.remove(id);
    this.lines.remove(id);
    await this.#journal?.remove(id).catch((error) => this.#journalFailed(entry, error));
  }

  /** A design changed: its tasks say so. */
  noteDesign(change: DesignChange): void {
    for (const entry of this.table.noteDesign(change, new Date().toISOString())) this.#keepLater(entry);
  }

  /** The number of the newest task. */
  get newest(): number {
    return this.#order;
  }

  async restore(journal: TaskJournal<Work>): Promise<void> {
    const records = (await journal.load()).sort((a, b) => a.order - b.order);
    for (const { taskId, number, line } of (await journal.lines?.load()) ?? []) {
      this.lines.restore(taskId, number, line);
    }
    for (const { task, order, idempotencyKey, onlyItems, dueAt } of records) {
      this.#order = Math.max(this.#order, order);
      const log = this.#logOf(restoredTask(task));
      const fingerprint = fingerprintOf(task, onlyItems);
      const entry = new TaskEntry({ log, order, fingerprint, idempotencyKey, onlyItems, dueAt });
      this.table.add(entry);
      if (isTerminal(task.status)) this.table.finish(entry);
      else await this.#resume(entry);
    }
  }

  /** Resolves when nothing runs any more and the journal has everything. Queued and running tasks keep their state. */
  async close(): Promise<void> {
    const idle = this.#queue.close();
    for (const { run } of this.table.all()) {
      if (run?.decide({ type: 'released' })) run.stop(refusals.closed().error);
    }
    await idle;
    await this.#journalLines?.flush();
    await this.#journal?.close();
    for (const entry of this.table.all()) entry.release();
  }

  async #resume(entry: TaskEntry): Promise<void> {
    const { task } = entry.log;
    await this.#keep(entry);
    if (task.cancelRequested) return this.end(entry, { type: 'cancelled', ...cancellationOf(task) });
    const run = this.table.runOf(entry)?.log.task;
    if (run && (isTerminal(run.status) || run.cancelRequested)) {
      return this.end(entry, { type: 'cancelled', ...cancellationOf(run) });
    }
    try {
      const definition = this.own.get(task.name) ?? this.definitions.get(task.name);
      if (!definition) throw refusals.unknownTask(task.name, [...this.definitions.keys()]);
      const params = await validateParams(definition, task.params);
      const exclusive = definition.exclusive?.(params);
      entry.wait();
      this.#queueUp(entry, { definition, params, exclusive });
    } catch (thrown) {
      await this.end(entry, { type: 'failed', error: toTaskError(thrown) });
    }
  }

  #queueUp(entry: TaskEntry, job: Job<Work>): void {
    const { queue, priority } = job.definition;
    const { exclusive } = job;
    const { id, owner } = entry.log.task;
    const delayMs = entry.dueAt === undefined ? 0 : Date.parse(entry.dueAt) - Date.now();
    const run = () => this.#run(entry, job);
    const isFree = this.own.has(job.definition.name);
    this.#queue.add({ id, queue, owner, priority, exclusive, isFree, run }, delayMs);
  }

  async #run(entry: TaskEntry, job: Job<Work>): Promise<void> {
    const { log } = entry;
    const { definition, params } = job;
    const { store, progressIntervalMs, hooks } = this.#options;
    const waitSeconds = Math.max(0, Date.now() - Date.parse(entry.dueAt ?? log.task.createdAt)) / 1_000;
    this.#options.observer?.started?.({ ...runOf(log.task), waitSeconds });
    log.append({
      type: 'snapshot',
      change: { status: 'running', startedAt: log.task.startedAt ?? new Date().toISOString() },
      features: [],
    });
    const unwatch = this.#journal ? log.watch(() => this.#keepLater(entry)) : () => {};
    this.#keepLater(entry);
    const timeoutSeconds = hooks?.timeoutSeconds?.(definition) ?? definition.timeoutSeconds;
    const onProgress = hooks?.onProgress;
    const commit = this.#commitOf(entry);
    const run = new TaskRun({
      definition,
      params,
      log: logWithLines(
        logWithItems(log, (items) => this.items.add(log.task, items)),
        (line) => this.lines.add(log.task.id, line),
      ),
      store,
      items: entry.onlyItems,
      timeoutSeconds,
      progressIntervalMs,
      onProgress,
      commit,
    });
    entry.begin(run);
    // The call that queued the task is answered before the task takes the thread.
    await yieldToEventLoop();
    const verdict = await run.run();
    // The lines of a task that ended are there before its end is published, also after a crash.
    await this.#journalLines?.flush();
    unwatch();
    const { cancelWanted } = entry;
    const next = afterAttempt({ verdict, attempt: log.task.attempt, retry: definition.retry, cancelWanted });
    if (next.type === 'retry') {
      await this.#tryAgain(entry, job, next);
    } else if (next.type === 'end' && next.event.type === 'succeeded' && commit) {
      this.#settle(entry, next.event);
    } else if (next.type === 'end') {
      await this.end(entry, next.event);
    }
  }

  /**
   * If the journal can: commits the network together with the record of the task as it will be after its end is
   * published.
   */
  #commitOf(entry: TaskEntry): RunOptions<Work>['commit'] {
    const journal = this.#journal;
    if (!journal?.commit) return undefined;
    const { commit } = journal;
    const { log } = entry;
    return (transaction, result) => {
      fillBar(log);
      return commit(log.task.id, transaction, () => endRecord(entry, { type: 'succeeded', result }));
    };
  }

  /** Puts the task back into its queue, after a wait. Clients drop the features of the failed attempt at once. */
  async #tryAgain(
    entry: TaskEntry,
    job: Job<Work>,
    { waitSeconds, message }: { waitSeconds: number; message: string },
  ): Promise<void> {
    const { log } = entry;
    const { attempt } = log.task;
    // From here on it waits, and can be cancelled as what waits is.
    entry.waitUntil(new Date(Date.now() + waitSeconds * 1_000).toISOString());
    this.#options.observer?.restarted?.({ ...runOf(log.task), reason: 'retry' });
    this.#say(log, 'warning', message);
    const change = { status: 'queued', attempt: attempt + 1, progress: NO_PROGRESS } as const;
    log.append({ type: 'snapshot', change, features: [] });
    await this.#journal?.save(entry.record()).catch((cause) => this.#journalFailed(entry, cause));
    if (entry.state === 'waiting') this.#queueUp(entry, job);
  }

  async #keep(entry: TaskEntry): Promise<void> {
    if (!this.#journal) return;
    entry.saved = this.#journal.save(entry.record()).catch((cause) => {
      // One that was cancelled meanwhile is on its way to its end.
      if (entry.state === 'saving') entry.drop();
      this.table.remove(entry);
      const message = `The task could not be written down, so it was not queued: ${toTaskError(cause).message}`;
      throw new TaskRefusal({ code: 'internal', message }, { cause });
    });
    await entry.saved;
  }

  #keepLater(entry: TaskEntry): void {
    this.#journal?.saveLater(
      entry.log.task.id,
      () => entry.record(),
      (error) => this.#journalFailed(entry, error),
    );
  }

  #journalFailed({ log }: TaskEntry, error: unknown): void {
    const message = `The journal failed; after a restart the task may look older: ${toTaskError(error).message}`;
    this.#say(log, 'error', message);
    this.#options.observer?.problem?.(`The journal failed at task ${log.task.id}`, error);
  }

  /** Writes a line of the engine's own into the log of a task. */
  #say(log: EventLog, level: 'warning' | 'error', message: string): void {
    this.lines.add(log.task.id, lineOf({ level, message }, log.task.attempt));
    log.append({ type: 'log', level, message });
  }

  #logOf(task: EventLog['task']): EventLog {
    return new EventLog(task, this.#options.retention?.eventsPerTask ?? EVENTS_PER_TASK);
  }
}

function named({ name, queue }: EventLog['task']): { name: string; queue: string } {
  return { name, queue };
}

/** The task as it will be after its end is published. */
function endRecord(entry: TaskEntry, event: TerminalEvent): TaskRecord {
  const task = { ...entry.log.preview(event), ...entry.designFacts };
  entry.endedAt = task.finishedAt;
  return { ...entry.record(), task };
}
