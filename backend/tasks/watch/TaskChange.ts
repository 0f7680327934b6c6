import type { TaskSnapshot } from '../../../src/contract/index.ts';
import type { Json } from '../../common/JsonText.ts';
import { LoggedWatchEvent } from './LoggedWatchEvent.ts';
import type { SelectableTask } from './TaskSelection.ts';

/** A task as watchers see it. */
export interface WatchedTask {
  facts: SelectableTask;
  /** As a list shows it. Undefined: the task was deleted. */
  snapshot: Json<TaskSnapshot> | undefined;
}

/**
 * The newest change of one task: a link of the chain along which all watchers go. The task's next change supersedes it.
 * Then it holds nothing any more, and watchers that have not reached it yet pass it by.
 */
export class TaskChange {
  readonly taskId: string;
  /** Rises from change to change, over all tasks. */
  readonly number: number;
  readonly cursor: string;
  /** The change after this one, of whatever task. */
  next: TaskChange | undefined;
  #read: (() => WatchedTask) | undefined;
  #state: WatchedTask | undefined;
  #before: { number: number; facts: SelectableTask } | undefined;
  #taskEvent: LoggedWatchEvent | undefined;
  #goneEvent: LoggedWatchEvent | undefined;

  /** `read` gives the task's newest state. It is called once, by the first watcher that comes to this change. */
  constructor(taskId: string, number: number, cursor: string, read: (() => WatchedTask) | undefined) {
    this.taskId = taskId;
    this.number = number;
    this.cursor = cursor;
    this.#read = read;
  }

  get isSuperseded(): boolean {
    return this.#read === undefined;
  }

  /** Undefined where it is superseded. */
  get state(): WatchedTask | undefined {
    if (this.#read) this.#state ??= this.#read();
    return this.#state;
  }

  /** The task's change before this one, if a watcher has come to it: its number, and how the task was then. */
  get before(): { number: number; facts: SelectableTask } | undefined {
    return this.#before;
  }

  get taskEvent(): LoggedWatchEvent | undefined {
    const snapshot = this.state?.snapshot;
    if (snapshot) this.#taskEvent ??= LoggedWatchEvent.task(this.cursor, snapshot);
    return this.#taskEvent;
  }

  get goneEvent(): LoggedWatchEvent {
    this.#goneEvent ??= LoggedWatchEvent.gone(this.cursor, this.taskId, this.state?.snapshot);
    return this.#goneEvent;
  }

  /** The task has changed once more. */
  supersede(by: TaskChange): void {
    if (this.#state) by.#before = { number: this.number, facts: this.#state.facts };
    this.release();
  }

  release(): void {
    this.#read = undefined;
    this.#state = undefined;
    this.#before = undefined;
    this.#taskEvent = undefined;
    this.#goneEvent = undefined;
  }
}
