import type { TaskError } from '../../../../contract/index.ts';
import type { StreamEvent } from '../../../eventStream.ts';
import type { TaskReceiver } from '../../../followTask.ts';
import type { Connection } from '../../../http.ts';
import type { ConnectionState } from '../../../SystemClient.ts';
import { TaskClientError } from '../../../TaskClientError.ts';
import { readEvent } from '../eventShapes.ts';

/** Leaves the shared stream, and goes on with a stream of its own after `seen` (-1: from the start). */
export type FollowAlone = (seen: number, how: { careful: boolean; strange?: StreamEvent }) => void;

let count = 0;

/** One follower of a task in this page. It takes the task's events from the shared stream. */
export class Follower {
  readonly number = ++count;
  readonly taskId: string;
  /** The client's connection. The stream is opened with that of one of the followers. */
  readonly connection: Connection;
  /** The newest sequence number that the follower was given; -1: none. */
  seen = -1;
  /** The connection that brings all that follows `seen`. Undefined: no connection is known to. */
  #servedBy: number | undefined;
  /** That connection serves only those that came late. */
  #isLate = false;
  readonly #receiver: TaskReceiver;
  readonly #goAlone: FollowAlone;
  #state = '';

  constructor(taskId: string, connection: Connection, receiver: TaskReceiver, goAlone: FollowAlone) {
    this.taskId = taskId;
    this.connection = connection;
    this.#goAlone = goAlone;
    this.#receiver = receiver;
  }

  /** Takes an event of connection `stream`. False: it cannot be read, and `goAlone` has to read it. */
  take(stream: number, event: string, data: string, seq: number): boolean {
    // Events may be missing between what was seen and the events of another connection.
    if (stream !== this.#servedBy) return true;
    try {
      readEvent({ event, data, id: '' }, this.taskId, this.#receiver);
    } catch {
      return false;
    }
    this.seen = Math.max(this.seen, seq);
    return true;
  }

  /** Connection `stream` is at this position of the task. */
  locate(stream: number, position: number, isLate: boolean): void {
    const isServed = this.#servedBy !== undefined;
    if (isLate && isServed && !this.#isLate) return;
    if (position <= this.seen) {
      this.#servedBy = stream;
      this.#isLate = isLate;
      this.show({ state: 'live' });
    } else if (!this.#isLate) this.dismiss();
  }

  /** No connection is known to bring what follows. */
  dismiss(): void {
    this.#servedBy = undefined;
    this.#isLate = false;
  }

  show(state: ConnectionState): void {
    if (state.state === 'live' && this.#servedBy === undefined) return;
    const text = JSON.stringify(state);
    if (text === this.#state) return;
    this.#state = text;
    this.#receiver.connection(state);
  }

  refuse(error: TaskError): void {
    this.#receiver.refused(new TaskClientError(error));
  }

  goAlone(careful: boolean, strange?: StreamEvent): void {
    this.#goAlone(this.seen, { careful, ...(strange && { strange }) });
  }
}
