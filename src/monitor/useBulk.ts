import { useCallback, useState } from 'react';
import { toTaskError } from '../client/taskStore.ts';
import type { Asked } from './asked.ts';
import type { BulkProgress } from './bulk.ts';
import type { TaskAction, TaskActions } from './taskActions.ts';

/** An action on many tasks, which has a row of its own. */
export interface RunningBulk {
  key: number;
  action: TaskAction;
  progress: BulkProgress;
}

export interface Bulk {
  running: readonly RunningBulk[];
  start(asked: Asked): void;
  forget(key: number): void;
}

let keys = 0;

/** Carries out what the user has confirmed. One task has its own row already. */
export function useBulk(actions: TaskActions): Bulk {
  const [running, setRunning] = useState<readonly RunningBulk[]>([]);
  const forget = useCallback((key: number) => setRunning((all) => all.filter((one) => one.key !== key)), []);
  const start = useCallback(
    (asked: Asked) => {
      const { action, tasks, all } = asked;
      const [only] = tasks;
      if (only && tasks.length === 1 && !all) {
        void actions.run(action, only);
        return;
      }
      keys += 1;
      const key = keys;
      const show = (progress: BulkProgress) =>
        setRunning((others) => [...others.filter((one) => one.key !== key), { key, action, progress }]);
      import('./bulk.ts')
        .then(({ runBulk }) => runBulk(actions, asked, show))
        .then(
          // A refusal is to be read; else the rows themselves say it.
          ({ failed }) => failed === 0 && forget(key),
          (thrown) =>
            show({ done: 0, total: tasks.length, failed: tasks.length, error: toTaskError(thrown) }),
        );
    },
    [actions, forget],
  );
  return { running, start, forget };
}
