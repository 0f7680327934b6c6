import { type DesignFacts, isTerminal, type TaskSnapshot } from '../../src/contract/index.ts';
import type { EventLog } from '../tasks/EventLog.ts';
import type { TaskRun } from '../tasks/TaskRun.ts';
import { designFactsOf } from './designFacts.ts';
import type { TaskRecord } from './TaskJournal.ts';

/** The state of a task in an EmbeddedEngine. Clients do not see it: they read the task's log. */
export type EntryState =
  /** The journal is asked to keep the task. */
  | 'saving'
  /** The journal refused the task. It was never queued. */
  | 'dropped'
  /** The queue has it, or will have it at `dueAt`. */
  | 'waiting'
  | 'running'
  /** The end is decided, and the journal is saving it. */
  | 'ending'
  | 'ended';

const NEXT: Record<EntryState, readonly EntryState[]> = {
  saving: ['waiting', 'ending', 'dropped'],
  dropped: [],
  waiting: ['running', 'ending'],
  running: ['waiting', 'ending'],
  ending: ['ended'],
  ended: [],
};

/** Says who asked for a task's cancellation, and when, as its snapshot and its terminal event do. */
export type Cancellation = Required<Pick<TaskSnapshot, 'cancelledBy' | 'cancelRequestedAt'>>;

type Stoppable = Pick<TaskRun<object>, 'decide' | 'stop'>;

/** One task as the engine holds it: a small state machine, so that a task can neither run twice nor end twice. */
export class TaskEntry {
  readonly log: EventLog;
  /** Rises from task to task. */
  readonly order: number;
  readonly idempotencyKey: string | undefined;
  /** Ids of the items to work on; undefined: all. */
  readonly onlyItems: readonly string[] | undefined;
  /** Equal for equal name and params. */
  readonly fingerprint: string;
  /** Set once a cancellation came too late for this run. Then there is no other run. */
  cancelWanted: Cancellation | undefined;
  /** When it ended, ISO 8601, as the journal has it. */
  endedAt: string | undefined;
  /** Facts about the task's design. They are no part of its events. */
  designFacts: DesignFacts;
  /** Rejects where the journal refused the task. */
  saved: Promise<void> = Promise.resolve();
  /** Resolves with the terminal event, or when the engine closes. */
  readonly over: Promise<void>;
  #resolveOver = () => {};
  #state: EntryState;
  #dueAt: string | undefined;
  #run: Stoppable | undefined;
  /** When its last run began, of performance.now(). */
  #beganMs: number | undefined;

  constructor(given: {
    log: EventLog;
    order: number;
    fingerprint: string;
    idempotencyKey?: string | undefined;
    onlyItems?: readonly string[] | undefined;
    dueAt?: string | undefined;
  }) {
    this.log = given.log;
    this.order = given.order;
    this.fingerprint = given.fingerprint;
    this.idempotencyKey = given.idempotencyKey;
    this.onlyItems = given.onlyItems;
    this.designFacts = designFactsOf(given.log.task);
    this.#dueAt = given.dueAt;
    this.#state = isTerminal(given.log.task.status) ? 'ended' : 'saving';
    this.over = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
  }

  /** The task as lists, gets and watches show it. */
  get task(): TaskSnapshot {
    return { ...this.log.task, ...this.designFacts };
  }

  get state(): EntryState {
    return this.#state;
  }

  /** Its run, from its begin until it has ended or waits again. */
  get run(): Stoppable | undefined {
    return this.#run;
  }

  /** Set while it waits to be tried again: when, ISO 8601. */
  get dueAt(): string | undefined {
    return this.#dueAt;
  }

  /** The duration of the last run. 0 if the task has not run. */
  get runSeconds(): number {
    return this.#beganMs === undefined ? 0 : (performance.now() - this.#beganMs) / 1_000;
  }

  /** It may run as soon as the queue lets it. */
  wait(): void {
    this.#enter('waiting');
  }

  /** It has failed, and may run again then. */
  waitUntil(dueAt: string): void {
    this.#enter('waiting');
    this.#run = undefined;
    this.#dueAt = dueAt;
  }

  begin(run: Stoppable): void {
    this.#enter('running');
    this.#run = run;
    this.#dueAt = undefined;
    this.#beganMs = performance.now();
  }

  /** Enters the state in which the end is decided. */
  decideEnd(): void {
    this.#enter('ending');
    this.#dueAt = undefined;
  }

  end(): void {
    this.#enter('ended');
    this.#run = undefined;
    this.release();
  }

  /** The journal refused it. */
  drop(): void {
    this.#enter('dropped');
    this.release();
  }

  /** Nobody is to wait for its end any more: it has ended or was dropped, or the engine closes. */
  release(): void {
    this.#resolveOver();
  }

  /** The record that the journal keeps of the task. */
  record(): TaskRecord {
    const { task, order, idempotencyKey, onlyItems } = this;
    return {
      task,
      order,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(onlyItems && { onlyItems }),
      ...(this.#dueAt !== undefined && { dueAt: this.#dueAt }),
    };
  }

  #enter(state: EntryState): void {
    if (!NEXT[this.#state].includes(state)) {
      throw new Error(
        `Task "${this.log.task.id}" is ${this.#state} and cannot be ${state}: the engine has a fault`,
      );
    }
    this.#state = state;
  }
}
