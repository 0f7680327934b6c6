import {
  type BoundingBox,
  fitsStatus,
  isNodeTask,
  type TaskFilter,
  type TaskSnapshot,
  type TaskStatus,
} from '../../../src/contract/index.ts';
import { isVisible } from '../access.ts';
import type { Caller } from '../TaskEngine.ts';

/** The facts about a task that filters look at. They are all that is kept of a task that was deleted. */
export interface SelectableTask {
  owner: string;
  name: string;
  tags: readonly string[];
  /** The parameter `design`, if it is text. */
  design: string | undefined;
  status: TaskStatus;
  /** The message of its progress. */
  message: string;
  /** Encloses what the present attempt, or the last one, has built. */
  bbox: BoundingBox | undefined;
}

/** The facts about a task that filters look at. */
export function selectableOf(task: TaskSnapshot): SelectableTask {
  const { design } = task.params;
  return {
    owner: task.owner,
    name: task.name,
    tags: task.tags,
    design: typeof design === 'string' ? design : undefined,
    status: task.status,
    message: task.progress.message,
    bbox: task.built?.bbox,
  };
}

/**
 * A filter in the hands of one caller, for lists and watches of both engines. It selects nothing that the caller may not
 * see.
 *
 * @example
 * const selection = new TaskSelection({ status: 'active', owner: 'me' }, caller);
 * const mine = tasks.filter((task) => selection.selects(selectableOf(task)));
 */
export class TaskSelection {
  readonly #filter: TaskFilter;
  readonly #caller: Caller;
  readonly #words: string | undefined;

  constructor(filter: TaskFilter, caller: Caller) {
    this.#filter = filter;
    this.#caller = caller;
    this.#words = filter.q?.trim().toLowerCase() || undefined;
  }

  selects(task: SelectableTask): boolean {
    return this.maySelect(task) && this.selectsNow(task);
  }

  /** True if the facts that never change fit: the owner, the name, the tags and the design. */
  maySelect(task: SelectableTask): boolean {
    const { owner, name, tag, design, nodes } = this.#filter;
    if (!isVisible(task, this.#caller)) return false;
    if (owner === 'me' && task.owner !== this.#caller.owner) return false;
    if (name !== undefined && task.name !== name) return false;
    if (tag !== undefined && !task.tags.includes(tag)) return false;
    if (nodes === false && isNodeTask(task)) return false;
    return design === undefined || task.design === design;
  }

  /** True if the facts that change fit: the status, the words and the place. */
  selectsNow(task: SelectableTask): boolean {
    const { status, bbox } = this.#filter;
    if (!fitsStatus(task.status, status)) return false;
    if (bbox && !(task.bbox && touches(task.bbox, bbox))) return false;
    const words = this.#words;
    if (words === undefined) return true;
    return [task.name, task.message, ...task.tags].some((text) => text.toLowerCase().includes(words));
  }
}

/** The box of a task's work does not cross the antimeridian. The box of a filter does where its west is greater than its east. */
function touches([west, south, east, north]: BoundingBox, filter: BoundingBox): boolean {
  const [filterWest, filterSouth, filterEast, filterNorth] = filter;
  if (north < filterSouth || south > filterNorth) return false;
  if (filterWest <= filterEast) return west <= filterEast && east >= filterWest;
  return east >= filterWest || west <= filterEast;
}
