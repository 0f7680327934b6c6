import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import type { TaskKeys } from './logs/taskKeys.ts';
import type { Dispatched } from './rows/taskRow.ts';

/** The data of a job: the task, and which of its jobs this is. Everything else is in the task's row. */
export interface JobData {
  id: string;
  job: number;
}

/**
 * Adds tasks to BullMQ's queues. If a job gets lost on the way, the sweeper finds it, because the row says that there
 * should be one.
 */
export class Dispatcher {
  readonly #queues = new Map<string, Queue<JobData>>();
  readonly #redis: Redis;
  readonly #keys: TaskKeys;
  readonly #observer: TaskObserver;
  #adding = new Set<Promise<void>>();
  #closed = false;

  constructor({ redis, keys, observer }: { redis: Redis; keys: TaskKeys; observer: TaskObserver }) {
    this.#redis = redis;
    this.#keys = keys;
    this.#observer = observer;
  }

  /** Resolves once they are there, or could not be added (which is reported). */
  async add(tasks: readonly Dispatched[]): Promise<void> {
    if (this.#closed) return;
    const adding = this.#addAll(tasks).catch((error) => {
      this.#observer.problem?.(`${tasks.length} tasks could not be put into their queue yet`, error);
    });
    this.#adding.add(adding);
    await adding;
    this.#adding.delete(adding);
  }

  /** Takes a job out that no worker has taken up; best effort. */
  async remove({ id, queue, job }: { id: string; queue: string; job: number }): Promise<void> {
    await this.#queue(queue)
      .remove(jobId(id, job))
      .catch((error) =>
        this.#observer.problem?.(`The job of task ${id} could not be taken out of its queue`, error),
      );
  }

  /** Those whose job is not in its queue, waiting or being worked on. */
  async missing(tasks: readonly Dispatched[]): Promise<Dispatched[]> {
    const pipeline = this.#redis.pipeline();
    for (const { id, queue, job } of tasks) {
      pipeline.exists(`${this.#keys.queuePrefix}:${queueName(queue)}:${jobId(id, job)}`);
    }
    const answers = (await pipeline.exec()) ?? [];
    return tasks.filter((_, i) => answers[i]?.[1] === 0);
  }

  /** BullMQ's queues of these names, for anyone who wants to look into them. */
  queues(names: readonly string[]): Queue[] {
    return [...new Set(names)].map((name) => this.#queue(name));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#adding);
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #addAll(tasks: readonly Dispatched[]): Promise<void> {
    const byQueue = new Map<string, Dispatched[]>();
    for (const task of tasks) {
      const those = byQueue.get(task.queue);
      if (those) those.push(task);
      else byQueue.set(task.queue, [task]);
    }
    await Promise.all(
      [...byQueue].map(([name, those]) =>
        this.#queue(name).addBulk(
          those.map(({ id, job, priority }) => ({
            name: 'task',
            data: { id, job },
            opts: { jobId: jobId(id, job), priority, removeOnComplete: true, removeOnFail: true },
          })),
        ),
      ),
    );
  }

  #queue(name: string): Queue<JobData> {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new Queue<JobData>(queueName(name), {
        connection: this.#redis,
        prefix: this.#keys.queuePrefix,
      });
      queue.on('error', (error) => this.#observer.problem?.(`Queue "${name}"`, error));
      this.#queues.set(name, queue);
    }
    return queue;
  }
}

/** BullMQ's names have no colons, and task queues no percent signs. */
export function queueName(name: string): string {
  return name.replaceAll(':', '%3A');
}

function jobId(id: string, job: number): string {
  return `${id}-${job}`;
}
