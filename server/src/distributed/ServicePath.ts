import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type pg from 'pg';
import { NO_PROGRESS } from '../../../backend/tasks/newTask.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { inTime } from '../common/inTime.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { readSchemaVersion } from '../database/migrate.ts';
import { schemaState, tooOld } from '../database/schemaVersion.ts';
import { Dispatcher } from './Dispatcher.ts';
import { encodeEvent } from './logs/eventCodec.ts';
import { openRedis } from './logs/openRedis.ts';
import { RedisLogs } from './logs/RedisLogs.ts';
import { type TaskKeys, taskKeys } from './logs/taskKeys.ts';

/** Each step has this long. */
const STEP_MS = 4_000;
/** The name of the tasks that are checked with, and the beginning of their owners' and queues' names. */
const CHECK = 'lrt.check';

/** The services on the path of a task: either, or the claim of the one to the prefix in the other. */
export type PathPart = 'database' | 'redis' | 'deployment';

export interface PathFault {
  part: PathPart;
  /** Says which step failed: 'an event could not be logged'. */
  step: string;
  error: unknown;
}

/** Ends the transaction of a check, which must leave nothing behind. */
class Undo extends Error {}

/**
 * Goes the way of a task, with the pool and the connections that a server has: it stores a task, dispatches, claims and
 * ends it, in a transaction that it undoes; it puts a job into a queue of its own, appends an event to the log of a task
 * of its own, reads it back and removes both; and it compares the identity of the database with the one that Redis keeps
 * under the prefix. So a role without a privilege, a Redis user without a command or a channel, a session that is
 * read-only and a prefix that belongs to another deployment are found before a user finds them.
 *
 * @example
 * const path = new ServicePath({ pool, redisUrl, prefix: 'lrt' });
 * const faults = await path.check(); // []
 */
export class ServicePath {
  readonly #pool: pg.Pool;
  readonly #keys: TaskKeys;
  readonly #redis: Redis;
  readonly #subscriber: Redis;

  constructor({ pool, redisUrl, prefix }: { pool: pg.Pool; redisUrl: string; prefix: string }) {
    this.#pool = pool;
    this.#keys = taskKeys(prefix);
    // The engine reports a Redis that is away. Each step reports its own failure.
    this.#redis = openRedis(redisUrl, { onError: () => {} });
    this.#subscriber = openRedis(redisUrl, { onError: () => {} });
  }

  /** Resolves with what does not work. `claim`: takes the prefix for this database where nobody has it. Never rejects. */
  async check({ claim = false }: { claim?: boolean } = {}): Promise<PathFault[]> {
    const id = `check-${randomUUID()}`;
    const [database, redis] = await Promise.all([
      this.#step('database', 'a task could not be stored', () => this.#store(id)),
      this.#throughRedis(id),
    ]);
    const faults = [...database, ...redis];
    if (faults.length > 0) return faults;
    const step = 'the owner of the prefix could not be read';
    return this.#step('deployment', step, () => this.#refuseOther(claim));
  }

  close(): void {
    this.#redis.disconnect();
    this.#subscriber.disconnect();
  }

  async #step(part: PathPart, step: string, work: () => Promise<void>): Promise<PathFault[]> {
    try {
      await inTime(work(), STEP_MS);
      return [];
    } catch (error) {
      return [{ part, step, error }];
    }
  }

  async #store(id: string): Promise<void> {
    const owner = `${CHECK} ${id}`;
    const task = {
      ...{ id, name: CHECK, queue: CHECK, priority: 5, owner, fingerprint: '', words: '' },
      ...{ params: '{}', tags: '[]', progress: JSON.stringify(NO_PROGRESS), idempotency_key: `"${id}"` },
    };
    try {
      await inTransaction(this.#pool, async (client) => {
        const found = await readSchemaVersion(client);
        if (found && schemaState(found) === 'incompatible') throw new Error(tooOld(found));
        const { rows } = await client.query<{ answer: { dispatched: { id: string; job: number }[] } }>(
          'SELECT lrt.enqueue_tasks($1, 1, 2147483647) AS answer',
          [JSON.stringify([task])],
        );
        const jobs = rows[0]?.answer.dispatched ?? [];
        const claimed = await client.query('SELECT id FROM lrt.claim_tasks($1)', [JSON.stringify(jobs)]);
        if (claimed.rowCount !== 1) throw new Error('a task that was stored could not be claimed');
        const end = { id, attempt: 1, status: 'succeeded', progress: task.progress, message: '' };
        await client.query('SELECT lrt.end_tasks($1)', [JSON.stringify([end])]);
        throw new Undo();
      });
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
    }
  }

  /** The steps use one connection, so the first one that fails ends the check. */
  async #throughRedis(id: string): Promise<PathFault[]> {
    const faults = await this.#step('redis', 'a task could not be queued', () => this.#dispatch(id));
    if (faults.length > 0) return faults;
    return this.#step('redis', 'an event could not be logged and read back', () => this.#log(id));
  }

  async #dispatch(id: string): Promise<void> {
    let problem: unknown;
    const observer = {
      problem: (_: string, error: unknown) => {
        problem = error;
      },
    };
    const dispatcher = new Dispatcher({ redis: this.#redis, keys: this.#keys, observer });
    // A queue of its own: two checks must not clear each other's away.
    const job = { id, queue: `${CHECK}.${id}`, priority: 5, job: 1 };
    try {
      await dispatcher.add([job]);
      const missing = problem === undefined ? await dispatcher.missing([job]) : [];
      // A worker waits for jobs with this command, and reports nothing else where its user may not run it.
      await this.#redis.bzpopmin(`${this.#keys.queuePrefix}:${CHECK}.${id}:none`, 0.01);
      const [queue] = dispatcher.queues([job.queue]);
      await queue?.obliterate({ force: true });
      if (problem !== undefined) throw problem;
      if (missing.length > 0) throw new Error('the job is not in its queue');
    } finally {
      await dispatcher.close();
    }
  }

  async #log(id: string): Promise<void> {
    const channel = this.#keys.channel(id);
    // The check is no change that anybody watches, so it has a set of changes of its own.
    const changes = `${this.#keys.state(id)}:changes`;
    const changesHead = `${changes}:head`;
    const keys = { ...this.#keys, changes, changesHead, changesChannel: `${channel}:changes` };
    const logs = new RedisLogs(this.#redis, keys);
    const arrived = Promise.withResolvers<void>();
    const onMessage = (from: string) => {
      if (from === channel) arrived.resolve();
    };
    this.#subscriber.on('message', onMessage);
    try {
      await this.#subscriber.subscribe(channel);
      const task = checkTask(id);
      const seq = await logs.append(task, 1, [
        encodeEvent({ type: 'log', level: 'info', message: 'checked' }, task),
      ]);
      const [read] = typeof seq === 'number' ? await logs.after(id, seq - 1) : [];
      if (!read) throw new Error('the event is not in the log');
      await inTime(arrived.promise, STEP_MS, 'the event was not published to those who follow the task');
    } finally {
      this.#subscriber.off('message', onMessage);
      await Promise.allSettled([
        logs.remove([id]),
        this.#redis.del(changes, changesHead),
        this.#subscriber.unsubscribe(channel),
      ]);
    }
  }

  async #refuseOther(claim: boolean): Promise<void> {
    const { rows } = await this.#pool.query<{ id: string }>('SELECT id::text FROM lrt.deployment');
    const own = rows[0]?.id;
    const { deployment } = this.#keys;
    if (own !== undefined && claim) await this.#redis.set(deployment, own, 'NX');
    const known = await this.#redis.get(deployment);
    if (known !== null && known !== own) {
      throw new Error('the prefix in Redis belongs to another database: "lrt-server doctor" says what to do');
    }
  }
}

function checkTask(id: string): TaskSnapshot {
  return {
    id,
    name: CHECK,
    queue: CHECK,
    status: 'running',
    progress: NO_PROGRESS,
    params: {},
    owner: CHECK,
    tags: [],
    createdAt: new Date().toISOString(),
    attempt: 1,
    seq: 1,
  };
}
