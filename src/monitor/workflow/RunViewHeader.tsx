/** The header of a run view: what runs, how it stands as a whole, the views, and the button that cancels it. */
import { Button, Segmented, theme } from 'antd';
import type { SystemClient } from '../../client/SystemClient.ts';
import { isRecord, isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { formatDuration } from '../../locales/intl.ts';
import { StateIcon } from '../../parts/StateIcon.tsx';
import { type ShownState, stateOf } from '../../parts/stateOf.ts';
import { designOf, failureText, outcomeText } from '../../parts/taskWords.ts';
import { BackButton } from '../run/BackButton.tsx';
import { HIDDEN } from '../run/ItemRows.tsx';
import { DesignTag } from '../run/RunHeader.tsx';
import { nameOf } from './readGraph.ts';
import { useCancel } from './useCancel.ts';
import { useWorkflowWords, type WorkflowWords } from './useWorkflowWords.ts';
import { WorkflowIcon } from './WorkflowIcon.tsx';
import type { WorkflowState } from './WorkflowRun.ts';

export type ViewKind = 'graph' | 'timeline' | 'table';
const KINDS: readonly ViewKind[] = ['graph', 'timeline', 'table'];

export interface RunViewHeaderProps {
  system: SystemClient;
  state: WorkflowState;
  task: TaskSnapshot;
  user: string | undefined;
  nowMs: number;
  kind: ViewKind;
  /** A narrow page has the list alone. */
  isNarrow: boolean;
  /** The room for the names of the views is too small: they are icons. */
  isShort: boolean;
  isFolded: boolean;
  onKind(kind: ViewKind): void;
  onBack: (() => void) | undefined;
  /** Undefined: the view fills a page, and nothing is folded. */
  onFold: ((isFolded: boolean) => void) | undefined;
  onCancelRequested(): void;
}

export function RunViewHeader(props: RunViewHeaderProps) {
  const { system, state, task, nowMs, kind, isNarrow, isShort, isFolded } = props;
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { msg, language, direction } = words;
  const cancel = useCancel(system, task, props.onCancelRequested);
  const { counts, index } = state;
  const isOver = isTerminal(task.status);
  const startMs = Date.parse(task.startedAt ?? task.createdAt);
  const seconds = ((isOver ? Date.parse(task.finishedAt ?? '') : nowMs) - startMs) / 1000;
  const facts = [
    index && msg('tasks_done', { done: counts.done, total: counts.total }),
    seconds >= 0 ? formatDuration(seconds, language) : undefined,
  ].filter((fact) => fact !== undefined);
  const design = designOf(task);
  return (
    <header
      style={{
        display: 'flex',
        flex: 'none',
        flexWrap: isNarrow ? 'wrap' : 'nowrap',
        alignItems: 'center',
        gap: isNarrow ? '4px 8px' : 12,
        boxSizing: 'border-box',
        minHeight: 48,
        paddingBlock: isNarrow ? 8 : 0,
        paddingInline: '16px 8px',
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        background: token.colorBgContainer,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <BackButton onBack={props.onBack} />
      <h2
        data-phase-heading
        tabIndex={-1}
        style={{
          ...CUT,
          flex: '0 0 auto',
          maxWidth: isNarrow ? '60%' : '40%',
          margin: 0,
          fontSize: token.fontSizeLG,
          lineHeight: '24px',
          fontWeight: 600,
          outline: 'none',
        }}
        title={index?.graph.name}
      >
        <bdi>{index?.graph.name || msg('wf_run')}</bdi>
      </h2>
      {design === undefined ? null : <DesignTag design={design} />}
      <span
        style={{
          display: 'flex',
          alignItems: 'center',
          gap: 6,
          minWidth: 0,
          flex: isNarrow ? '1 0 100%' : '0 2 auto',
        }}
      >
        <StateIcon state={wholeIcon(state, task)} percent={task.progress.percent} />
        <Outcome text={wholeText(state, task, words, props.user)} isNarrow={isNarrow} />
      </span>
      <span style={{ color: token.colorTextSecondary, whiteSpace: 'nowrap' }}>{facts.join(' · ')}</span>
      <span style={{ flex: 1 }} />
      {isNarrow || isFolded ? null : (
        <Segmented<ViewKind>
          aria-label={msg('wf_views')}
          value={kind}
          onChange={props.onKind}
          options={KINDS.map((value) => ({
            value,
            label: (
              <span
                title={msg(`wf_${value}`)}
                style={{ display: 'flex', alignItems: 'center', gap: 6, minHeight: 28 }}
              >
                <WorkflowIcon name={value} isRtl={direction === 'rtl'} />
                <span style={isShort ? HIDDEN : undefined}>{msg(`wf_${value}`)}</span>
              </span>
            ),
          }))}
        />
      )}
      {isOver || !system.cancelTask ? null : (
        <Button danger aria-disabled={cancel.isAsked} onClick={cancel.ask} title={cancel.problem}>
          {msg(cancel.isAsked ? 'status_cancelling' : 'cancel_task')}
        </Button>
      )}
      {cancel.problem === undefined ? null : (
        <span
          role="alert"
          style={{ color: token.colorError, ...(isNarrow ? {} : CUT) }}
          title={cancel.problem}
        >
          {cancel.problem}
        </span>
      )}
      {props.onFold ? (
        <Button
          type="text"
          aria-expanded={!isFolded}
          aria-label={msg(isFolded ? 'wf_unfold' : 'wf_fold')}
          title={msg(isFolded ? 'wf_unfold' : 'wf_fold')}
          icon={<WorkflowIcon name={isFolded ? 'unfold' : 'fold'} />}
          onClick={() => props.onFold?.(!isFolded)}
        />
      ) : null}
    </header>
  );
}

function Outcome({ text, isNarrow }: { text: string; isNarrow: boolean }) {
  return (
    <span role="status" title={text} style={isNarrow ? { overflowWrap: 'anywhere' } : CUT}>
      {text}
    </span>
  );
}

/** One failed task is what a look at the whole has to say, also while others still run. */
function wholeIcon({ counts, connection }: WorkflowState, task: TaskSnapshot): ShownState {
  const shown = stateOf(task, isTerminal(task.status) ? undefined : connection);
  return shown === 'running' && counts.failed > 0 ? 'failed' : shown;
}

function wholeText(
  { counts, index, connection }: WorkflowState,
  task: TaskSnapshot,
  words: WorkflowWords,
  user: string | undefined,
): string {
  const { msg } = words;
  if (task.status === 'failed') {
    const { details } = task.error ?? {};
    const key = isRecord(details) && typeof details.node === 'string' ? details.node : undefined;
    const node = key === undefined ? undefined : index?.nodes.get(key);
    const failure = task.items?.failures.find(({ id }) => id === key);
    if (node && failure) return msg('wf_node_failed', { name: nameOf(node), reason: failure.message });
    return failureText(task, words);
  }
  if (task.status === 'succeeded') return msg('status_succeeded');
  if (isTerminal(task.status)) return outcomeText(task, words, { user }) ?? msg(`status_${task.status}`);
  if (connection.state === 'reconnecting') return msg('connection_reconnecting_now');
  if (task.cancelRequested) return msg('status_cancelling');
  const failed = msg('wf_failed', { count: counts.failed });
  if (counts.failed > 0) {
    return counts.running > 0 ? msg('wf_still_run', { failed, count: counts.running }) : failed;
  }
  return msg(task.status === 'queued' ? 'status_queued' : 'status_running');
}

const CUT = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
