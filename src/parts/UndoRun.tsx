import { Button, theme } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { idOf, toTaskError } from '../client/taskStore.ts';
import {
  isRecord,
  type TaskError,
  type TaskPreview,
  type TaskSnapshot,
  UNDO_TASK,
  undoTag,
} from '../contract/index.ts';
import type { HostApplication } from '../host/contract.ts';
import { ErrorText } from './ErrorText.tsx';
import { hostCall } from './hostCall.ts';
import { Notice } from './Notice.tsx';
import { PreviewContent } from './PreviewView.tsx';
import { type PreviewWords, WithPreviewWords } from './PreviewWords.tsx';
import { useBroughtIntoView } from './useBroughtIntoView.ts';
import { useGhosts } from './useGhosts.ts';

export interface UndoRunProps {
  app: Pick<HostApplication, 'localisation' | 'map' | 'system'>;
  /** A task that has succeeded. */
  taskId: string;
  /** The task is an undo itself, so undoing it is called Redo. */
  isUndo?: boolean;
}

/** So many undos of undos are followed. */
const MOST_UNDOS = 20;

type Phase =
  | { phase: 'idle' }
  | { phase: 'asking' }
  /** `others`: what the undo is to do with records that others built on. */
  | { phase: 'asked'; preview: TaskPreview; others: 'refuse' | 'keep' }
  | { phase: 'running' }
  | { phase: 'undone'; by?: string; undo: string }
  | { phase: 'failed'; error: TaskError };

/**
 * Offers to undo a run, or to do it again where it was undone. It shows first what that would change, in words and on the map.
 * Nothing is shown where the client has no previews, because nobody should undo what they cannot see.
 */
export function UndoRun(props: UndoRunProps) {
  const { system } = props.app;
  if (!system?.previewTask) return null;
  return <WithPreviewWords app={props.app}>{(words) => <Undo {...props} words={words} />}</WithPreviewWords>;
}

function Undo({ app, taskId, isUndo = false, words }: UndoRunProps & { words: PreviewWords }) {
  const { token } = theme.useToken();
  const { msg } = words;
  // After an undo the next one undoes that undo, and so on.
  const [target, setTarget] = useState({ id: taskId, isUndo });
  const [state, setState] = useState<Phase>({ phase: 'idle' });
  const [isAbsent, setAbsent] = useState(false);
  const lifetime = useRef<AbortController>(undefined);
  const { system, map } = app;
  const overlay = map?.taskOverlay;

  useEffect(() => {
    const mine = new AbortController();
    lifetime.current = mine;
    return () => mine.abort();
  }, []);
  // Who has undone it before, in another tab or yesterday?
  useEffect(() => {
    let isCurrent = true;
    lastUndoOf(system, taskId).then(
      (last) => {
        if (!isCurrent || !last) return;
        const { undo, count } = last;
        setTarget({ id: undo.id, isUndo: count % 2 === 1 ? !isUndo : isUndo });
        setState({ phase: 'undone', by: undo.owner, undo: undo.id });
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [system, taskId, isUndo]);
  const ghosts = state.phase === 'asked' ? state.preview.features : undefined;
  useGhosts(overlay, ghosts);
  const asked = useRef<HTMLElement>(null);
  useBroughtIntoView(asked, state);

  const fail = (thrown: unknown) => {
    if (lifetime.current?.signal.aborted) return;
    const error = toTaskError(thrown);
    // The server is older than undoing.
    if (['unknown-task', 'no-preview', 'not-found', 'method-not-allowed'].includes(error.code))
      setAbsent(true);
    setState({ phase: 'failed', error });
  };

  const paramsOf = (others: 'refuse' | 'keep') => ({
    task: target.id,
    ...(others === 'keep' && { others }),
  });

  async function ask(others: 'refuse' | 'keep') {
    setState({ phase: 'asking' });
    const signal = lifetime.current?.signal;
    try {
      const params = paramsOf(others);
      const preview = await hostCall(() => system?.previewTask?.(UNDO_TASK, params, { signal }));
      if (preview && !signal?.aborted) setState({ phase: 'asked', preview, others });
    } catch (thrown) {
      fail(thrown);
    }
  }

  async function undo(others: 'refuse' | 'keep') {
    setState({ phase: 'running' });
    try {
      const params = paramsOf(others);
      const id = `${idOf(await hostCall(() => system?.enqueueTask(UNDO_TASK, params)), 'enqueueTask')}`;
      const stream = system?.streamTaskProgress(id, {
        onSuccess() {
          // The host reads the design again, as after any task that committed.
          overlay?.settle(id);
          setTarget({ id, isUndo: !target.isUndo });
          setState({ phase: 'undone', undo: id });
        },
        onFailure: fail,
        onCancelled: () => setState({ phase: 'idle' }),
      });
      lifetime.current?.signal.addEventListener('abort', () => stream?.close(), { once: true });
    } catch (thrown) {
      fail(thrown);
    }
  }

  if (isAbsent) return null;
  const action = msg(target.isUndo ? 'redo' : 'undo');
  const isBusy = state.phase === 'asking' || state.phase === 'running';
  return (
    <div style={{ marginBlockStart: token.marginXS }}>
      <div
        role="status"
        style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: token.marginXS }}
      >
        {state.phase === 'undone' && target.isUndo !== isUndo ? (
          <span>{state.by === undefined ? msg('undone') : msg('undone_by', { name: state.by })}</span>
        ) : null}
        {state.phase === 'asked' ? null : (
          <Button
            type="link"
            size="small"
            style={{ paddingInline: 0 }}
            aria-busy={isBusy}
            aria-disabled={isBusy}
            onClick={() => (isBusy ? undefined : void ask('refuse'))}
          >
            {action}
          </Button>
        )}
        {state.phase === 'asking'
          ? msg('undo_working')
          : state.phase === 'running'
            ? msg('undo_running')
            : null}
      </div>
      {state.phase === 'failed' ? (
        <Notice kind="error" urgent title={msg('undo_failed')}>
          <ErrorText error={state.error} />
        </Notice>
      ) : null}
      {state.phase === 'asked' ? (
        <section
          ref={asked}
          aria-label={action}
          style={{ borderBlockStart: `1px solid ${token.colorSplit}`, paddingBlockStart: token.paddingXS }}
        >
          {target.isUndo ? null : <strong>{msg('undo_heading')}</strong>}
          {state.preview.refusal?.code === 'undo-conflict' ? (
            <Others words={words} refusal={state.preview.refusal} />
          ) : (
            <PreviewContent words={words} preview={state.preview} />
          )}
          <div
            style={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: token.marginXS,
              marginBlockStart: token.marginXS,
            }}
          >
            <Button size="small" autoFocus onClick={() => setState({ phase: 'idle' })}>
              {msg('undo_leave')}
            </Button>
            {state.preview.refusal ? (
              state.preview.refusal.code === 'undo-conflict' ? (
                <Button size="small" onClick={() => void ask('keep')}>
                  {msg('undo_rest')}
                </Button>
              ) : null
            ) : (
              <Button size="small" danger={!target.isUndo} onClick={() => void undo(state.others)}>
                {action}
              </Button>
            )}
          </div>
        </section>
      ) : null}
    </div>
  );
}

/** Returns the last undo of a run: an undo may be undone as well. `count`: the number of undos, one after the other. */
async function lastUndoOf(
  system: HostApplication['system'],
  taskId: string,
): Promise<{ undo: TaskSnapshot; count: number } | undefined> {
  let last: { undo: TaskSnapshot; count: number } | undefined;
  for (let of = taskId; (last?.count ?? 0) < MOST_UNDOS; of = last?.undo.id ?? of) {
    const tag = undoTag(of);
    const page = await hostCall(() => system?.listTasks?.({ tag, status: 'succeeded', limit: 1 }));
    const undo = page?.tasks.find(({ name, tags }) => name === UNDO_TASK && tags.includes(tag));
    if (!undo) return last;
    last = { undo, count: (last?.count ?? 0) + 1 };
  }
  return last;
}

/** Lists what others built on since. */
function Others({ words, refusal }: { words: PreviewWords; refusal: TaskError }) {
  const { msg } = words;
  const { records, count } = refusal.details ?? {};
  const known = Array.isArray(records) ? records.filter(isRecord) : [];
  return (
    <Notice kind="warning" title={msg('undo_others', { count: Number(count) })}>
      <ul style={{ margin: 0, paddingInlineStart: '1.2em', maxHeight: 120, overflowY: 'auto' }}>
        {known.map(({ record, reason, to }) => (
          <li key={`${record}`}>
            <bdi>{`${record}`}</bdi>: {msgOf(words, `${reason}`, `${to}`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function msgOf({ find }: PreviewWords, reason: string, to: string): string {
  return find(`undo_${reason}`, { to }) ?? reason;
}
