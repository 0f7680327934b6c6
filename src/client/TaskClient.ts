import type { RetryRequest, TaskSnapshot } from '../contract/index.ts';
import type {
  CallOptions,
  EnqueueOptions,
  SystemClient,
  TaskHandlers,
  TaskRef,
  TaskStream,
} from './SystemClient.ts';

/** The params that a task takes, and the result that it ends with. Both are JSON. */
export interface TaskType {
  params: object;
  result: unknown;
}

/** Every task, for a client that does not know which tasks the server has. */
export type AnyTasks = Record<string, TaskType>;

declare const result: unique symbol;

/** The id of a task that ends with a `Result`. Only the compiler sees the type of the result. */
export type TaskId<Result> = string & { readonly [result]?: Result };

/** A task that was just started. */
export interface StartedTask<Result> extends TaskRef {
  id: TaskId<Result>;
}

/**
 * A client of our task server. `Tasks` names the server's tasks, so that the compiler checks their params and knows their
 * results. It costs nothing at run time, where nothing is checked: the types are a promise of whoever writes them.
 * `TasksOf` of lrt-plugin/mocks and lrt-server reads them from the tasks' definitions.
 *
 * @example
 * interface Tasks {
 *   label_poles: { params: { design: string }; result: { labelled: number } };
 * }
 * const client = createTaskClient<Tasks>({ baseUrl: '/api' });
 * const { id } = await client.enqueueTask('label_poles', { design: 'design/North' });
 * const { labelled } = await client.waitFor(id, { signal: AbortSignal.timeout(600_000) });
 */
export interface TaskClient<Tasks extends Record<keyof Tasks, TaskType> = AnyTasks>
  extends Required<SystemClient> {
  enqueueTask<Name extends keyof Tasks & string>(
    name: Name,
    params: Tasks[Name]['params'],
    options?: EnqueueOptions,
  ): Promise<StartedTask<Tasks[Name]['result']>>;
  streamTaskProgress<Result = unknown>(
    taskId: TaskId<Result> | string | number,
    handlers: TaskHandlers<Result>,
  ): TaskStream;
  getTask<Result = unknown>(
    taskId: TaskId<Result> | string | number,
    options?: CallOptions,
  ): Promise<TaskSnapshot & { result?: Result }>;
  retryTask<Result = unknown>(
    taskId: TaskId<Result> | string | number,
    options?: RetryRequest & CallOptions,
  ): Promise<StartedTask<Result>>;
  /**
   * Resolves with the task's result once it has succeeded, however long that takes and however often the connection is
   * lost meanwhile. Rejects with a TaskClientError: the task's own error, 'cancelled' where the task was cancelled, or
   * the error of a server that refuses to show the task.
   *
   * With a `signal` it rejects with the signal's reason as soon as that is aborted. The task runs on then.
   */
  waitFor<Result = unknown>(taskId: TaskId<Result> | string | number, options?: CallOptions): Promise<Result>;
}
