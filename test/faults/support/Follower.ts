import { type EventStream, openEventStream } from '../../../src/client/eventStream.ts';
import type { Connection } from '../../../src/client/http.ts';
import { taskEvent } from '../../../src/client/protocols/lrt/eventShapes.ts';
import { parse } from '../../../src/client/shapes.ts';
import { isTerminal, type TaskEvent, type TaskProgress } from '../../../src/contract/index.ts';

/** What a follower saw, of which `at` is when: milliseconds of this process's own steady clock. */
export type Seen = TaskEvent & { receivedAt: number };

/** Follows one task, through lost connections, and keeps every event as it came over the wire. */
export class Follower {
  readonly taskId: string;
  readonly seen: Seen[] = [];
  readonly #stream: EventStream;
  readonly #over = Promise.withResolvers<void>();
  #lost = 0;
  #refusal: unknown;

  constructor(url: string, taskId: string, connection: Connection = {}) {
    this.taskId = taskId;
    this.#stream = openEventStream(`${url}/tasks/${taskId}/events`, {
      ...connection,
      cursorParam: 'after',
      // Not the client's own way to end: who goes on after the terminal event would be told of a second one.
      onEvent: ({ data }) => {
        this.seen.push({ ...parse(taskEvent, data), receivedAt: performance.now() });
      },
      onError: (error) => {
        this.#refusal = error;
      },
      onConnection: ({ state }) => {
        if (state === 'reconnecting' && !this.ending) this.#lost += 1;
        if (state === 'closed') this.#over.resolve();
      },
    });
  }

  /** Resolves when the server has nothing more to say: 204, after the terminal event. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** How often the connection was lost. */
  get lost(): number {
    return this.#lost;
  }

  get ending(): TaskEvent | undefined {
    return this.seen.find(({ type }) => isTerminal(type));
  }

  get attempt(): number {
    return this.seen.at(-1)?.attempt ?? 0;
  }

  /** Units done in the attempt that runs. */
  get done(): number {
    const { attempt } = this;
    const newest = this.seen.findLast((event) => event.attempt === attempt && progressOf(event));
    return (newest && progressOf(newest)?.done) ?? 0;
  }

  /** Of the worker that runs the newest attempt; undefined: not known (yet). */
  get pid(): number | undefined {
    return this.pidOf(this.attempt);
  }

  pidOf(attempt: number): number | undefined {
    for (const event of this.seen) {
      if (event.attempt !== attempt) continue;
      const pid = /^process (\d+)$/.exec(progressOf(event)?.message ?? '')?.[1];
      if (pid) return Number(pid);
    }
    return undefined;
  }

  /** When the attempt was first seen running. */
  startOf(attempt: number): number | undefined {
    return this.seen.find(
      (event) => event.type === 'snapshot' && event.attempt === attempt && event.task.status === 'running',
    )?.receivedAt;
  }

  /** What is wrong with the events as such. */
  problems(): string[] {
    const problems: string[] = [];
    let last = -1;
    let attempt = 0;
    for (const event of this.seen) {
      const { seq, type } = event;
      if (seq <= last) problems.push(`number ${seq} (${type}) came after ${last}`);
      else if (last >= 0 && seq !== last + 1 && type !== 'snapshot') {
        problems.push(`number ${seq} (${type}) came after ${last}, without a snapshot`);
      }
      if (event.attempt < attempt) problems.push(`attempt ${event.attempt} came after ${attempt}`);
      last = seq;
      attempt = event.attempt;
    }
    const ends = this.seen.filter(({ type }) => isTerminal(type)).length;
    if (ends !== 1) problems.push(`${ends} terminal events`);
    else if (!isTerminal(this.seen.at(-1)?.type ?? '')) problems.push('events after the terminal one');
    const code = this.#refusal instanceof Error ? this.#refusal.message : '';
    if (ends === 0 && code) problems.push(`refused: ${code}`);
    return problems.map((problem) => `task ${this.taskId}: ${problem}`);
  }

  close(): void {
    this.#stream.close();
  }
}

function progressOf(event: TaskEvent): TaskProgress | undefined {
  return event.type === 'progress'
    ? event.progress
    : event.type === 'snapshot'
      ? event.task.progress
      : undefined;
}
