// Says which tasks a session draws on a map, so that nobody else draws them as well.
import { safely } from '../client/safely.ts';
import type { TaskOverlay } from '../host/contract.ts';

interface Drawn {
  /** Counts the sessions that draw a task, by its id. */
  tasks: Map<string, number>;
  listeners: Set<() => void>;
}

const drawn = new WeakMap<TaskOverlay, Drawn>();

function drawnOn(overlay: TaskOverlay): Drawn {
  const known = drawn.get(overlay);
  if (known) return known;
  const none: Drawn = { tasks: new Map(), listeners: new Set() };
  drawn.set(overlay, none);
  return none;
}

/** Says that a session draws a task on a map. Returns what ends that. */
export function claimTask(overlay: TaskOverlay, taskId: string): () => void {
  const { tasks, listeners } = drawnOn(overlay);
  const change = (by: number) => {
    const count = (tasks.get(taskId) ?? 0) + by;
    if (count > 0) tasks.set(taskId, count);
    else tasks.delete(taskId);
    for (const listener of [...listeners]) safely(listener);
  };
  change(1);
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    change(-1);
  };
}

export function isClaimed(overlay: TaskOverlay, taskId: string): boolean {
  return drawn.get(overlay)?.tasks.has(taskId) ?? false;
}

/** Calls the listener whenever a session begins or ends to draw a task. Returns what ends the subscription. */
export function onClaim(overlay: TaskOverlay, listener: () => void): () => void {
  const { listeners } = drawnOn(overlay);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
