import type { OverlayOptions } from './OverlayOptions.ts';

/** Tells the host that the task's work is stored. Calls `forget` when its own layers show it, never where they fail. */
export function onceStored(onSettled: OverlayOptions['onSettled'], taskId: string, forget: () => void): void {
  if (!onSettled) return;
  new Promise((resolve) => resolve(onSettled(taskId))).then(forget, () => undefined);
}
