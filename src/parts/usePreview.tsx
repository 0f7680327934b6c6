import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { toTaskError } from '../client/taskStore.ts';
import type { HostApplication } from '../host/contract.ts';
import { hostCall } from './hostCall.ts';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';
import type { PreviewState } from './previewState.ts';
import type { TaskControls } from './TaskSession.ts';
import { useGhosts } from './useGhosts.ts';

export interface PreviewOptions {
  app: Pick<HostApplication, 'localisation' | 'map'>;
  /** It knows the task, and the server. */
  session: TaskControls;
  /** Undefined: the task cannot start yet. */
  params: Record<string, unknown> | undefined;
}

export interface ShownPreview {
  /** For `preview` of TaskSetup. Undefined where the client, or the task, has no preview. */
  button: ReactNode;
  /** The preview in words, for the content of the setup. */
  view: ReactNode;
  /** The params to start with: those that do what was shown, or else those that were given. */
  params: Record<string, unknown> | undefined;
}

const PreviewView = onDemand(() => import('./PreviewView.tsx').then((module) => module.PreviewView));
/** With these the server will never have a preview of the task, so nothing is offered. */
const NEVER = ['no-preview', 'not-found', 'method-not-allowed'];

/**
 * Offers to show what a task would do before it is started: in words, and on the map as features that are not there yet. The preview
 * goes when the params change, when a start begins, and with the dialog.
 *
 * @example
 * const preview = usePreview({ app, session, params });
 * <TaskSetup session={session} params={preview.params} preview={preview.button}>{preview.view}</TaskSetup>
 */
export function usePreview({ app, session, params }: PreviewOptions): ShownPreview {
  const { msg } = useTranslator();
  const key = JSON.stringify(params);
  const [shown, setShown] = useState<{ key: string | undefined; value: PreviewState }>();
  const [isAbsent, setAbsent] = useState(false);
  const asking = useRef<AbortController>(undefined);
  const overlay = app.map?.taskOverlay;
  const current = shown && shown.key === key ? shown.value : undefined;
  const preview = current?.state === 'ready' ? current.preview : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: with other params, and without the dialog, the question is void.
  useEffect(() => () => asking.current?.abort(), [key]);
  useGhosts(overlay, preview?.features);

  async function ask() {
    if (!params || current?.state === 'working') return;
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setShown({ key, value: { state: 'working' } });
    try {
      const answer = await hostCall(() => session.preview?.(params, { signal: mine.signal }));
      if (answer && !mine.signal.aborted) setShown({ key, value: { state: 'ready', preview: answer } });
    } catch (thrown) {
      if (mine.signal.aborted) return;
      const error = toTaskError(thrown);
      if (NEVER.includes(error.code)) setAbsent(true);
      setShown(NEVER.includes(error.code) ? undefined : { key, value: { state: 'failed', error } });
    }
  }

  const isOffered = session.canPreview?.() === true && !isAbsent;
  return {
    button: isOffered ? (
      <Button disabled={!params} aria-busy={current?.state === 'working'} onClick={() => void ask()}>
        {msg('preview')}
      </Button>
    ) : undefined,
    view: current ? <PreviewView app={app} shown={current} /> : null,
    params: preview?.exactParams ?? params,
  };
}
