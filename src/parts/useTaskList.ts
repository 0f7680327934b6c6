import { useEffect, useMemo, useReducer, useState } from 'react';
import type { ListQuery, SystemClient } from '../client/SystemClient.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import { watchTaskList } from './watchTaskList.ts';

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
 * The tasks of the server, for an overview. It reads the list and then watches what changes, through the one stream that
 * all tabs share, so it is live and costs no connection of its own. A task that did not change stays the same object, and
 * the component renders at most once a frame.
 *
 * Where the host's client cannot watch, or its server is too old for it, the list is read again every few seconds while a
 * task is active and the page is visible, less and less often while the server does not answer.
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
    return watchTaskList(system, JSON.parse(asked), (result) =>
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
