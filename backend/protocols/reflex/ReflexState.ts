import { isTerminal, type TaskSnapshot } from '../../../src/contract/index.ts';
import type { TaskEngine } from '../../tasks/TaskEngine.ts';
import { reflexTaskOf } from './reflexTask.ts';
import type { Scope } from './scope.ts';

/** So many tasks of a client token are shown: those that have not ended first, then the newest. */
export const MAX_TASKS = 1_000;
const PAGE = 200;

/** A task as the JSON that is sent, so that it is written once, however often it is sent. */
export interface ShownTask {
  json: string;
  isActive: boolean;
  /** ISO 8601. */
  createdAt: string;
}

/** The task as the JSON that is sent. */
export function shown(task: TaskSnapshot): ShownTask {
  const { status, createdAt } = task;
  return { json: JSON.stringify(reflexTaskOf(task)), isActive: !isTerminal(status), createdAt };
}

/** All tasks of a client token as the Reflex protocol shows them. It is bounded: see MAX_TASKS. */
export class ReflexState {
  /** In the order in which they were created, while `#isSorted`. */
  #tasks = new Map<string, ShownTask>();
  #isSorted = true;
  #newest = '';

  /** Returns true where the state has changed. */
  set(id: string, task: ShownTask): boolean {
    const before = this.#tasks.get(id);
    if (before?.json === task.json && before.isActive === task.isActive) return false;
    this.#tasks.set(id, task);
    // A watch brings tasks in the order of their last change.
    if (task.createdAt < this.#newest && !before) this.#isSorted = false;
    else if (!before) this.#newest = task.createdAt;
    if (this.#tasks.size > MAX_TASKS) this.#dropOne();
    return true;
  }

  /** Returns true where the state has changed. */
  delete(id: string): boolean {
    return this.#tasks.delete(id);
  }

  clear(): void {
    this.#tasks.clear();
    this.#isSorted = true;
    this.#newest = '';
  }

  /** The fields `active_tasks` (newest first) and `all_tasks` (by id) of an answer, without the braces around them. */
  get json(): string {
    this.#sort();
    const active: string[] = [];
    const all: string[] = [];
    for (const [id, { json, isActive }] of this.#tasks) {
      if (isActive) active.push(json);
      all.push(`${JSON.stringify(id)}:${json}`);
    }
    return `"active_tasks":[${active.reverse().join(',')}],"all_tasks":{${all.join(',')}}`;
  }

  #sort(): void {
    if (this.#isSorted) return;
    this.#tasks = new Map([...this.#tasks].sort(([, a], [, b]) => byAge(a, b)));
    this.#isSorted = true;
  }

  #dropOne(): void {
    this.#sort();
    let [dropped] = this.#tasks.keys();
    for (const [id, { isActive }] of this.#tasks) {
      if (isActive) continue;
      dropped = id;
      break;
    }
    if (dropped !== undefined) this.#tasks.delete(dropped);
  }
}

/**
 * Reads the tasks of a scope into the state. Resolves with the cursor from which a watch brings every later change;
 * undefined where the engine has none.
 */
export async function loadState(
  state: ReflexState,
  engine: TaskEngine,
  scope: Scope,
): Promise<string | undefined> {
  const newest = await readPages(engine, scope, {});
  const active = newest.isWhole ? [] : (await readPages(engine, scope, { status: 'active' })).tasks;
  const found = new Map([...newest.tasks, ...active].map((task) => [task.id, task]));
  state.clear();
  for (const task of [...found.values()].sort(byAge)) state.set(task.id, shown(task));
  return newest.watchCursor;
}

async function readPages(engine: TaskEngine, { caller, filter }: Scope, status: { status?: 'active' }) {
  const tasks: TaskSnapshot[] = [];
  let page = await engine.list({ ...filter, ...status, limit: PAGE }, caller);
  const { watchCursor } = page;
  tasks.push(...page.tasks);
  while (page.nextCursor !== undefined && tasks.length < MAX_TASKS) {
    page = await engine.list({ ...filter, ...status, limit: PAGE, cursor: page.nextCursor }, caller);
    tasks.push(...page.tasks);
  }
  return { tasks, watchCursor, isWhole: page.nextCursor === undefined };
}

function byAge(a: { createdAt: string }, b: { createdAt: string }): number {
  if (a.createdAt === b.createdAt) return 0;
  return a.createdAt < b.createdAt ? -1 : 1;
}
