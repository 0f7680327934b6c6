/** Says what goes along the links of a workflow. */
import type { IndexedLink } from './graphIndex.ts';
import { hasSucceeded, isRunning, type NodeState } from './nodeStates.ts';

/**
 * - `delivered`: all that the node before it made is handed on.
 * - `flowing`: the node before it runs.
 * - `nothing`: nothing will come.
 * - `idle`: the node before it has not begun.
 */
export type LinkStatus = 'delivered' | 'flowing' | 'nothing' | 'idle';

export interface LinkState {
  link: IndexedLink;
  status: LinkStatus;
  /** The number of pieces that the node before it has made. Undefined where it does not say so. */
  count: number | undefined;
}

/** @param resultCount the number of pieces in the part of the result that the link hands on, where it was read */
export function linkState(
  link: IndexedLink,
  from: NodeState | undefined,
  resultCount: number | undefined,
): LinkState {
  const status = statusOf(from);
  if (!from || status === 'idle' || status === 'nothing') return { link, status, count: undefined };
  const { task } = from;
  const made = task && (task.built?.count || task.items?.ok || task.progress.done);
  return { link, status, count: resultCount ?? (made || undefined) };
}

function statusOf(from: NodeState | undefined): LinkStatus {
  if (!from || from.status === 'waiting' || from.status === 'not-started') return 'idle';
  if (hasSucceeded(from)) return 'delivered';
  if (isRunning(from)) return 'flowing';
  return from.status === 'queued' || from.status === 'stuck' ? 'idle' : 'nothing';
}
