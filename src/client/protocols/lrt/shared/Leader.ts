import { isTerminal, type TaskError } from '../../../../contract/index.ts';
import type { Connection } from '../../../http.ts';
import type { TaskClientError } from '../../../TaskClientError.ts';
import { JointStream, MAX_TASKS } from './JointStream.ts';
import type { LeaderMessage, SharedEvent, WantedTask } from './messages.ts';
import { onceSoon } from './soon.ts';

/** The leader serves no more tabs than this. A page of the origin may send anything. */
const MAX_MEMBERS = 500;

/** A follower of a task, in any tab. */
interface Wanted {
  stream: JointStream;
  taskId: string;
  seen: number;
  /** A connection of the stream brings all that follows `seen`. */
  isAdmitted: boolean;
  /** Nothing more comes: the task has ended, or was refused. */
  isDone: boolean;
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
  /** Tabs that have to say what they follow before the first stream is opened. */
  #awaited: Set<string> | undefined;
  #batch: { stream: number; events: SharedEvent[] } | undefined;
  readonly #updateSoon = onceSoon(() => this.#update());
  #isOver = false;

  constructor(options: LeaderOptions) {
    this.#options = options;
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
      if (before?.taskId === taskId) list.set(number, before.isAdmitted ? before : { ...before, seen });
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
    for (const stream of this.#streams) stream.close();
  }

  #newWanted(taskId: string, seen: number): Wanted {
    const stream = this.#streamFor(taskId);
    this.#changed.add(stream);
    const position = stream.number ? stream.positionOf(taskId) : undefined;
    const isAdmitted = position !== undefined && position <= seen;
    if (isAdmitted) this.#say({ type: 'position', stream: stream.number, tasks: [[taskId, position]] });
    const { state } = stream;
    if (state.state !== 'live') this.#say({ type: 'state', state, tasks: [taskId] });
    return { stream, taskId, seen, isAdmitted, isDone: false };
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
      onOpen: (number, tasks) => {
        const positions = new Map(tasks);
        for (const wanted of this.#all()) {
          const position = wanted.stream === stream ? positions.get(wanted.taskId) : undefined;
          if (position !== undefined && position <= wanted.seen) wanted.isAdmitted = true;
        }
        this.#say({ type: 'position', stream: number, tasks });
        this.#updateSoon();
      },
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

  #wantedOf(stream: JointStream): Map<string, number> {
    const lowest = new Map<string, number>();
    for (const { stream: itsOwn, taskId, seen, isAdmitted, isDone } of this.#all()) {
      if (itsOwn !== stream || isDone) continue;
      const needed = isAdmitted ? Math.max(seen, stream.positionOf(taskId) ?? -1) : seen;
      lowest.set(taskId, Math.min(needed, lowest.get(taskId) ?? needed));
    }
    return lowest;
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
        if (wanted.stream === stream && !wanted.isAdmitted && !wanted.isDone) isMissing = true;
      }
      stream.update({ isMissing, isNew: this.#changed.has(stream) });
    }
    this.#changed.clear();
  }

  /** Gathers the events that came together into one message. */
  #pass(stream: JointStream, number: number, event: SharedEvent): void {
    if (this.#batch?.stream !== number) this.#flush();
    if (!this.#batch) {
      this.#batch = { stream: number, events: [] };
      queueMicrotask(() => this.#flush());
    }
    this.#batch.events.push(event);
    const [taskId, type] = event;
    if (!isTerminal(type)) return;
    for (const wanted of this.#all()) {
      if (wanted.stream === stream && wanted.taskId === taskId && wanted.isAdmitted) wanted.isDone = true;
    }
    this.#updateSoon();
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
    const missing = missingTasks(error).filter((id) => this.#wantedOf(stream).has(id));
    if (missing.length > 0) {
      this.#say({ type: 'refused', tasks: missing, error: plain(error) });
      this.#finish(stream, missing);
      this.#updateSoon();
    } else if (error.code === 'unauthorized') {
      this.#options.onUnauthorized();
    } else this.#handBack(stream, false);
  }

  /** Each tab follows the tasks of this stream alone. */
  #handBack(stream: JointStream, careful: boolean): void {
    const tasks = [...this.#wantedOf(stream).keys()];
    stream.close();
    this.#finish(stream, tasks);
    this.#say({ type: 'alone', tasks, careful });
  }

  #finish(stream: JointStream, tasks: readonly string[]): void {
    for (const wanted of this.#all()) {
      if (wanted.stream === stream && tasks.includes(wanted.taskId)) wanted.isDone = true;
    }
  }
}

/** The tasks that the server does not know. */
function missingTasks({ code, details }: TaskClientError): string[] {
  const ids = code === 'task-not-found' ? details?.taskIds : undefined;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** An error as a message can carry it. */
function plain({ code, message, details }: TaskClientError): TaskError {
  return { code, message, ...(details && { details }) };
}
