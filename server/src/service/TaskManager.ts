import { boundText } from '../../../backend/common/boundText.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { ExecuteRequest } from '../../../backend/protocols/control/parseExecuteRequest.ts';
import { type DataReference, referenceOf } from '../../../backend/protocols/control/referenceOf.ts';

/** So many tasks that have ended are kept. Those that ended first go first. */
const MAX_ENDED = 10_000;
const MAX_ERROR = 2_000;

/** A task of a service. It has the words of the template. */
export interface ServiceTask {
  readonly request: ExecuteRequest;
  readonly status: 'running' | 'complete' | 'failed';
  /** Whole percent. It never goes back. */
  readonly progress: number;
  /** Undefined until the task is complete. */
  readonly output: DataReference | undefined;
  /** Undefined where the task has not failed. */
  readonly error: string | undefined;
}

/**
 * The tasks of one service, by the ids that its callers gave. Any number of calls may report on tasks at the same time: each
 * task ends once, its progress never goes back, and what is reported after the end changes nothing.
 *
 * @example
 * manager.registerTask('t1', request);
 * manager.updateProgress('t1', 40);
 * manager.completeTask('t1', { protocol: 's3', uri: 's3://bucket/t1.json', format: 'json' });
 */
export class TaskManager {
  /** In the order of their starts, and those that ended in the order of their ends. */
  readonly #running = new Map<string, ServiceTask>();
  readonly #ended = new Map<string, ServiceTask>();
  readonly #maxEnded: number;

  constructor({ maxEnded = MAX_ENDED }: { maxEnded?: number } = {}) {
    this.#maxEnded = maxEnded;
  }

  /** The number of tasks that have not ended. */
  get running(): number {
    return this.#running.size;
  }

  get(taskId: string): ServiceTask | undefined {
    return this.#running.get(taskId) ?? this.#ended.get(taskId);
  }

  /**
   * Begins to keep a task. Returns false where the same workflow has registered it before: then the work must not begin again.
   * Throws a TaskRefusal ('idempotency-conflict') while a task of another workflow has the id. A task of another workflow that has
   * ended gives its id up.
   */
  registerTask(taskId: string, request: ExecuteRequest): boolean {
    const other = this.get(taskId);
    if (other?.request.workflowId === request.workflowId) return false;
    if (other?.status === 'running') {
      throw new TaskRefusal({
        code: 'idempotency-conflict',
        message: `A task of the workflow "${other.request.workflowId}" has the id "${taskId}" and has not ended; use an id that is unique, or wait for its end`,
      });
    }
    this.#ended.delete(taskId);
    this.#running.set(taskId, {
      request,
      status: 'running',
      progress: 0,
      output: undefined,
      error: undefined,
    });
    return true;
  }

  /** Reports percent, 0 to 100. Returns false where the task does not run, or the number says nothing new. */
  updateProgress(taskId: string, percent: number): boolean {
    const task = this.#running.get(taskId);
    const progress = Math.floor(Math.min(Math.max(percent, 0), 100));
    // Not a number is not above anything.
    if (!task || !(progress > task.progress)) return false;
    this.#running.set(taskId, { ...task, progress });
    return true;
  }

  /**
   * Ends a task with its output: a reference, or JSON data, which travels within one. Returns false where the task does not run.
   * Throws a TypeError where the output cannot be written as JSON, and the task goes on.
   */
  completeTask(taskId: string, output: unknown): boolean {
    return this.#end(taskId, { status: 'complete', progress: 100, output: referenceOf(output) });
  }

  /** Ends a task with the reason, which its caller will see. Returns false where the task does not run. */
  failTask(taskId: string, error: string): boolean {
    return this.#end(taskId, { status: 'failed', error: boundText(error, MAX_ERROR) });
  }

  #end(taskId: string, end: Partial<ServiceTask>): boolean {
    const task = this.#running.get(taskId);
    if (!task) return false;
    this.#running.delete(taskId);
    this.#ended.set(taskId, { ...task, ...end });
    for (const [oldest] of this.#ended) {
      if (this.#ended.size <= this.#maxEnded) break;
      this.#ended.delete(oldest);
    }
    return true;
  }
}
