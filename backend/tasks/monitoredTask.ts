import type { NetworkWork } from '../network/NetworkStore.ts';
import { defineTask, type TaskContext, type TaskDefinition, type TaskDraft } from './defineTask.ts';

/** The task that monitored work reports to, as in the template of the Reflex protocol. */
export interface MonitoredTask {
  readonly id: string;
  /** Aborts on cancellation, on timeout and when the engine closes. */
  readonly signal: AbortSignal;
  /**
   * Says how far the task is (0 to 100) and what it is doing. Either may be left out, and stays as it is. Await it: it
   * rejects once the task is cancelled or out of time. Other numbers reject too.
   */
  update(update: { progress?: number; status?: string }): Promise<void>;
}

/** The work of a monitored task. `context` has what every task of this project gets, the network among it. */
export type MonitoredWork<This, Params, Result, Work extends object = NetworkWork> = (
  this: This,
  params: Params,
  task: MonitoredTask,
  context: TaskContext<Work>,
) => Promise<Result>;

/** A monitored task without its work. A decorated method that has no `name` here has its own. */
export type MonitoredDraft<
  Params,
  Work extends object = NetworkWork,
  Name extends string = string,
  Sent = unknown,
> = Omit<TaskDraft<Params, unknown, Work, Name, Sent>, 'execute'>;

/** A decorator of the TC39 standard for a method that is the work of a task on the network. */
export type MonitoredDecorator<Params> = <This extends object, Result>(
  method: MonitoredWork<This, Params, Result>,
  context: ClassMethodDecoratorContext<This, MonitoredWork<This, Params, Result>>,
) => void;

/** State words of the template. They say nothing that the task's own state does not say. */
const STATE_WORD = /^(NOT_STARTED|STARTING|PROCESSING|FINISHED|ERROR)$/i;

const decorated = new WeakMap<object, TaskDefinition[]>();

/**
 * The decorator of the Reflex template, `@monitored_background_task()`, for tasks of this project. The engine gives the id
 * and registers the task; it is STARTING until its first update, FINISHED when the work resolves, and ERROR with the
 * reason when it rejects. Nothing of that has to be written in the work, and clients of both protocols see it.
 *
 * With the work it gives a definition, as `defineTask` does. Without, it gives a decorator for a method; the definitions of
 * an object's methods are `monitoredTasksOf(object)`. Throws a TypeError that names the field that does not fit.
 *
 * @example
 * export const processData = monitoredTask(
 *   { name: 'process_data', params: z.strictObject({ batches: z.number() }) },
 *   async ({ batches }, task) => {
 *     for (let batch = 1; batch <= batches; batch++) {
 *       await task.update({ progress: (batch / batches) * 100, status: `Processing batch ${batch}/${batches}` });
 *     }
 *     return { batches };
 *   },
 * );
 */
export function monitoredTask<
  Params,
  Result,
  Work extends object = NetworkWork,
  Name extends string = string,
  Sent = unknown,
>(
  draft: MonitoredDraft<Params, Work, Name, Sent>,
  work: MonitoredWork<undefined, Params, Result, Work>,
): TaskDefinition<Params, Result, Work, Name, Sent>;
export function monitoredTask<Params>(
  draft: Omit<MonitoredDraft<Params>, 'name'> & { name?: string },
): MonitoredDecorator<Params>;
export function monitoredTask<Params, Result>(
  draft: Omit<MonitoredDraft<Params>, 'name'> & { name?: string },
  work?: MonitoredWork<undefined, Params, Result>,
): TaskDefinition<Params, Result> | MonitoredDecorator<Params> {
  if (work) return define(draft, draft.name ?? '', undefined, work);
  return (method, context) => {
    context.addInitializer(function () {
      const definition = define(draft, draft.name ?? String(context.name), this, method);
      decorated.set(this, [...(decorated.get(this) ?? []), definition]);
    });
  };
}

/**
 * The tasks of an object whose class has methods with the decorator `monitoredTask`; those of static methods belong to the
 * class itself. Empty where it has none.
 *
 * @example
 * const backend = await createMockBackend({ tasks: monitoredTasksOf(new Surveys()) });
 */
export function monitoredTasksOf(object: object): TaskDefinition[] {
  return [...(decorated.get(object) ?? [])];
}

function define<This, Params, Result>(
  draft: Omit<MonitoredDraft<Params>, 'name'>,
  name: string,
  self: This,
  work: MonitoredWork<This, Params, Result>,
): TaskDefinition<Params, Result> {
  return defineTask<Params, Result>({
    ...draft,
    name,
    execute: (params, context) => work.call(self, params, monitored(context), context),
  });
}

function monitored(context: TaskContext): MonitoredTask {
  const { taskId: id, signal } = context;
  return {
    id,
    signal,
    update: ({ progress, status }) =>
      context.progress({
        ...(progress !== undefined && { percent: progress }),
        ...(status !== undefined && { message: STATE_WORD.test(status) ? '' : status }),
      }),
  };
}
