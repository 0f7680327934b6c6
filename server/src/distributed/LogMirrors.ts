import type { Redis } from 'ioredis';
import { EventLog } from '../../../backend/tasks/EventLog.ts';
import { refusals } from '../../../backend/tasks/taskErrors.ts';
import { isTerminal, type TaskEvent } from '../../../src/contract.ts';
import type { TaskObserver } from '../observe/TaskObserver.ts';
import { decodeMessage } from './loggedEvent.ts';
import { pause } from './pause.ts';
import type { RedisLogs } from './RedisLogs.ts';
import type { TaskKeys } from './taskKeys.ts';
import { snapshotOf, type TaskRow } from './taskRow.ts';

const RETRY_MS = 500;
/** A mirror that nobody reads is kept this long: whoever lost a connection comes back to it. */
const LINGER_MS = 10_000;
const EVENTS_PER_TASK = 5_000;

interface Mirror {
  log: EventLog | undefined;
  loaded: Promise<EventLog>;
  readers: number;
  /** What came before the log was loaded. */
  early: TaskEvent[];
  /** Set while the log is being brought up to date. */
  catchingUp: Promise<void> | undefined;
  linger: ReturnType<typeof setTimeout> | undefined;
}

/**
 * This server's copies of the logs that somebody follows, fed from Redis: any number of streams of a task cost one
 * subscription. Numbers are dense, so that what Redis did not deliver is noticed and read from the log.
 */
export class LogMirrors {
  readonly #logs: RedisLogs;
  readonly #keys: TaskKeys;
  readonly #subscriber: Redis;
  readonly #row: (id: string) => Promise<TaskRow | undefined>;
  readonly #observer: TaskObserver;
  readonly #mirrors = new Map<string, Mirror>();
  readonly #byChannel = new Map<string, string>();
  readonly #closed = new AbortController();

  constructor(options: {
    logs: RedisLogs;
    keys: TaskKeys;
    /** A connection of its own: one that subscribes can do nothing else. */
    subscriber: Redis;
    row: (id: string) => Promise<TaskRow | undefined>;
    observer: TaskObserver;
  }) {
    this.#logs = options.logs;
    this.#keys = options.keys;
    this.#subscriber = options.subscriber;
    this.#row = options.row;
    this.#observer = options.observer;
    this.#subscriber.on('message', this.#onMessage);
    // After a lost connection: what was published meanwhile is in the logs.
    this.#subscriber.on('ready', this.#catchAllUp);
  }

  /** The task's log; call `release` when it is not followed any more. */
  async open(id: string): Promise<{ log: EventLog; release: () => void }> {
    const mirror = this.#mirrors.get(id) ?? this.#create(id);
    clearTimeout(mirror.linger);
    mirror.readers += 1;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      mirror.readers -= 1;
      if (mirror.readers === 0) this.#linger(id, mirror);
    };
    try {
      return { log: await mirror.loaded, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  close(): void {
    this.#closed.abort();
    this.#subscriber.off('message', this.#onMessage);
    this.#subscriber.off('ready', this.#catchAllUp);
    for (const [id, mirror] of [...this.#mirrors]) this.#drop(id, mirror);
  }

  #create(id: string): Mirror {
    const mirror: Mirror = {
      log: undefined,
      loaded: Promise.resolve().then(() => this.#load(id, mirror)),
      readers: 0,
      early: [],
      catchingUp: undefined,
      linger: undefined,
    };
    this.#mirrors.set(id, mirror);
    this.#byChannel.set(this.#keys.channel(id), id);
    mirror.loaded.catch(() => this.#drop(id, mirror));
    return mirror;
  }

  async #load(id: string, mirror: Mirror): Promise<EventLog> {
    // First the subscription, then the log: what happens in between comes twice rather than never.
    await this.#subscriber.subscribe(this.#keys.channel(id));
    const log = await this.#read(id);
    mirror.log = log;
    for (const event of mirror.early) this.#take(id, mirror, event);
    mirror.early = [];
    return log;
  }

  async #read(id: string): Promise<EventLog> {
    const kept = await this.#logs.load(id);
    // The row after the log: it is never behind it.
    const row = await this.#row(id);
    if (!row) throw refusals.taskNotFound([id]);
    if (!kept && isTerminal(row.status)) return new EventLog(snapshotOf(row), EVENTS_PER_TASK);
    if (!kept) {
      await this.#logs.beginAgain(snapshotOf(row));
      return this.#read(id);
    }
    const { state, events, features } = kept;
    const last = events.at(-1);
    const isDense = last?.seq === state.seq && last.seq - (events[0]?.seq ?? 0) === events.length - 1;
    if (state.ended) {
      const ended = isDense ? events : [];
      return EventLog.resume(snapshotOf(row, state), EVENTS_PER_TASK, { events: ended, features: [] });
    }
    // The row may know already that the task runs, or has ended, where the log does not: as far as the log goes.
    const snapshots = events.filter((event) => event.type === 'snapshot');
    const { status, startedAt, cancelRequested } = snapshots.at(-1)?.task ?? snapshotOf(row, state);
    const { result: _, error: __, finishedAt: ___, ...rest } = snapshotOf(row, state);
    const task = {
      ...rest,
      status,
      attempt: state.attempt,
      ...(startedAt && { startedAt }),
      ...(cancelRequested && { cancelRequested }),
    };
    return EventLog.resume(task, EVENTS_PER_TASK, { events: isDense ? events : [], features });
  }

  #onMessage = (channel: string, message: string): void => {
    const id = this.#byChannel.get(channel);
    const mirror = id === undefined ? undefined : this.#mirrors.get(id);
    if (id === undefined || !mirror) return;
    const event = decodeMessage(id, message);
    if (!event) return;
    this.#observer.eventDelivered?.((Date.now() - Date.parse(event.at)) / 1_000);
    if (mirror.log) this.#take(id, mirror, event);
    else mirror.early.push(event);
  };

  #take(id: string, mirror: Mirror, event: TaskEvent): void {
    const { log } = mirror;
    if (!log || log.accept(event) || event.seq <= log.task.seq) return;
    mirror.catchingUp ??= this.#catchUp(id, mirror).finally(() => {
      mirror.catchingUp = undefined;
    });
  }

  #catchAllUp = (): void => {
    for (const [id, mirror] of this.#mirrors) {
      mirror.catchingUp ??= this.#catchUp(id, mirror).finally(() => {
        mirror.catchingUp = undefined;
      });
    }
  };

  /** Reads on from the log. Where that has been cut, or begun anew, the mirror takes the state as it is now. */
  async #catchUp(id: string, mirror: Mirror): Promise<void> {
    while (!this.#closed.signal.aborted && this.#mirrors.get(id) === mirror && mirror.log) {
      const { log } = mirror;
      try {
        const events = await this.#logs.after(id, log.task.seq);
        const [next] = events;
        // Cut, or begun anew since: then the state as it is now.
        if (next && next.seq > log.task.seq + 1) log.replaceBy(await this.#read(id));
        else for (const event of events) log.accept(event);
        return;
      } catch (error) {
        this.#observer.problem?.(`The log of task ${id} could not be read`, error);
        await pause(RETRY_MS, this.#closed.signal);
      }
    }
  }

  #linger(id: string, mirror: Mirror): void {
    if (this.#closed.signal.aborted) return;
    mirror.linger = setTimeout(() => this.#drop(id, mirror), LINGER_MS);
    mirror.linger.unref();
  }

  #drop(id: string, mirror: Mirror): void {
    clearTimeout(mirror.linger);
    if (this.#mirrors.get(id) !== mirror) return;
    this.#mirrors.delete(id);
    const channel = this.#keys.channel(id);
    this.#byChannel.delete(channel);
    // Once Redis is back it does not know the subscription anyway.
    this.#subscriber.unsubscribe(channel).catch(() => {});
  }
}
