/** The sentences that say how a node of a workflow stands. The same ones serve the graph, the timeline, the table and the list. */
import { formatDuration, formatPercent, numberFormat } from '../../locales/intl.ts';
import { failureText, waitingText } from '../../parts/taskWords.ts';
import { isRunning, type NodeState } from './nodeStates.ts';
import type { WorkflowWords } from './useWorkflowWords.ts';

/** Names of tasks that are waited for: the first of them, so that the line stays short. */
const MOST_NAMES = 3;

/** 'Done', 'Running', 'Waiting', 'Skipped'. */
export function statusWord({ status }: NodeState, { msg }: WorkflowWords): string {
  switch (status) {
    case 'waiting':
    case 'queued':
    case 'stuck':
      return msg('wf_waiting');
    case 'not-started':
      return msg('wf_not_started');
    case 'skipped':
      return msg('wf_skipped');
    case 'cancelled':
      return msg('status_cancelled');
    case 'cancelling':
      return msg('status_cancelling');
    case 'failed':
      return msg('status_failed');
    case 'succeeded':
      return msg('status_succeeded');
    case 'partly-succeeded':
      return msg('status_partly');
    default:
      return msg('status_running');
  }
}

/** 'Waiting for Connect', 'Skipped: Bill of materials failed', the reason of a failure. Undefined where there is none. */
export function reasonText(state: NodeState, words: WorkflowWords): string | undefined {
  const { msg } = words;
  const { reason, task, error } = state;
  if (state.isKept) return msg('wf_kept');
  if (state.status === 'failed') return failureText({ ...(error && { error }) }, words);
  if (task?.status === 'queued') return waitingText(task, words, Date.now())?.reason;
  switch (reason?.kind) {
    case 'waits-for':
      return reason.names.length > 0
        ? msg('wf_waits_for', { names: joined(reason.names, words) })
        : undefined;
    case 'skipped-by':
      return reason.how === 'failed'
        ? msg('wf_skipped_failed', { name: reason.name })
        : msg('wf_skipped_cancelled', { name: reason.name });
    case 'not-selected':
      return msg('wf_not_selected');
    case 'run-ended':
      return msg('wf_run_ended');
    default:
      return undefined;
  }
}

/** 'Plan an area, Read prices'. */
export function joined(names: readonly string[], { msg }: WorkflowWords): string {
  const first = names.slice(0, MOST_NAMES);
  const all = names.length > MOST_NAMES ? [...first, '…'] : first;
  return all.reduce(
    (before, name) => (before === '' ? name : msg('wf_joined', { first: before, second: name })),
    '',
  );
}

/** The time that a node ran, or has run so far, in seconds. Undefined where it did not run. */
export function secondsOf({ task, isKept }: NodeState, nowMs: number): number | undefined {
  if (!task?.startedAt || isKept) return undefined;
  const end = task.finishedAt ? Date.parse(task.finishedAt) : nowMs;
  const seconds = (end - Date.parse(task.startedAt)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** The second line of a node: 'Done · 4 sec', '958 / 1,500', 'Waiting'. */
export function lineText(state: NodeState, words: WorkflowWords): string {
  const { task } = state;
  if (isRunning(state) && task) {
    const { done, total, message } = task.progress;
    const format = numberFormat(words.language);
    if (state.status === 'cancelling') return statusWord(state, words);
    if (done !== undefined && total !== undefined) return `${format.format(done)} / ${format.format(total)}`;
    if (done !== undefined) return format.format(done);
    return message || statusWord(state, words);
  }
  const word = statusWord(state, words);
  const seconds = task?.finishedAt ? secondsOf(state, 0) : undefined;
  return seconds === undefined ? word : `${word} · ${formatDuration(seconds, words.language)}`;
}

export function percentText({ task }: NodeState, { language }: WorkflowWords): string | undefined {
  const percent = task?.progress.percent;
  return typeof percent === 'number' ? formatPercent(percent, language) : undefined;
}

/** A node's name for a screen reader: 'Connect, running, 64%, 958 of 1,500, after Plan an area'. */
export function nodeLabel(
  state: NodeState,
  before: readonly string[],
  words: WorkflowWords,
  problems: readonly string[] = [],
): string {
  const { msg, language } = words;
  const reason = reasonText(state, words);
  const word = statusWord(state, words).toLocaleLowerCase(language);
  const parts = [state.name];
  // 'Skipped: Bill of materials failed' says the state itself.
  if (state.status === 'skipped' && reason) parts.push(reason);
  else parts.push(word);
  if (isRunning(state) && state.task) {
    const { done, total } = state.task.progress;
    const percent = percentText(state, words);
    if (percent) parts.push(percent);
    if (done !== undefined && total !== undefined) parts.push(msg('wf_count_of', { done, total }));
  } else if (reason && state.status !== 'skipped' && state.status !== 'waiting') parts.push(reason);
  if (before.length > 0) parts.push(msg('wf_after', { names: joined(before, words) }));
  parts.push(...problems);
  return parts.reduce((first, second) => msg('wf_joined', { first, second }));
}
