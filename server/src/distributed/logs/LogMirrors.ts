import type { Redis } from 'ioredis';
import { pause } from '../../../../backend/common/pause.ts';
import { EventLog } from '../../../../backend/tasks/EventLog.ts';
import type { LoggedEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { EVENTS_PER_TASK } from '../../../../backend/tasks/logLimits.ts';
import { taskOfLog } from '../../../../backend/tasks/rebuildTask.ts';
import type { TaskObserver } from '../../../../backend/tasks/TaskObserver.ts';
import { refusals } from '../../../../backend/tasks/taskErrors.ts';
import type { TaskSnapshot } from '../../../../src/contract/index.ts';
import { inTime } from '../../common/inTime.ts';
import { snapshotOf, type TaskRow } from '../rows/taskRow.ts';
import { decodeMessage } from './eventCodec.ts';
import { EVENTS_PER_READ, type RedisLogs } from './RedisLogs.ts';
import type { TaskKeys } from './taskKeys.ts';

const RETRY_MS = 500;
const CHECK_MS = 5_000;
/** A mirror that nobody reads is kept this long: whoever lost a connection comes back to it. */
const LINGER_MS = 10_000;

/** Redis may accept commands and not answer them. Followers do not wait longer than this. */
const ANSWER_MS = 5_000;

interface Mirror {
  log: EventLog | undefined;
  loaded: Promise<EventLog>;
  readers: number;
  /** Events that arrived before the log was loaded. */
  early: LoggedEvent[];
  /** Set while the log is being brought up to date. */
  catchingUp: Promise<void> | undefined;
  /** The highest number that was heard of. */
  newest: number;
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
  readonly #checking: Promise<void>;
  /** True from the loss of the subscriber's connection until each mirror is being brought up to date. */
  #wasLost = false;
  /** Counts the losses. */
  #losses = 0;

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
    this.#subscriber.on('close', this.#onClose);
    this.#subscriber.on('ready', this.#catchAllUp);
    this.#checking = this.#checkOn();
  }

  /**
   * Follows a task that is about to be made, of which nothing has been said yet: its first reader finds the mirror
   * ready. `made` is the task as it was inserted; if it rejects, there is no such task, and its mirror is dropped.
   */
  expect(id: string, made: Promise<TaskSnapshot>): void {
    const mirror = this.#create(id, async () => {
      await this.#subscriber.subscribe(this.#keys.channel(id));
      return new EventLog(await made, EVENTS_PER_TASK);
    });
    // Where the subscription fails, nobody waits for it.
    made.catch(() => {});
    this.#linger(id, mirror);
  }

  /** The task as its mirror has it, where there is one that is up to date. */
  current(id: string): TaskSnapshot | undefined {
    const mirror = this.#mirrors.get(id);
    if (!mirror?.log || mirror.catchingUp || !this.#isConnected) return undefined;
    return mirror.log.task;
  }

  get #isConnected(): boolean {
    return !this.#wasLost && this.#subscriber.status === 'ready';
  }

  /**
   * The task's log, with all that Redis had of it when this was called. `seen` is the number that the follower has seen,
   * maybe on another server; a mirror that is behind it missed something. Call `release` when the log is not followed any
   * more. Rejects where Redis does not answer in 5 s.
   */
  async open(id: string, seen: number): Promise<{ log: EventLog; release: () => void }> {
    const mirror = this.#mirrors.get(id) ?? this.#create(id, () => this.#subscribeAndRead(id));
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
      const log = await answered(mirror.loaded);
      if (!this.#isConnected || log.seq < seen) this.#bringUpToDate(id, mirror);
      if (mirror.catchingUp) await answered(mirror.catchingUp);
      return { log, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#checking;
    this.#subscriber.off('message', this.#onMessage);
    this.#subscriber.off('close', this.#onClose);
    this.#subscriber.off('ready', this.#catchAllUp);
    for (const [id, mirror] of [...this.#mirrors]) this.#drop(id, mirror);
  }

  #create(id: string, load: () => Promise<EventLog>): Mirror {
    const mirror: Mirror = {
      log: undefined,
      loaded: Promise.resolve().then(async () => {
        mirror.log = await load();
        for (const event of mirror.early) this.#take(id, mirror, event);
        mirror.early = [];
        this.#hear(id, mirror, mirror.newest);
        return mirror.log;
      }),
      readers: 0,
      early: [],
      catchingUp: undefined,
      newest: 0,
      linger: undefined,
    };
    this.#mirrors.set(id, mirror);
    this.#byChannel.set(this.#keys.channel(id), id);
    mirror.loaded.catch(() => this.#drop(id, mirror));
    return mirror;
  }

  async #subscribeAndRead(id: string): Promise<EventLog> {
    // First the subscription, then the log: what happens in between comes twice rather than never.
    await this.#subscriber.subscribe(this.#keys.channel(id));
    return this.#read(id);
  }

  async #read(id: string): Promise<EventLog> {
    let kept = await this.#logs.load(id);
    // The row after the log: it is never behind it.
    let row = await this.#row(id);
    if (row && !kept && row.status !== 'queued') {
      // The task began, and maybe ended, between the two: then there is a log by now. Else the log is gone.
      kept = await this.#logs.load(id);
      row = await this.#row(id);
    }
    if (!row) throw refusals.taskNotFound([id]);
    const task = taskOfLog(snapshotOf(row), kept, { isPublished: row.published });
    // Ended long ago, not begun yet, or lost: then it goes on with the next event of the worker.
    if (!kept) return new EventLog(task, EVENTS_PER_TASK);
    const { state, events, built, base } = kept;
    const last = events.at(-1);
    const isDense = last?.seq === state.seq && last.seq - (events[0]?.seq ?? 0) === events.length - 1;
    return new EventLog(task, EVENTS_PER_TASK, {
      events: isDense ? events : [],
      built: state.ended ? [] : built,
      base,
      isPaged: state.ended && state.built !== undefined,
    });
  }

  #onMessage = (channel: string, message: string): void => {
    const id = this.#byChannel.get(channel);
    const mirror = id === undefined ? undefined : this.#mirrors.get(id);
    if (id === undefined || !mirror) return;
    const event = decodeMessage(id, message);
    if (!event) return;
    if ('large' in event) {
      this.#hear(id, mirror, event.large);
      return;
    }
    this.#observer.eventDelivered?.((Date.now() - Date.parse(event.at)) / 1_000);
    if (mirror.log) this.#take(id, mirror, event);
    else mirror.early.push(event);
  };

  #take(id: string, mirror: Mirror, event: LoggedEvent): void {
    mirror.log?.accept(event);
    this.#hear(id, mirror, event.seq);
  }

  /** An event with this number is in the log. */
  #hear(id: string, mirror: Mirror, seq: number): void {
    mirror.newest = Math.max(mirror.newest, seq);
    if (mirror.log && mirror.log.seq < seq) this.#bringUpToDate(id, mirror);
  }

  /** A connection that died silently delivers nothing and reports nothing, so this checks it. */
  async #checkOn(): Promise<void> {
    const { signal } = this.#closed;
    for (await pause(CHECK_MS, signal); !signal.aborted; await pause(CHECK_MS, signal)) {
      try {
        const states = await this.#logs.states([...this.#mirrors.keys()]);
        for (const [id, mirror] of this.#mirrors) {
          const { log } = mirror;
          const there = states.get(id);
          // A task that has not begun has no log yet. Where a log is lost, the row may know of the end.
          const isBehind = log && (there ? log.seq < there.seq : log.task.status !== 'queued');
          if (isBehind) this.#bringUpToDate(id, mirror);
        }
      } catch (error) {
        this.#observer.problem?.('The logs that are followed could not be checked', error);
      }
    }
  }

  #onClose = (): void => {
    this.#wasLost = true;
    this.#losses += 1;
  };

  /** After a lost connection: what was published meanwhile is in the logs. */
  #catchAllUp = async (): Promise<void> => {
    if (!this.#wasLost) return;
    const losses = this.#losses;
    // Answered after the subscriptions, which were sent before it: what is published from now on is heard.
    await this.#subscriber.ping().catch(() => {});
    if (losses !== this.#losses) return;
    this.#wasLost = false;
    for (const [id, mirror] of this.#mirrors) this.#bringUpToDate(id, mirror);
  };

  #bringUpToDate(id: string, mirror: Mirror): void {
    mirror.catchingUp ??= this.#catchUp(id, mirror).finally(() => {
      mirror.catchingUp = undefined;
    });
  }

  /**
   * Continues reading from the log. If that was cut, lost or begun again, the mirror takes the task's current state.
   */
  async #catchUp(id: string, mirror: Mirror): Promise<void> {
    while (!this.#closed.signal.aborted && this.#mirrors.get(id) === mirror && mirror.log) {
      const { log } = mirror;
      if (log.hasEnded) return;
      try {
        const events = await this.#logs.after(id, log.seq);
        const isNext = events[0]?.seq === log.seq + 1;
        if (isNext) {
          for (const event of events) log.accept(event);
          if (events.length === EVENTS_PER_READ) continue;
        } else if (events.length > 0 || !(await this.#reaches(id, Math.max(mirror.newest, log.seq)))) {
          mirror.newest = 0;
          // Without a row the task is about to be made, and there is nothing to read.
          const now = (await this.#row(id)) && (await this.#read(id));
          // The log is lost and has not begun again yet. The next event of the task's worker begins it, further on.
          if (now && now.seq > log.seq) log.replaceBy(now);
        }
        // One that came in the meantime could not be taken either.
        if (log.seq >= mirror.newest) return;
      } catch (error) {
        this.#observer.problem?.(`The log of task ${id} could not be read`, error);
        await pause(RETRY_MS, this.#closed.signal);
      }
    }
  }

  /** False means that Redis has lost events that it had delivered, or the whole log. */
  async #reaches(id: string, seq: number): Promise<boolean> {
    const state = (await this.#logs.states([id])).get(id);
    return state !== undefined && state.seq >= seq;
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

/** Rejects, as of an outage, where Redis takes too long to answer. */
function answered<T>(reading: Promise<T>): Promise<T> {
  const message = 'Command timed out: Redis does not answer, so the log of a task cannot be followed';
  return inTime(reading, ANSWER_MS, message);
}
