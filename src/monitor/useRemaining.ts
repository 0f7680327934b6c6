import { useCallback, useEffect, useRef, useState } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import type * as Estimates from '../parts/remaining.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

/** Estimates are kept for so many tasks, the ones that were shown last. */
const MOST = 200;

/**
 * Estimates what is left of the tasks that are shown, from how far they were when they were drawn: '8 to 12 sec left'. The
 * code for it is fetched after the list is there, since no estimate is honest at once.
 */
export function useRemaining(
  store: MonitorTasks,
  words: Translator,
): (task: TaskSnapshot, nowMs: number) => string | undefined {
  const estimates = useRef(new Map<string, Estimates.RemainingTime>());
  const [code, setCode] = useState<typeof Estimates>();
  useEffect(() => {
    let isOver = false;
    import('../parts/remaining.ts').then(
      (module) => {
        if (!isOver) setCode(module);
      },
      // The rows show the elapsed time alone.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, []);
  return useCallback(
    ({ id, attempt, progress: { percent }, startedAt }, nowMs) => {
      if (!code || percent === null || !startedAt) return undefined;
      const key = `${id} ${attempt}`;
      let estimate = estimates.current.get(key);
      if (!estimate) {
        estimate = code.createRemainingTime();
        const elapsedMs = store.clock.at(nowMs) - Date.parse(startedAt);
        estimate.add(0, 100, nowMs - Math.max(0, elapsedMs));
        estimates.current.set(key, estimate);
        const [oldest] = estimates.current.keys();
        if (estimates.current.size > MOST && oldest !== undefined) estimates.current.delete(oldest);
      }
      estimate.add(percent, 100, nowMs);
      return code.remainingLeftText(words, estimate.at(nowMs));
    },
    [store, words, code],
  );
}
