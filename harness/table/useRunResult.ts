import { useEffect, useState } from 'react';
import type { HostSession } from '../HostSession.ts';
import { type RunResult, readResult } from './readResult.ts';

export type ShownResult = { state: 'loading' } | { state: 'failed' } | ({ state: 'ready' } & RunResult);

const LOADING: ShownResult = { state: 'loading' };

/** Gives the result of a run, read again when `content` is another: after a commit, or an undo. The list stays until the next has come. */
export function useRunResult(session: HostSession, taskId: string, content: unknown): ShownResult {
  const [shown, setShown] = useState<{ taskId: string; result: ShownResult }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another list
  useEffect(() => {
    const closed = new AbortController();
    const { signal } = closed;
    const show = (result: ShownResult) => signal.aborted || setShown({ taskId, result });
    const { user, baseUrl } = session.backend;
    const ask = (url: string) => user.fetch(url, signal);
    readResult(ask, baseUrl, session.app.system, taskId, signal).then(
      (result) => show({ state: 'ready', ...result }),
      () => show({ state: 'failed' }),
    );
    return () => closed.abort();
  }, [session, taskId, content]);
  return shown?.taskId === taskId ? shown.result : LOADING;
}
