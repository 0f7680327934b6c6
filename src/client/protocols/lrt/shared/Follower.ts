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
  /** The number of the first stream that brings all that follows `seen`. Undefined: no stream is known to. */
  admittedTo: number | undefined;
  readonly #receiver: TaskReceiver;
  readonly #goAlone: FollowAlone;
  #state = '';

  constructor(taskId: string, connection: Connection, receiver: TaskReceiver, goAlone: FollowAlone) {
    this.taskId = taskId;
    this.connection = connection;
    this.#goAlone = goAlone;
    this.#receiver = {
      ...receiver,
      event: (event) => {
        const { seq = -1 } = event;
        if (seq > this.seen) this.seen = seq;
        receiver.event(event);
      },
    };
  }

  /** Takes an event of stream `stream`. False: it cannot be read, and `goAlone` has to read it. */
  take(stream: number, event: string, data: string): boolean {
    // Before that stream, events may be missing between what was seen and this one.
    if (this.admittedTo === undefined || stream < this.admittedTo) return true;
    try {
      readEvent({ event, data, id: '' }, this.taskId, this.#receiver);
      return true;
    } catch {
      return false;
    }
  }

  /** Stream `stream` is at this position of the task. */
  admit(stream: number, position: number): void {
    if (this.admittedTo === undefined && position <= this.seen) this.admittedTo = stream;
    if (this.admittedTo !== undefined) this.show({ state: 'live' });
  }

  /** No stream is known to bring what follows. */
  dismiss(): void {
    this.admittedTo = undefined;
  }

  show(state: ConnectionState): void {
    if (state.state === 'live' && this.admittedTo === undefined) return;
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
