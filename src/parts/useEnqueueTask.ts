import { useCallback, useMemo, useRef, useState } from 'react';
import type { EnqueueOptions, SystemClient } from '../client/SystemClient.ts';
import type { TaskClient, TaskId, TaskType } from '../client/TaskClient.ts';
import { type Failure, idOf, toTaskError } from '../client/taskStore.ts';

/** Starts tasks of one name, for a component. */
export interface EnqueueTask<Params extends object = Record<string, unknown>, Result = unknown> {
  /**
   * Starts a task, and resolves with its id. While a call is under way, another one resolves with the same task, so a
   * double click starts one. Rejects as `enqueueTask` does; then nothing was queued, and `error` says why. The function
   * is the same in every render.
   */
  enqueue(params: Params, options?: EnqueueOptions): Promise<TaskId<Result>>;
  /** True while a call is under way. */
  starting: boolean;
  /** The task that was started last. Follow it with `useTask(system, id)`. */
  id: TaskId<Result> | undefined;
  /** Why the last call was refused. */
  error: Failure | undefined;
}

interface State {
  starting: boolean;
  id?: string;
  error?: Failure;
}

/**
 * Starts tasks of one name from a component of one's own.
 *
 * @example
 * const { enqueue, starting, id, error } = useEnqueueTask(app.system, 'label_poles');
 * const task = useTask(app.system, id);
 * return <button disabled={starting} onClick={() => enqueue({ design: 'design/North' }).catch(() => {})}>Label</button>;
 */
export function useEnqueueTask<
  Tasks extends Record<keyof Tasks, TaskType>,
  Name extends keyof Tasks & string,
>(
  system: TaskClient<Tasks> | undefined,
  name: Name,
): EnqueueTask<Tasks[Name]['params'], Tasks[Name]['result']>;
export function useEnqueueTask(
  // A client that knows its tasks takes the names and params of those only.
  system: (SystemClient & { waitFor?: never }) | undefined,
  name: string,
): EnqueueTask;
export function useEnqueueTask(
  system: Pick<SystemClient, 'enqueueTask'> | undefined,
  name: string,
): EnqueueTask<object> {
  const [state, setState] = useState<State>({ starting: false });
  const underWay = useRef<{ system: unknown; name: string; task: Promise<string> }>(undefined);

  const enqueue = useCallback(
    (params: object, options?: EnqueueOptions): Promise<string> => {
      const present = underWay.current;
      if (present?.system === system && present?.name === name) return present.task;
      setState({ starting: true });
      const task = start(system, name, params, options);
      const call = { system, name, task };
      underWay.current = call;
      const end = (next: State) => {
        // The component has moved on to another client or another task.
        if (underWay.current !== call) return;
        underWay.current = undefined;
        setState(next);
      };
      task.then(
        (id) => end({ starting: false, id }),
        (thrown: unknown) => end({ starting: false, error: toTaskError(thrown) }),
      );
      return task;
    },
    [system, name],
  );

  const { starting, id, error } = state;
  return useMemo(() => ({ enqueue, starting, id, error }), [enqueue, starting, id, error]);
}

async function start(
  system: Pick<SystemClient, 'enqueueTask'> | undefined,
  name: string,
  params: object,
  options: EnqueueOptions | undefined,
): Promise<string> {
  if (!system) throw new TypeError('This host has no task server (app.system)');
  const started: unknown = await system.enqueueTask(name, params, options);
  return idOf(started, `enqueueTask("${name}")`);
}
