import { pause } from '../../../../backend/common/pause.ts';
import type { TaskServices } from '../TaskServices.ts';

/**
 * Says again and again, in Redis, that there is a worker for these queues. Servers report to callers whose task is for
 * another queue that it waits for a worker. Redis forgets a worker that died after one and a half times the time after which
 * it counts as lost.
 */
export class SignOfLife {
  readonly #services: TaskServices;
  readonly #queues: readonly string[];
  readonly #closed = new AbortController();

  constructor(services: TaskServices, queues: readonly string[]) {
    this.#services = services;
    this.#queues = queues;
  }

  /** Resolves once it was given for the first time. */
  async start(): Promise<void> {
    await this.#give();
    this.#goOn();
  }

  /** Gives no more of them: the worker takes no more tasks. */
  close(): void {
    this.#closed.abort();
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#closed;
    const { touchMs } = this.#services.pace;
    for (await pause(touchMs, signal); !signal.aborted; await pause(touchMs, signal)) await this.#give();
  }

  async #give(): Promise<void> {
    const { redis, keys, pace, observer } = this.#services;
    const forMs = pace.lockMs + pace.touchMs;
    try {
      await Promise.all(this.#queues.map((queue) => redis.set(keys.alive(queue), '1', 'PX', forMs)));
    } catch (error) {
      observer.problem?.('A sign of life of this worker did not reach Redis', error);
    }
  }
}
