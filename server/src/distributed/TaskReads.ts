import { setTimeout as delay } from 'node:timers/promises';
import { isVisible } from '../../../backend/tasks/access.ts';
import { countsOf } from '../../../backend/tasks/countsOf.ts';
import { type LoggedState, withLoggedState } from '../../../backend/tasks/rebuildTask.ts';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import { cursorOf } from '../../../backend/tasks/watch/ChangeFeed.ts';
import { selectableOf, TaskSelection } from '../../../backend/tasks/watch/TaskSelection.ts';
import {
  isTerminal,
  type TaskCounts,
  type TaskFilter,
  type TaskSnapshot,
} from '../../../src/contract/index.ts';
import { publishEnd } from './publishEnd.ts';
import { snapshotOf, type TaskRow } from './rows/taskRow.ts';
import type { TaskServices } from './TaskServices.ts';

/**
 * The worker has this long to publish an end that it committed. Then the engine that reads the task publishes it. Until
 * then the engine looks at the log again at this interval.
 */
const PUBLISHED_WITHIN_MS = 1_000;
const LOOK_AGAIN_MS = 20;

/** Reads tasks for a server: the rows, with what the logs know better. */
export class TaskReads {
  readonly #services: TaskServices;

  constructor(services: TaskServices) {
    this.#services = services;
  }

  /** Undefined where the task does not exist or is another owner's. */
  async find(id: string, caller: Caller): Promise<TaskRow | undefined> {
    if (id.includes('\0')) return undefined;
    const row = await this.#services.lookup.find(id);
    return row && isVisible(row, caller) ? row : undefined;
  }

  async snapshot(row: TaskRow): Promise<TaskSnapshot> {
    return (await this.snapshots([row]))[0] ?? snapshotOf(row);
  }

  /** A task that runs, as its log has it, with what is known of its design. */
  async withDesign(task: TaskSnapshot): Promise<TaskSnapshot> {
    if (typeof task.params.design !== 'string') return task;
    return { ...task, ...(await this.#services.designs.factsOfTask(task.id)) };
  }

  /** The rows that a filter selects for the caller, newest first. */
  async list(
    filter: TaskFilter,
    caller: Caller,
    page: { before: number | undefined; limit: number },
  ): Promise<TaskRow[]> {
    return this.#services.lookup.list({ ...(await this.#queryOf(filter, caller)), ...page });
  }

  /** Says how many tasks a filter selects for the caller. */
  async count(filter: TaskFilter, caller: Caller): Promise<TaskCounts> {
    const rows = await this.#services.lookup.count(await this.#queryOf(filter, caller), caller.owner);
    return countsOf(rows);
  }

  async #queryOf(filter: TaskFilter, caller: Caller) {
    const owner = caller.admin && filter.owner !== 'me' ? undefined : caller.owner;
    const touching = filter.bbox ? await this.#touching(filter, owner, caller) : [];
    return { owner, filter, touching };
  }

  /** Ids of the running tasks whose work touches the box of the filter. Only their logs know what they have built so far. */
  async #touching({ bbox }: TaskFilter, owner: string | undefined, caller: Caller): Promise<string[]> {
    const { lookup, logs, observer } = this.#services;
    const selection = new TaskSelection({ ...(bbox && { bbox }) }, caller);
    const running = await lookup.findAll(await lookup.running(owner));
    const states = await logs.states(running.map(({ id }) => id)).catch((error) => {
      observer.problem?.('The places of running tasks could not be read; a list lacks them', error);
      return new Map<string, LoggedState>();
    });
    return running.flatMap((row) => {
      const state = states.get(row.id);
      if (!state || state.attempt !== row.attempt) return [];
      return selection.selectsNow(selectableOf(withLoggedState(snapshotOf(row), state))) ? [row.id] : [];
    });
  }

  /** A watch that begins here misses nothing from now on. Undefined where Redis is away. */
  async watchCursor(): Promise<string | undefined> {
    const { changes, observer } = this.#services;
    try {
      const { epoch, number } = await changes.head();
      return cursorOf(epoch, number);
    } catch (error) {
      observer.problem?.('A list says nothing of a watch, because Redis does not answer', error);
      return undefined;
    }
  }

  /** The tasks of these rows, in their order, with what their logs know better. */
  async snapshots(rows: TaskRow[]): Promise<TaskSnapshot[]> {
    const { logs, observer } = this.#services;
    const active = rows.filter((row) => !isTerminal(row.status)).map(({ id }) => id);
    const live = await logs.states(active).catch((error) => {
      observer.problem?.(
        'The progress of tasks could not be read; what was written down last is shown',
        error,
      );
      return new Map<string, LoggedState>();
    });
    return Promise.all(
      rows.map(async (row) => {
        if (isTerminal(row.status) && !row.published) return this.#unpublished(row);
        const state = live.get(row.id);
        const stored = snapshotOf(row);
        return state?.attempt === row.attempt ? withLoggedState(stored, state) : stored;
      }),
    );
  }

  /**
   * The worker publishes the end after the task's other events, so a task that ended a moment ago may have unpublished
   * events. A worker that died in between publishes nothing. Then this engine publishes the end.
   */
  async #unpublished(row: TaskRow): Promise<TaskSnapshot> {
    const { logs, observer } = this.#services;
    try {
      for (let waited = 0; waited < PUBLISHED_WITHIN_MS; waited += LOOK_AGAIN_MS) {
        const state = (await logs.states([row.id])).get(row.id);
        if (state?.ended) return { ...snapshotOf(row), seq: state.seq };
        await delay(LOOK_AGAIN_MS);
      }
    } catch (error) {
      observer.problem?.(`Whether the end of task ${row.id} was logged is not known yet`, error);
    }
    return this.publishEnd(row);
  }

  /** Publishes the end of a task that its row has. Resolves with the task as the row has it then. */
  async publishEnd(row: TaskRow): Promise<TaskSnapshot> {
    const { lookup, observer } = this.#services;
    try {
      await publishEnd(row, this.#services);
    } catch (error) {
      observer.problem?.(`The end of task ${row.id} could not be logged yet`, error);
    }
    return snapshotOf((await lookup.find(row.id)) ?? row);
  }
}
