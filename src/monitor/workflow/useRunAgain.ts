/** Runs nodes of a workflow again, in a run of its own that keeps the results of the others. */
import { useRef, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { type Failure, idOf, toTaskError } from '../../client/taskStore.ts';
import type { NodesToRetry } from '../../contract/index.ts';

export interface RunAgain {
  /** The client has the ability. */
  can: boolean;
  isBusy: boolean;
  failure: Failure | undefined;
  start(nodes: NodesToRetry): void;
}

export function useRunAgain(
  system: SystemClient,
  runId: string,
  onStarted: (taskId: string) => void,
): RunAgain {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // Two clicks may come before the next drawing.
  const isStarting = useRef(false);

  async function start(nodes: NodesToRetry) {
    if (isStarting.current) return;
    isStarting.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      const ref: unknown = await system.retryTask?.(runId, { nodes });
      // The buttons stay as they are until the other run is shown: a second click starts no second run.
      onStarted(idOf(ref, 'retryTask'));
    } catch (thrown) {
      setFailure(toTaskError(thrown));
    }
    isStarting.current = false;
    setBusy(false);
  }

  return { can: system.retryTask !== undefined, isBusy: busy, failure, start: (nodes) => void start(nodes) };
}
