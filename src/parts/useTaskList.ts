import { useEffect, useMemo, useReducer, useState } from 'react';
import type { ListQuery, SystemClient } from '../client/SystemClient.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import { pollTasks } from './pollTasks.ts';

export interface TaskList {
  /** Newest first; what was known last, while there is an error. */
  tasks: readonly TaskSnapshot[];
  /** 'unavailable': the host has no task server, or one that cannot list. 'failed': see `error`; it is tried again. */
  status: 'loading' | 'ready' | 'failed' | 'unavailable';
  error?: Failure;
  /** Asks now. */
  refresh(): void;
}

type Answer = Omit<TaskList, 'refresh'>;

const NOTHING_YET: Answer = { tasks: [], status: 'loading' };
const UNAVAILABLE: Answer = { tasks: [], status: 'unavailable' };

/**
 * The tasks of the server, for an overview. Asks again every few seconds while one of them is active and the page is
 * visible, less and less often while the server does not answer. Not a stream for each task: a browser keeps six
 * connections to a server, and a list of six running tasks would take them all. Follow the one that matters with
 * `createTaskSession`.
 *
 * @example
 * const list = useTaskList(app.system, { status: 'active' });
 */
export function useTaskList(system: SystemClient | undefined, query?: ListQuery): TaskList {
  const asked = JSON.stringify(query ?? {});
  const [answered, setAnswered] = useState<{ system: SystemClient; asked: string; answer: Answer }>();
  const [refreshes, refresh] = useReducer((count: number) => count + 1, 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a refresh begins anew, and drops the answer under way.
  useEffect(() => {
    if (!system?.listTasks) return;
    return pollTasks(
      () => system.listTasks?.(JSON.parse(asked)),
      (result) =>
        setAnswered((before) => {
          const tasks = before?.system === system && before.asked === asked ? before.answer.tasks : [];
          const answer: Answer =
            'tasks' in result
              ? { tasks: result.tasks, status: 'ready' }
              : { tasks, status: 'failed', error: toTaskError(result.thrown) };
          return { system, asked, answer };
        }),
    );
  }, [system, asked, refreshes]);

  const current = answered?.system === system && answered?.asked === asked ? answered.answer : NOTHING_YET;
  const answer = system?.listTasks ? current : UNAVAILABLE;
  return useMemo(() => ({ ...answer, refresh }), [answer]);
}
