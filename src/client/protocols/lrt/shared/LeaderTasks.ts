import type { JointStream } from './JointStream.ts';
import { MAX_TASKS } from './JointStream.ts';
import type { Position, WantedTask } from './messages.ts';

/** A follower of a task, in any tab. */
interface Wanted {
  stream: JointStream;
  taskId: string;
  /** The follower has seen so much, at least. */
  seen: number;
  /**
   * 'waiting': no connection brings what follows `seen`. 'served': its stream does. 'late': the stream is further already,
   * so a connection for those that come late has to bring what is missing. 'catching-up': it does. 'done': the task has
   * ended, or was refused.
   */
  state: 'waiting' | 'served' | 'late' | 'catching-up' | 'done';
}

/** The leading tab's knowledge of the tasks that each tab follows, and of how far each follower is. */
export class LeaderTasks {
  readonly #late: JointStream;
  readonly #members = new Map<string, Map<number, Wanted>>();

  /** `late` serves the followers that came late. */
  constructor(late: JointStream) {
    this.#late = late;
  }

  get size(): number {
    return this.#members.size;
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** Takes all that a tab follows. `begin` is called for each follower that is new, and chooses its stream. */
  want(member: string, tasks: readonly WantedTask[], begin: (taskId: string, seen: number) => Begun): void {
    const known = this.#members.get(member);
    const list = new Map<number, Wanted>();
    this.#members.set(member, list);
    for (const [number, taskId, seen] of tasks) {
      const before = known?.get(number);
      if (before?.taskId !== taskId) list.set(number, { taskId, seen, ...begin(taskId, seen) });
      else list.set(number, before.state === 'waiting' ? { ...before, seen } : before);
    }
  }

  /** False: the tab is not known. */
  bye(member: string): boolean {
    return this.#members.delete(member);
  }

  /** The stream that brings the task, or the first one that has room for it. */
  streamFor(taskId: string, streams: readonly JointStream[]): JointStream | undefined {
    const counts = new Map<JointStream, Set<string>>();
    for (const wanted of this.#all()) {
      if (wanted.taskId === taskId) return wanted.stream;
      counts.set(wanted.stream, (counts.get(wanted.stream) ?? new Set()).add(wanted.taskId));
    }
    return streams.find((stream) => (counts.get(stream)?.size ?? 0) < MAX_TASKS);
  }

  /**
   * The tasks of a stream, with the lowest position that was seen. A follower that has seen nothing needs a snapshot. The
   * others would miss log entries if they took it for the events before it, so it is served with those that come late.
   */
  wantedOf(stream: JointStream): Map<string, number> {
    const lowest = new Map<string, number>();
    for (const wanted of this.#all()) {
      const isLate = wanted.state === 'late' || wanted.state === 'catching-up';
      if (wanted.state === 'done' || (stream === this.#late ? !isLate : wanted.stream !== stream)) continue;
      if (stream === this.#late && lowest.size === MAX_TASKS && !lowest.has(wanted.taskId)) continue;
      const seen = this.#seenBy(wanted);
      const before = lowest.get(wanted.taskId) ?? -1;
      lowest.set(wanted.taskId, before < 0 || seen < 0 ? Math.max(before, seen) : Math.min(before, seen));
    }
    return lowest;
  }

  /** A connection of the stream is open, and begins at these positions. The stream's own are those before it. */
  opened(stream: JointStream, positions: readonly Position[]): void {
    const byTask = new Map(positions);
    for (const wanted of this.#all()) {
      const position = byTask.get(wanted.taskId);
      if (wanted.stream !== stream || position === undefined || wanted.state === 'done') continue;
      wanted.seen = this.#seenBy(wanted);
      if (position <= wanted.seen) wanted.state = 'served';
      else if (wanted.state === 'served') wanted.state = 'waiting';
    }
  }

  openedLate(positions: readonly Position[]): void {
    const byTask = new Map(positions);
    for (const wanted of this.#all()) {
      const position = byTask.get(wanted.taskId);
      if (position === undefined || (wanted.state !== 'late' && wanted.state !== 'catching-up')) continue;
      wanted.seen = this.#seenBy(wanted);
      wanted.state = position <= wanted.seen ? 'catching-up' : 'late';
    }
  }

  /** True where somebody waits for a task that the stream does not bring. Those that come late are noted as such. */
  isMissing(stream: JointStream): boolean {
    let isMissing = false;
    for (const wanted of this.#all()) {
      if (wanted.stream !== stream || wanted.state !== 'waiting') continue;
      if (stream.positionOf(wanted.taskId) === undefined) isMissing = true;
      else if (stream.number) wanted.state = 'late';
    }
    return isMissing;
  }

  /** True where somebody came late whom no connection serves. A task serves one after the other. */
  get isMissingLate(): boolean {
    const busy = new Set<string>();
    for (const { state, taskId } of this.#all()) if (state === 'catching-up') busy.add(taskId);
    for (const { state, taskId } of this.#all()) if (state === 'late' && !busy.has(taskId)) return true;
    return false;
  }

  /** The late connection has brought an event. Returns what the followers of the task can join now, if they can. */
  caughtUp(taskId: string): { stream: JointStream; position: number } | undefined {
    const seen = this.#late.positionOf(taskId) ?? -1;
    let joined: { stream: JointStream; position: number } | undefined;
    for (const wanted of this.#all()) {
      if (wanted.taskId !== taskId || wanted.state !== 'catching-up') continue;
      const { stream } = wanted;
      const position = stream.number ? stream.positionOf(taskId) : undefined;
      if (position === undefined || position > seen) continue;
      wanted.seen = seen;
      wanted.state = 'served';
      joined = { stream, position };
    }
    return joined;
  }

  /** The stream has brought the end of the task. */
  ended(stream: JointStream, taskId: string): void {
    const state = stream === this.#late ? 'catching-up' : 'served';
    for (const wanted of this.#all()) {
      const isOf = stream === this.#late || wanted.stream === stream;
      if (isOf && wanted.taskId === taskId && wanted.state === state) wanted.state = 'done';
    }
  }

  /** Nothing more comes of these tasks. */
  finish(tasks: readonly string[]): void {
    const ids = new Set(tasks);
    for (const wanted of this.#all()) if (ids.has(wanted.taskId)) wanted.state = 'done';
  }

  *#all(): Generator<Wanted> {
    for (const list of this.#members.values()) yield* list.values();
  }

  /** The follower was given so much. */
  #seenBy({ stream, taskId, seen, state }: Wanted): number {
    const serving = state === 'served' ? stream : state === 'catching-up' ? this.#late : undefined;
    return Math.max(seen, serving?.positionOf(taskId) ?? -1);
  }
}

type Begun = Pick<Wanted, 'stream' | 'state'>;
