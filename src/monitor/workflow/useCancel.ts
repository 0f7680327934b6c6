/** Asks the server to cancel a run, once. */
import { useRef, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { toTaskError } from '../../client/taskStore.ts';
import type { TaskSnapshot } from '../../contract/index.ts';

export interface Cancel {
  isAsked: boolean;
  /** Why the server refused. */
  problem: string | undefined;
  ask(): void;
}

export function useCancel(system: SystemClient, task: TaskSnapshot, onRequested: () => void): Cancel {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // Two clicks may come before the next drawing.
  const isAsking = useRef(false);
  const isAsked = busy || task.cancelRequested === true;

  async function cancel() {
    if (isAsked || isAsking.current) return;
    isAsking.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await system.cancelTask?.(task.id);
      onRequested();
    } catch (thrown) {
      const { code, message } = toTaskError(thrown);
      // It ended while we asked: its own events say how.
      if (code !== 'already-finished') setProblem(message);
    }
    isAsking.current = false;
    setBusy(false);
  }

  return { isAsked, problem, ask: () => void cancel() };
}
