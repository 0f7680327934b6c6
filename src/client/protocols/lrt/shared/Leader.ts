import { isTerminal } from '../../../../contract/index.ts';
import type { Connection } from '../../../http.ts';
import type { TaskClientError } from '../../../TaskClientError.ts';
import { JointStream, MAX_TASKS } from './JointStream.ts';
import { type LeaderMessage, type Position, plain, type SharedEvent, type WantedTask } from './messages.ts';
import { onceSoon } from './soon.ts';

/** The leader serves no more tabs than this. A page of the origin may send anything. */
const MAX_MEMBERS = 500;

/** A follower of a task, in any tab. */
interface Wanted {
  stream: JointStream;
  taskId: string;
  seen: number;
  /**
   * 'waiting': no connection brings what follows `seen`. 'served': its stream does. 'late': the stream is further already,
   * and the connection for those that came late brings what is missing. 'done': the task has ended, or was refused.
   */
  state: 'waiting' | 'served' | 'late' | 'done';
}

type WithoutTerm<Message> = Message extends unknown ? Omit<Message, 'term'> : never;

export interface LeaderOptions {
  /** Address of `POST /tasks/events`. */
  url: string;
  connection: Connection;
  /** Hands a message to all tabs, the leader's own too. */
  send(message: WithoutTerm<LeaderMessage>): void;
  /** The credentials of this tab do not suffice. */
  onUnauthorized(): void;
}

/** The leading tab's part: it knows what each tab follows, keeps the stream for it, and sends the events to all tabs. */
export class Leader {
  readonly #options: LeaderOptions;
  readonly #members = new Map<string, Map<number, Wanted>>();
  readonly #streams: JointStream[] = [];
  /** Streams that somebody has begun to wait for. */
  readonly #changed = new Set<JointStream>();
  /** Serves those that came late, until they can join the others. */
  readonly #late: JointStream;
  /** Tabs that have to say what they follow before the first stream is opened. */
  #awaited: Set<string> | undefined;
  #batch: { stream: number; events: SharedEvent[] } | undefined;
  readonly #updateSoon = onceSoon(() => this.#update());
  #isOver = false;

  constructor(options: LeaderOptions) {
    this.#options = options;
    this.#late = new JointStream(options.url, options.connection, {
      wanted: () => this.#wantedLate(),
      onOpen: (number, tasks) => this.#say({ type: 'position', stream: number, isLate: true, tasks }),
      onEvent: (number, event) => this.#passLate(number, event),
      // The others' connection shows how it stands.
      onState: () => {},
      onRefused: (error) => this.#refused(this.#late, error),
      onUnfit: () => this.#handBack(this.#late, true),
    });
  }

  /** Opens the stream once each of these tabs has said what it follows, and at once without tabs. */
  begin(tabs: readonly string[]): void {
    this.#awaited = new Set(tabs.filter((tab) => !this.#members.has(tab)));
    this.#updateIfComplete();
  }

  /** No tab is waited for any longer. */
  hurry(): void {
    this.#awaited = new Set();
    this.#update();
  }

  /** Returns true where the leader did not know the tab. */
  want(member: string, tasks: readonly WantedTask[]): boolean {
    const known = this.#members.get(member);
    if (!known && this.#members.size >= MAX_MEMBERS) return false;
    const list = new Map<number, Wanted>();
    this.#members.set(member, list);
    for (const [number, taskId, seen] of tasks) {
      const before = known?.get(number);
      if (before?.taskId === taskId)
        list.set(number, before.state === 'waiting' ? { ...before, seen } : before);
      else list.set(number, this.#newWanted(taskId, seen));
    }
    this.#awaited?.delete(member);
    this.#updateIfComplete();
    return !known;
  }

  bye(member: string): void {
    this.#awaited?.delete(member);
    if (this.#members.delete(member) || this.#awaited) this.#updateIfComplete();
  }

  close(): void {
    this.#isOver = true;
    this.#flush();
    for (const stream of [this.#late, ...this.#streams]) stream.close();
  }

  #newWanted(taskId: string, seen: number): Wanted {
    const stream = this.#streamFor(taskId);
    this.#changed.add(stream);
    const position = stream.number ? stream.positionOf(taskId) : undefined;
    const isServed = position !== undefined && position <= seen;
    if (isServed) this.#sayPosition(stream, taskId, position);
    const { state } = stream;
    if (state.state !== 'live') this.#say({ type: 'state', state, tasks: [taskId] });
    return { stream, taskId, seen, state: isServed ? 'served' : 'waiting' };
  }

  #sayPosition(stream: JointStream, taskId: string, position: number): void {
    this.#say({ type: 'position', stream: stream.number, isLate: false, tasks: [[taskId, position]] });
  }

  /** The stream that brings the task, or the first one that has room for it. */
  #streamFor(taskId: string): JointStream {
    const counts = new Map<JointStream, Set<string>>();
    for (const wanted of this.#all()) {
      if (wanted.taskId === taskId) return wanted.stream;
      const ids = counts.get(wanted.stream) ?? new Set();
      counts.set(wanted.stream, ids.add(wanted.taskId));
    }
    const roomy = this.#streams.find((stream) => (counts.get(stream)?.size ?? 0) < MAX_TASKS);
    if (roomy) return roomy;
    const stream: JointStream = new JointStream(this.#options.url, this.#options.connection, {
      wanted: () => this.#wantedOf(stream),
      onOpen: (number, tasks) => this.#opened(stream, number, tasks),
      onEvent: (number, event) => this.#pass(stream, number, event),
      onState: (state) => this.#say({ type: 'state', state, tasks: this.#tasksOf(stream) }),
      onRefused: (error) => this.#refused(stream, error),
      onUnfit: () => this.#handBack(stream, true),
    });
    this.#streams.push(stream);
    return stream;
  }

  *#all(): Generator<Wanted> {
    for (const list of this.#members.values()) yield* list.values();
  }

  /** The follower has been given so much. */
  #seenBy({ stream, taskId, seen, state }: Wanted): number {
    const served = state === 'served' ? stream : state === 'late' ? this.#late : undefined;
    return Math.max(seen, served?.positionOf(taskId) ?? -1);
  }

  /**
   * The tasks of a stream, with the lowest position that was seen. A follower that has seen nothing needs a snapshot. The
   * others would miss log entries if they took it for the events before it, so it is served with those that come late.
   */
  #wantedOf(stream: JointStream): Map<string, number> {
    const lowest = new Map<string, number>();
    for (const wanted of this.#all()) {
      if (wanted.stream !== stream || wanted.state === 'done') continue;
      const seen = this.#seenBy(wanted);
      const before = lowest.get(wanted.taskId) ?? -1;
      lowest.set(wanted.taskId, before < 0 || seen < 0 ? Math.max(before, seen) : Math.min(before, seen));
    }
    return lowest;
  }

  #wantedLate(): Map<string, number> {
    const lowest = new Map<string, number>();
    for (const wanted of this.#all()) {
      if (wanted.state !== 'late' || lowest.size === MAX_TASKS) continue;
      const seen = this.#seenBy(wanted);
      lowest.set(wanted.taskId, Math.min(seen, lowest.get(wanted.taskId) ?? seen));
    }
    return lowest;
  }

  #opened(stream: JointStream, number: number, tasks: Position[]): void {
    const positions = new Map(tasks);
    for (const wanted of this.#all()) {
      const position = positions.get(wanted.taskId);
      if (wanted.stream !== stream || position === undefined || wanted.state === 'done') continue;
      wanted.seen = this.#seenBy(wanted);
      if (position <= wanted.seen) wanted.state = 'served';
      else if (wanted.state === 'served') wanted.state = 'waiting';
    }
    this.#say({ type: 'position', stream: number, isLate: false, tasks });
    this.#updateSoon();
  }

  /** Undefined where one stream brings all tasks. */
  #tasksOf(stream: JointStream): string[] | undefined {
    return this.#streams.length > 1 ? [...this.#wantedOf(stream).keys()] : undefined;
  }

  #updateIfComplete(): void {
    if (this.#awaited?.size === 0) this.#updateSoon();
  }

  #update(): void {
    if (this.#isOver || this.#awaited?.size !== 0) return;
    for (const stream of [...this.#streams]) {
      let isMissing = false;
      for (const wanted of this.#all()) {
        if (wanted.stream !== stream || wanted.state !== 'waiting') continue;
        if (stream.positionOf(wanted.taskId) === undefined) isMissing = true;
        // The stream is further: a connection for those that come late brings what is missing.
        else if (stream.number) wanted.state = 'late';
      }
      stream.update({ isMissing, isNew: this.#changed.has(stream) });
    }
    this.#changed.clear();
    const late = this.#wantedLate();
    const isMissing = [...late.keys()].some((id) => this.#late.positionOf(id) === undefined);
    this.#late.update({ isMissing, isNew: isMissing });
  }

  /** Gathers the events that came together into one message. */
  #pass(stream: JointStream, number: number, event: SharedEvent): void {
    this.#gather(number, event);
    const [taskId, type] = event;
    if (isTerminal(type))
      this.#end((wanted) => wanted.stream === stream && wanted.state === 'served', [taskId]);
  }

  #passLate(number: number, event: SharedEvent): void {
    this.#gather(number, event);
    const [taskId, type] = event;
    const isLate = (wanted: Wanted) => wanted.state === 'late';
    if (isTerminal(type)) {
      this.#end(isLate, [taskId]);
      return;
    }
    const seen = this.#late.positionOf(taskId) ?? -1;
    const caughtUp = [...this.#all()].filter((wanted) => isLate(wanted) && wanted.taskId === taskId);
    const stream = caughtUp[0]?.stream;
    const position = stream?.number ? stream.positionOf(taskId) : undefined;
    if (!stream || position === undefined || position > seen) return;
    for (const wanted of caughtUp) {
      wanted.seen = seen;
      wanted.state = 'served';
    }
    this.#sayPosition(stream, taskId, position);
    this.#updateSoon();
  }

  #gather(number: number, event: SharedEvent): void {
    if (this.#batch?.stream !== number) this.#flush();
    if (!this.#batch) {
      this.#batch = { stream: number, events: [] };
      queueMicrotask(() => this.#flush());
    }
    this.#batch.events.push(event);
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.#options.send({ type: 'events', ...batch });
  }

  /** Sends a message after the events that came before it. */
  #say(message: WithoutTerm<LeaderMessage>): void {
    this.#flush();
    if (!this.#isOver) this.#options.send(message);
  }

  #refused(stream: JointStream, error: TaskClientError): void {
    const wanted = this.#tasksIn(stream);
    const missing = missingTasks(error).filter((id) => wanted.includes(id));
    if (missing.length > 0) {
      this.#say({ type: 'refused', tasks: missing, error: plain(error) });
      this.#end(() => true, missing);
    } else if (error.code === 'unauthorized') this.#options.onUnauthorized();
    else this.#handBack(stream, false);
  }

  /** Each tab follows the tasks of this stream alone. */
  #handBack(stream: JointStream, careful: boolean): void {
    const tasks = this.#tasksIn(stream);
    stream.close();
    this.#say({ type: 'alone', tasks, careful });
    this.#end(() => true, tasks);
  }

  #tasksIn(stream: JointStream): string[] {
    return [...(stream === this.#late ? this.#wantedLate() : this.#wantedOf(stream)).keys()];
  }

  /** Nothing more comes of these tasks, for the followers that `whom` selects. */
  #end(whom: (wanted: Wanted) => boolean, tasks: readonly string[]): void {
    for (const wanted of this.#all()) {
      if (tasks.includes(wanted.taskId) && whom(wanted)) wanted.state = 'done';
    }
    this.#updateSoon();
  }
}

/** The tasks that the server does not know. */
function missingTasks({ code, details }: TaskClientError): string[] {
  const ids = code === 'task-not-found' ? details?.taskIds : undefined;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
