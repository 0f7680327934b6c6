import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import type { TaskKeys } from './logs/taskKeys.ts';
import type { Dispatched } from './rows/taskRow.ts';

/** A task, and which of its jobs this is. Everything else is in the task's row. */
export interface JobOfTask {
  id: string;
  job: number;
}

/**
 * The data of a job: one task, or the first of several. Workers of an earlier version run the first one and leave the others
 * to the sweeper.
 */
export interface JobData extends JobOfTask {
  more?: JobOfTask[];
}

/**
 * From so many tasks of one queue and priority on that may run at the same moment, they share jobs, up to ten each: BullMQ
 * hands jobs out singly, which costs more than a short task does. There are at least ten jobs all the same, so that each of
 * several workers gets its share of tasks that take minutes.
 */
const BUNDLE_FROM = 50;
const JOBS_AT_LEAST = 10;
const TASKS_PER_BUNDLE = 10;
/** A bundle is no task's own job: whoever takes out the job of one task must not take out the others. */
const BUNDLE = 'bundle-';

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
    const alone = tasks.filter((_, i) => answers[i]?.[1] === 0);
    const bundled = new Set<string>();
    for (const name of new Set(alone.map(({ queue }) => queue))) {
      for (const { id, job } of await this.#bundled(name)) bundled.add(jobId(id, job));
    }
    return alone.filter(({ id, job }) => !bundled.has(jobId(id, job)));
  }

  /** The tasks that the bundles in a queue carry. */
  async #bundled(name: string): Promise<JobOfTask[]> {
    const queue = this.#queue(name);
    const ids = await queue.getRanges(['waiting', 'prioritized', 'active'], 0, -1);
    const jobs = await Promise.all(ids.filter((id) => id.startsWith(BUNDLE)).map((id) => queue.getJob(id)));
    return jobs.flatMap((job) => (job ? tasksOf(job.data) : []));
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
    const alike = new Map<string, Dispatched[]>();
    for (const task of tasks) {
      const key = `${task.priority} ${task.queue}`;
      const those = alike.get(key);
      if (those) those.push(task);
      else alike.set(key, [task]);
    }
    await Promise.all([...alike.values()].map((those) => this.#addAlike(those)));
  }

  /** Adds tasks of one queue and priority. */
  async #addAlike(tasks: Dispatched[]): Promise<void> {
    const [first] = tasks;
    if (!first) return;
    const { queue, priority } = first;
    await this.#queue(queue).addBulk(
      jobsOf(tasks).map(({ jobId, data }) => ({
        name: 'task',
        data,
        opts: { jobId, priority, removeOnComplete: true, removeOnFail: true },
      })),
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

/** The tasks of a job. */
export function tasksOf({ id, job, more = [] }: JobData): JobOfTask[] {
  return [{ id, job }, ...more];
}

function jobsOf(tasks: readonly Dispatched[]): { jobId: string; data: JobData }[] {
  const shared = Math.min(TASKS_PER_BUNDLE, Math.floor(tasks.length / JOBS_AT_LEAST));
  const size = tasks.length < BUNDLE_FROM ? 1 : shared;
  const jobs = [];
  for (let from = 0; from < tasks.length; from += size) {
    const [first, ...more] = tasks.slice(from, from + size).map(({ id, job }) => ({ id, job }));
    if (!first) break;
    const own = jobId(first.id, first.job);
    jobs.push(
      more.length === 0
        ? { jobId: own, data: first }
        : { jobId: `${BUNDLE}${own}`, data: { ...first, more } },
    );
  }
  return jobs;
}

/** BullMQ's names have no colons, and task queues no percent signs. */
export function queueName(name: string): string {
  return name.replaceAll(':', '%3A');
}

function jobId(id: string, job: number): string {
  return `${id}-${job}`;
}
