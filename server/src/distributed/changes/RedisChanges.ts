import type { Redis } from 'ioredis';
import { type ChangedTask, MAX_BEHIND } from '../../../../backend/tasks/watch/ChangeSource.ts';
import { BETWEEN_SCRIPT, CHANGE_SCRIPT, HEAD_SCRIPT } from '../logs/changeScripts.ts';
import { runScript, scriptOf } from '../logs/runScript.ts';
import type { TaskKeys } from '../logs/taskKeys.ts';

const CHANGE = scriptOf(CHANGE_SCRIPT);
const HEAD = scriptOf(HEAD_SCRIPT);
const BETWEEN = scriptOf(BETWEEN_SCRIPT);

/** Tasks that one call announces. */
const ANNOUNCED_AT_ONCE = 1_000;

/** The newest change of the deployment. */
export interface ChangesHead {
  /** Numbers of another epoch mean nothing: Redis lost its data, or another Redis took over that may lack the last of it. */
  epoch: string;
  number: number;
}

/** The changes of all tasks of a deployment, on Redis. */
export class RedisChanges {
  readonly #redis: Redis;
  readonly #keys: TaskKeys;
  /** The identity of the Redis process that the connection leads to. Undefined: not known yet. */
  #runId: Promise<string> | undefined;

  constructor(redis: Redis, keys: TaskKeys) {
    this.#redis = redis;
    this.#keys = keys;
    redis.on('close', () => {
      this.#runId = undefined;
    });
  }

  get channel(): string {
    return this.#keys.changesChannel;
  }

  async head(): Promise<ChangesHead> {
    const [runId, answer] = await Promise.all([
      this.#currentRunId(),
      runScript(this.#redis, HEAD, 1, this.#keys.changesHead),
    ]);
    if (!Array.isArray(answer))
      throw new Error(`Redis answered ${String(answer)} about the changes of tasks`);
    return { epoch: `${answer[0]}${runId}`, number: Number(answer[1]) };
  }

  /** Says that tasks changed. Each becomes a change, in this order. */
  async announce(taskIds: readonly string[]): Promise<void> {
    const { changesHead, changes, changesChannel } = this.#keys;
    for (let from = 0; from < taskIds.length; from += ANNOUNCED_AT_ONCE) {
      const some = taskIds.slice(from, from + ANNOUNCED_AT_ONCE);
      await runScript(this.#redis, CHANGE, 2, changesHead, changes, changesChannel, ...some);
    }
  }

  /**
   * The tasks whose last change is in this range, in order. Undefined: there are more than MAX_BEHIND, or not all of them
   * are kept, or the epoch is another one now.
   */
  async between(epoch: string, after: number, upTo: number): Promise<ChangedTask[] | undefined> {
    const { changesHead, changes } = this.#keys;
    const [runId, answer] = await Promise.all([
      this.#currentRunId(),
      runScript(this.#redis, BETWEEN, 2, changesHead, changes, after, upTo, MAX_BEHIND + 1),
    ]);
    if (!Array.isArray(answer) || !Array.isArray(answer[2])) return undefined;
    const [of, floor, entries]: unknown[] = answer;
    if (`${String(of)}${runId}` !== epoch || after < Number(floor) || !Array.isArray(entries))
      return undefined;
    if (entries.length > 2 * MAX_BEHIND) return undefined;
    const changed: ChangedTask[] = [];
    for (let i = 0; i < entries.length; i += 2) {
      changed.push({ taskId: String(entries[i]), number: Number(entries[i + 1]) });
    }
    return changed;
  }

  /** Redis may forbid the command; then a failover that loses changes is not noticed by it. */
  #currentRunId(): Promise<string> {
    this.#runId ??= this.#redis.info('server').then(
      (info) => /^run_id:([0-9a-f]{8})/m.exec(info)?.[1] ?? '',
      (error: unknown) => {
        this.#runId = undefined;
        if (error instanceof Error && error.message.startsWith('NOPERM')) return '';
        throw error;
      },
    );
    return this.#runId;
  }
}
