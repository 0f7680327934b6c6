import { isTerminal, type TaskError, type TaskSnapshot } from '../../../contract/index.ts';
import { type Connection, callJson } from '../../http.ts';
import type { KnownTasks } from '../../known/KnownTasks.ts';
import type { SourceUser, TaskSource } from '../../known/TaskSource.ts';
import { retryPauses } from '../../retryPauses.ts';
import type { CallOptions, ConnectionState } from '../../SystemClient.ts';
import { anything } from '../../shapes.ts';
import { isTaskClientError, TaskClientError } from '../../TaskClientError.ts';
import { type Polled, pollPause } from './pollPause.ts';
import { type ControlStatus, readOutput, readStatus } from './readAnswer.ts';

/**
 * A service that runs as several processes may know a task at one of them only. So a task counts as forgotten after so many answers
 * in a row: of four processes each time another one would have to answer.
 */
const LOST_AFTER_ANSWERS = 12;
const UNKNOWN_PAUSE_MS = 500;
/** A timer takes 31 bits of milliseconds, and a service that asks for a year of patience is asked again after an hour. */
const LONGEST_PAUSE_MS = 3_600_000;
/** The reason with which our services end a task that was cancelled. */
const CANCELLED = 'The task was cancelled';

export interface ControlSessionOptions {
  /** '/control' follows it. */
  baseUrl: string;
  connection: Connection;
  known: KnownTasks;
  mostPollSeconds: number;
}

interface Poll extends Polled {
  id: string;
  users: Set<SourceUser>;
  /** Answers in a row that do not know the task. */
  unknown: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends the question that is under way. */
  cancel: AbortController;
  nextPause: ReturnType<typeof retryPauses>;
  connection: ConnectionState;
}

/** The calls of a client of the control protocol. All that they bring goes to KnownTasks. A task is asked for only while somebody follows it. */
export class ControlSession implements TaskSource {
  readonly #options: ControlSessionOptions;
  readonly #polls = new Map<string, Poll>();
  /** They follow every task that runs. */
  readonly #watchers = new Set<SourceUser>();

  constructor(options: ControlSessionOptions) {
    this.#options = options;
  }

  /** Calls the service: `call('POST', 'execute', { body })`. Rejects with a TaskClientError. */
  call(
    method: 'GET' | 'POST',
    path: string,
    options: CallOptions & { body?: object } = {},
  ): Promise<unknown> {
    return callJson(this.#options.connection, anything, method, this.urlOf(path), options);
  }

  urlOf(path: string): string {
    return `${this.#options.baseUrl}/control/${path}`;
  }

  /** Asks for a task, and for its output once it is complete. Rejects with 'task-not-found' where the service does not know it. */
  async readTask(id: string, call?: CallOptions): Promise<TaskSnapshot> {
    await this.#ask(id, call);
    const task = this.#options.known.get(id);
    if (!task) throw new TaskClientError({ code: 'task-not-found', message: `There is no task "${id}"` });
    return task;
  }

  /** Takes what a service said of a task, with its output where it is complete. */
  async take(id: string, status: ControlStatus, output: () => Promise<unknown>): Promise<void> {
    const { known } = this.#options;
    const before = known.get(id);
    if (before && isTerminal(before.status)) return;
    const { percent, message, error } = status;
    if (status.status === 'running') known.takeTask(id, { status: 'RUNNING', message, percent });
    else if (status.status === 'complete') {
      known.takeTask(id, { status: 'FINISHED', percent: 100, result: await output() });
    } else if (error === CANCELLED) known.takeTask(id, { status: 'CANCELLED', percent });
    else known.takeTask(id, { status: 'ERROR', percent, ...(error !== undefined && { error }) });
  }

  /** Keeps a task, or with undefined every task that runs, up to date until the returned function is called. */
  use(id: string | undefined, user: SourceUser): () => void {
    if (id === undefined) return this.#watch(user);
    const poll = this.#polls.get(id) ?? this.#open(id);
    poll.users.add(user);
    queueMicrotask(() => {
      if (poll.users.has(user)) user.onConnection(poll.connection);
    });
    return () => this.#leave(poll, user);
  }

  #watch(user: SourceUser): () => void {
    const { known } = this.#options;
    this.#watchers.add(user);
    const releases = new Map<string, () => void>();
    const follow = (id: string, task: TaskSnapshot | undefined) => {
      if (task && !isTerminal(task.status)) {
        if (releases.has(id)) return;
        const { onConnection } = user;
        releases.set(id, this.use(id, { onConnection, onRefused: () => {} }));
      } else {
        releases.get(id)?.();
        releases.delete(id);
      }
    };
    const unwatch = known.watch((changes) => {
      for (const { id, task } of changes) follow(id, task);
    });
    queueMicrotask(() => {
      if (!this.#watchers.has(user)) return;
      user.onConnection({ state: 'live' });
      user.onState?.();
      for (const task of known.all()) follow(task.id, task);
    });
    return () => {
      this.#watchers.delete(user);
      unwatch();
      for (const release of releases.values()) release();
    };
  }

  #open(id: string): Poll {
    const poll: Poll = {
      id,
      users: new Set(),
      unknown: 0,
      startedAt: Date.now(),
      asked: [],
      mostSeconds: this.#options.mostPollSeconds,
      timer: undefined,
      cancel: new AbortController(),
      nextPause: retryPauses(),
      connection: { state: 'connecting' },
    };
    this.#polls.set(id, poll);
    poll.timer = setTimeout(() => void this.#poll(poll), 0);
    return poll;
  }

  #leave(poll: Poll, user: SourceUser): void {
    poll.users.delete(user);
    if (poll.users.size === 0) this.#close(poll);
  }

  #close(poll: Poll): void {
    clearTimeout(poll.timer);
    poll.cancel.abort();
    if (this.#polls.get(poll.id) === poll) this.#polls.delete(poll.id);
  }

  async #poll(poll: Poll): Promise<void> {
    const { id, cancel } = poll;
    const { signal } = cancel;
    const asked = Date.now();
    poll.asked = [...poll.asked.slice(-19), asked];
    try {
      const status = await this.#ask(id, { signal });
      if (signal.aborted) return;
      poll.unknown = 0;
      this.#note(poll, status);
      this.#say(poll, { state: 'live' });
      for (const user of [...poll.users]) user.onState?.();
    } catch (error) {
      if (signal.aborted) return;
      if (this.#isOver(poll, error)) return;
      const floor = isTaskClientError(error) ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
      const [pauseMs, attempt] = poll.nextPause(asked, false, false, floor);
      const most =
        poll.unknown > 0
          ? Math.min(UNKNOWN_PAUSE_MS, this.#options.mostPollSeconds * 1_000)
          : LONGEST_PAUSE_MS;
      const pause = Math.min(pauseMs, most);
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(poll, { state: 'reconnecting', attempt, retryAt: Date.now() + pause, reason });
      poll.timer = setTimeout(() => void this.#poll(poll), pause);
      return;
    }
    const task = this.#options.known.get(id);
    if (task && isTerminal(task.status)) this.#close(poll);
    else poll.timer = setTimeout(() => void this.#poll(poll), pollPause(poll, Date.now()));
  }

  #note(poll: Poll, { percent, pollSeconds }: ControlStatus): void {
    poll.mostSeconds = Math.min(this.#options.mostPollSeconds, pollSeconds ?? Number.POSITIVE_INFINITY);
    poll.nextPause = retryPauses();
    if (percent === null) return;
    const seen = { at: Date.now(), percent };
    poll.first ??= seen;
    poll.last = seen;
  }

  #say(poll: Poll, state: ConnectionState): void {
    if (state.state === 'live' && poll.connection.state === 'live') return;
    poll.connection = state;
    for (const user of [...poll.users]) user.onConnection(state);
  }

  /** True where no further question can bring an outcome. */
  #isOver(poll: Poll, error: unknown): boolean {
    if (!isTaskClientError(error)) return false;
    const isUnknown = error.code === 'task-not-found';
    poll.unknown = isUnknown ? poll.unknown + 1 : 0;
    if (isUnknown && poll.unknown < LOST_AFTER_ANSWERS) return false;
    const isFinal = isUnknown || ['unauthorized', 'forbidden', 'invalid-request'].includes(error.code);
    if (!isFinal) return false;
    const message = `The service no longer knows the task "${poll.id}"; it may have been started again, which forgets its tasks`;
    const refused: TaskError = isUnknown ? { code: 'task-not-found', message } : error;
    const users = [...poll.users];
    this.#close(poll);
    for (const user of users) user.onRefused(refused);
    if (isUnknown) this.#options.known.drop(poll.id);
    return true;
  }

  async #ask(id: string, call?: CallOptions): Promise<ControlStatus> {
    const path = `status/${encodeURIComponent(id)}`;
    const status = readStatus(await this.call('GET', path, call), this.urlOf(path));
    await this.take(id, status, () => this.readOutput(id, call));
    return status;
  }

  async readOutput(id: string, call?: CallOptions): Promise<unknown> {
    const path = `output/${encodeURIComponent(id)}`;
    return readOutput(await this.call('GET', path, call), this.urlOf(path));
  }
}
