import { isTerminal, type TaskError } from '../../../../contract/index.ts';
import type { Connection } from '../../../http.ts';
import type { TaskClientError } from '../../../TaskClientError.ts';
import { JointStream, type SentWatch } from './JointStream.ts';
import { LeaderTasks } from './LeaderTasks.ts';
import { LeaderWatches } from './LeaderWatches.ts';
import {
  type LeaderMessage,
  plain,
  type SharedEvent,
  type WantedTask,
  type WantedWatch,
} from './messages.ts';
import { onceSoon } from './soon.ts';

/** The leader serves no more tabs than this. A page of the origin may send anything. */
const MAX_MEMBERS = 500;

type WithoutTerm<Message> = Message extends unknown ? Omit<Message, 'term'> : never;

export interface LeaderOptions {
  /** Address of `POST /tasks/events`. */
  url: string;
  connection: Connection;
  term: number;
  /** Hands a message to all tabs, the leader's own too. */
  send(message: WithoutTerm<LeaderMessage>): void;
  /** The credentials of this tab do not suffice. */
  onUnauthorized(): void;
}

/** The leading tab's part: it knows what each tab follows, keeps the stream for it, and sends the events to all tabs. */
export class Leader {
  readonly #options: LeaderOptions;
  readonly #streams: JointStream[] = [];
  /** Streams that somebody has begun to wait for. */
  readonly #changed = new Set<JointStream>();
  /** Serves those that came late, until they can join the others. */
  readonly #late: JointStream;
  readonly #tasks: LeaderTasks;
  readonly #watches: LeaderWatches;
  /** Tabs that have to say what they follow before the first stream is opened. */
  #awaited: Set<string> | undefined;
  #batch: { stream: number; events: SharedEvent[] } | undefined;
  readonly #updateSoon = onceSoon(() => this.#update());
  #isOver = false;

  constructor(options: LeaderOptions) {
    this.#options = options;
    this.#watches = new LeaderWatches(options.term);
    this.#late = new JointStream(options.url, options.connection, {
      wanted: () => this.#tasks.wantedOf(this.#late),
      watch: () => undefined,
      onWatch: () => {},
      onOpen: (number, tasks) => {
        this.#tasks.openedLate(tasks);
        this.#say({ type: 'position', stream: number, isLate: true, tasks });
        this.#updateSoon();
      },
      onEvent: (number, event) => this.#passLate(number, event),
      // The others' connection shows how it stands.
      onState: () => {},
      onRefused: (error) => this.#refused(this.#late, error),
      onUnfit: () => this.#handBack(this.#late, true),
    });
    this.#tasks = new LeaderTasks(this.#late);
  }

  /** Opens the stream once each of these tabs has said what it follows, and at once without tabs. */
  begin(tabs: readonly string[]): void {
    this.#awaited = new Set(tabs.filter((tab) => !this.#tasks.has(tab)));
    this.#updateIfComplete();
  }

  /** No tab is waited for any longer. */
  hurry(): void {
    this.#awaited = new Set();
    this.#update();
  }

  /** Returns true where the leader did not know the tab. */
  want(member: string, tasks: readonly WantedTask[], watches: readonly WantedWatch[]): boolean {
    const isNew = !this.#tasks.has(member);
    if (isNew && this.#tasks.size >= MAX_MEMBERS) return false;
    this.#tasks.want(member, tasks, (taskId, seen) => this.#begin(taskId, seen));
    if (this.#watches.want(member, watches)) this.#houseWatches();
    this.#awaited?.delete(member);
    this.#updateIfComplete();
    return isNew;
  }

  bye(member: string): void {
    this.#awaited?.delete(member);
    this.#watches.bye(member);
    if (this.#tasks.bye(member) || this.#awaited) this.#updateIfComplete();
  }

  close(): void {
    this.#isOver = true;
    this.#flush();
    for (const stream of [this.#late, ...this.#streams]) stream.close();
  }

  #begin(taskId: string, seen: number): { stream: JointStream; state: 'served' | 'waiting' } {
    const stream = this.#tasks.streamFor(taskId, this.#streams) ?? this.#newStream();
    this.#changed.add(stream);
    const position = stream.number ? stream.positionOf(taskId) : undefined;
    const isServed = position !== undefined && position <= seen;
    if (isServed) this.#sayPosition(stream, taskId, position);
    const { state } = stream;
    if (state.state !== 'live') this.#say({ type: 'state', state, tasks: [taskId] });
    return { stream, state: isServed ? 'served' : 'waiting' };
  }

  #sayPosition(stream: JointStream, taskId: string, position: number): void {
    this.#say({ type: 'position', stream: stream.number, isLate: false, tasks: [[taskId, position]] });
  }

  /** Each watch has a stream. The first one goes with the tasks. */
  #houseWatches(): void {
    for (const filter of this.#watches.homeless) {
      const stream = this.#streams.find((one) => this.#watches.hasRoom(one)) ?? this.#newStream();
      this.#watches.settle(filter, stream);
      this.#changed.add(stream);
    }
  }

  #newStream(): JointStream {
    const stream: JointStream = new JointStream(this.#options.url, this.#options.connection, {
      wanted: () => this.#tasks.wantedOf(stream),
      watch: () => this.#watches.watchOf(stream),
      onWatch: (number, sent, type, data) => this.#passWatch(stream, number, sent, type, data),
      onOpen: (number, tasks) => {
        this.#tasks.opened(stream, tasks);
        this.#say({ type: 'position', stream: number, isLate: false, tasks });
        this.#updateSoon();
      },
      onEvent: (number, event) => this.#pass(stream, number, event),
      onState: (state) =>
        this.#say({
          type: 'state',
          state,
          tasks: this.#tasksOf(stream),
          filter: this.#watches.filterOf(stream),
        }),
      onRefused: (error) => this.#refused(stream, error),
      onUnfit: () => this.#handBack(stream, true),
    });
    this.#streams.push(stream);
    return stream;
  }

  /** Undefined where one stream brings all tasks. */
  #tasksOf(stream: JointStream): string[] | undefined {
    return this.#streams.length > 1 ? this.#tasksIn(stream) : undefined;
  }

  #updateIfComplete(): void {
    if (this.#awaited?.size === 0) this.#updateSoon();
  }

  #update(): void {
    if (this.#isOver || this.#awaited?.size !== 0) return;
    for (const stream of [...this.#streams]) {
      let isMissing = this.#tasks.isMissing(stream);
      if (this.#watches.isWaiting(stream)) {
        const joined = this.#watches.join(stream);
        if (joined) this.#say(joined);
        else if (stream.filter !== this.#watches.filterOf(stream)) isMissing = true;
      }
      stream.update({ isMissing, isNew: this.#changed.has(stream) });
    }
    this.#changed.clear();
    const isMissing = this.#tasks.isMissingLate;
    this.#late.update({ isMissing, isNew: isMissing });
  }

  #pass(stream: JointStream, number: number, event: SharedEvent): void {
    this.#gather(number, event);
    const [taskId, type] = event;
    if (!isTerminal(type)) return;
    this.#tasks.ended(stream, taskId);
    this.#updateSoon();
  }

  #passWatch(stream: JointStream, number: number, sent: SentWatch, type: string, data: string): void {
    try {
      if (type === 'watching') this.#say(this.#watches.began(number, sent, data));
      else this.#gather(number, ['', type, data, this.#watches.note(sent.filter, data)]);
    } catch {
      const message = 'The server sent an event of a watch that cannot be read';
      this.#endWatch(stream, { code: 'invalid-response', message });
    }
  }

  /** The stream goes on without its watch. False: it has none. */
  #endWatch(stream: JointStream, error: TaskError): boolean {
    const filter = this.#watches.end(stream);
    if (filter === undefined) return false;
    this.#say({ type: 'unwatched', filter, error });
    this.#updateSoon();
    return true;
  }

  #passLate(number: number, event: SharedEvent): void {
    this.#pass(this.#late, number, event);
    const [taskId] = event;
    const joined = this.#tasks.caughtUp(taskId);
    if (!joined) return;
    this.#sayPosition(joined.stream, taskId, joined.position);
    this.#updateSoon();
  }

  /** Gathers the events that came together into one message. */
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
      this.#tasks.finish(missing);
      this.#updateSoon();
    } else if (error.code === 'unauthorized') this.#options.onUnauthorized();
    // A server of before watches refuses their filters, and so does each server that finds a fault in one.
    else if (error.code === 'invalid-request' && this.#endWatch(stream, plain(error))) return;
    else this.#handBack(stream, false);
  }

  /** Each tab follows the tasks of this stream alone. */
  #handBack(stream: JointStream, careful: boolean): void {
    const tasks = this.#tasksIn(stream);
    this.#endWatch(stream, {
      code: 'unavailable',
      message: 'The stream does not work here: poll the list instead',
    });
    stream.close();
    this.#say({ type: 'alone', tasks, careful });
    this.#tasks.finish(tasks);
    this.#updateSoon();
  }

  #tasksIn(stream: JointStream): string[] {
    return [...this.#tasks.wantedOf(stream).keys()];
  }
}

/** The tasks that the server does not know. */
function missingTasks({ code, details }: TaskClientError): string[] {
  const ids = code === 'task-not-found' ? details?.taskIds : undefined;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
