import {
  BULK_TASK,
  type BulkAction,
  type BulkResult,
  fitsStatus,
  isTerminal,
  NODE_TAG,
  RUN_TAG,
  type TaskFilter,
  type TaskItem,
  type TaskSnapshot,
  type TaskStatus,
} from '../../../src/contract/index.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import type { TaskControls } from '../defineTask.ts';
import { MAX_CLEARED, type TaskEngine } from '../TaskEngine.ts';
import type { BulkParams } from './bulkParams.ts';

/** The engine as a bulk task uses it: as its caller, and by the same calls. */
export type BulkEngine = Pick<TaskEngine, 'list' | 'get' | 'count' | 'cancel' | 'retry' | 'clear'>;

/** One bulk task acts on so many tasks that a filter selects. A retry starts work, and at most 10,000 tasks may wait. */
const MOST: Record<BulkAction, number> = { cancel: 20_000, retry: 1_000, clear: 100_000 };
const PAGE = 200;
/** Calls that are under way at the same time. */
const AT_ONCE = 10;

/** The statuses of the tasks that each action is for, as a list takes them. */
const FOR: Record<BulkAction, readonly (TaskStatus | 'active' | 'finished')[]> = {
  cancel: ['active'],
  retry: ['failed', 'cancelled'],
  clear: ['finished'],
};

/** A call was refused so because the task is as the action would leave it. */
const DONE_ALREADY: Record<BulkAction, readonly string[]> = {
  cancel: ['already-finished', 'task-not-found'],
  retry: [],
  clear: ['task-not-found'],
};

const WORDS: Record<BulkAction, string> = { cancel: 'cancelled', retry: 'started again', clear: 'cleared' };

/** One run of a bulk task. */
export class BulkRun {
  readonly #engine: BulkEngine;
  readonly #params: BulkParams;
  readonly #controls: TaskControls;
  #done = 0;
  #failed = 0;
  #total = 0;

  constructor(engine: BulkEngine, params: BulkParams, controls: TaskControls) {
    this.#engine = engine;
    this.#params = params;
    this.#controls = controls;
  }

  async run(): Promise<BulkResult> {
    const { action, ids } = this.#params;
    const named = this.#controls.items ?? ids;
    const hasMore = named ? await this.#runNamed(named) : await this.#runSelected();
    return { action, done: this.#done, failed: this.#failed, ...(hasMore && { more: true }) };
  }

  async #runNamed(ids: readonly string[]): Promise<false> {
    const { as: caller } = this.#params;
    this.#total = ids.length;
    for (let from = 0; from < ids.length; from += PAGE) {
      const some = ids.slice(from, from + PAGE);
      const tasks = await inGroups(some, (id) => this.#engine.get(id, caller));
      const found = tasks.flatMap((task) => (task && !isBulk(task) ? [task.id] : []));
      const left = some.flatMap((id, i) => this.#unfit(id, tasks[i]) ?? []);
      await this.#report([...(await this.#act(found)), ...left]);
    }
    return false;
  }

  /** Why a task that is named by its id is left alone. */
  #unfit(id: string, task: TaskSnapshot | undefined): TaskItem | undefined {
    if (!task) {
      if (DONE_ALREADY[this.#params.action].includes('task-not-found')) return { id, ok: true };
      return { id, code: 'task-not-found', message: `There is no task with id "${id}"` };
    }
    if (!isBulk(task)) return undefined;
    const message =
      'A task that acts on many does not act on others of its kind; cancel or clear it by itself';
    return { id, code: 'bulk-task', message };
  }

  /** True: there are more than one task may act on. */
  async #runSelected(): Promise<boolean> {
    const { action, as: caller, filter = {} } = this.#params;
    const statuses = statusesOf(action, filter.status);
    for (const status of statuses) {
      const { byStatus } = await this.#engine.count({ ...filter, status }, caller);
      this.#total += Object.values(byStatus).reduce((sum, count) => sum + count, 0);
    }
    this.#total = Math.min(this.#total, MOST[action]);
    let left = MOST[action];
    for (const status of statuses) {
      let cursor = this.#params.before;
      do {
        const query = { ...filter, status, limit: PAGE, ...(cursor !== undefined && { cursor }) };
        // The newest come first, so those that wait are cancelled before those whose end would let them start.
        const page = await this.#engine.list(query, caller);
        const tasks = page.tasks.filter((task) => !isBulk(task) && !(action !== 'cancel' && isNode(task)));
        const some = tasks.slice(0, left);
        await this.#report(await this.#act(some.map(({ id }) => id)));
        left -= some.length;
        if (left === 0 && (some.length < tasks.length || page.nextCursor !== undefined)) return true;
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    }
    return false;
  }

  async #act(ids: readonly string[]): Promise<TaskItem[]> {
    const { action, as: caller } = this.#params;
    if (action === 'clear') return this.#clear(ids);
    const { taskId } = this.#controls;
    return inGroups(ids, async (id): Promise<TaskItem> => {
      this.#controls.signal.throwIfAborted();
      try {
        if (action === 'cancel') await this.#engine.cancel(id, caller);
        else await this.#engine.retry(id, caller, { idempotencyKey: `${taskId}/${id}` });
        return { id, ok: true };
      } catch (error) {
        // Anything else is the engine's trouble and not the task's: the run ends, or begins again.
        if (!isTaskRefusal(error)) throw error;
        const { code, message } = error.error;
        return DONE_ALREADY[action].includes(code) ? { id, ok: true } : { id, code, message };
      }
    });
  }

  async #clear(ids: readonly string[]): Promise<TaskItem[]> {
    const active = new Map<string, TaskStatus>();
    for (let from = 0; from < ids.length; from += MAX_CLEARED) {
      const answer = await this.#engine.clear(ids.slice(from, from + MAX_CLEARED), this.#params.as);
      for (const { id, status } of answer.active) active.set(id, status);
    }
    return ids.map((id) => {
      const status = active.get(id);
      if (status === undefined) return { id, ok: true };
      return { id, code: 'not-finished', message: `It is still ${status}; cancel it first` };
    });
  }

  async #report(items: TaskItem[]): Promise<void> {
    const failed = items.filter(({ ok }) => !ok).length;
    this.#failed += failed;
    this.#done += items.length - failed;
    const done = this.#done + this.#failed;
    const total = Math.max(this.#total, done);
    const message = `${this.#done} of ${total} ${WORDS[this.#params.action]}`;
    await this.#controls.progress({
      items,
      done,
      total,
      percent: total > 0 ? (100 * done) / total : null,
      message,
    });
  }
}

function isBulk({ name }: TaskSnapshot): boolean {
  return name === BULK_TASK;
}

/** The task of a workflow's node is retried with its run and cleared with it, unless it is named by its id. */
function isNode({ tags }: TaskSnapshot): boolean {
  return tags.some((tag) => tag.startsWith(RUN_TAG)) && tags.some((tag) => tag.startsWith(NODE_TAG));
}

/** The statuses that the action is for, as far as the filter wants them. */
function statusesOf(
  action: BulkAction,
  wanted: TaskFilter['status'],
): readonly NonNullable<TaskFilter['status']>[] {
  const own = FOR[action];
  if (wanted === undefined) return own;
  if (wanted === 'active' || wanted === 'finished') {
    return own.filter((status) =>
      status === 'active' || status === 'finished'
        ? status === wanted
        : isTerminal(status) === (wanted === 'finished'),
    );
  }
  return own.some((status) => fitsStatus(wanted, status)) ? [wanted] : [];
}

/** Calls for each of these, a few at the same time. The results are in their order. */
async function inGroups<Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(call))));
  }
  return results;
}
