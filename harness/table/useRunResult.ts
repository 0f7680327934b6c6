import { useEffect, useState } from 'react';
import type { HostSession } from '../HostSession.ts';
import { ReadError } from '../map/readFeatures.ts';
import { type RunResult, readResult } from './readResult.ts';

/** `gone`: nobody knows the run. `lost`: the connection was, and the list is read again. */
export type ShownResult =
  | { state: 'loading' }
  | { state: 'gone' }
  | { state: 'lost' }
  | ({ state: 'ready' } & RunResult);

const AGAIN_AFTER_MS = 5_000;
const LOADING: ShownResult = { state: 'loading' };

/** Gives the result of a run, read again when `content` is another: after a commit, or an undo. The list stays until the next has come. */
export function useRunResult(session: HostSession, taskId: string, content: unknown): ShownResult {
  const [shown, setShown] = useState<{ taskId: string; result: ShownResult }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another list
  useEffect(() => {
    const closed = new AbortController();
    const { signal } = closed;
    const show = (result: ShownResult) => {
      if (signal.aborted) return;
      const isKept = (now: typeof shown) =>
        result.state === 'lost' && now?.taskId === taskId && now.result.state === 'ready';
      setShown((now) => (isKept(now) ? now : { taskId, result }));
    };
    const { user, baseUrl } = session.backend;
    const ask = (url: string) => user.fetch(url, signal);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      readResult(ask, baseUrl, session.app.system, taskId, signal).then(
        (result) => show({ state: 'ready', ...result }),
        (error) => {
          if (signal.aborted) return;
          const isGone = error instanceof ReadError && error.status === 404;
          show({ state: isGone ? 'gone' : 'lost' });
          if (!isGone) timer = setTimeout(read, AGAIN_AFTER_MS);
        },
      );
    };
    read();
    return () => {
      closed.abort();
      clearTimeout(timer);
    };
  }, [session, taskId, content]);
  return shown?.taskId === taskId ? shown.result : LOADING;
}
