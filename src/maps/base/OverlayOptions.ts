import type { OverlayColours } from './overlayColours.ts';

export interface OverlayOptions {
  /** Default `overlayColours.light`. */
  colours?: OverlayColours;
  /**
   * A task's work is stored: load your own layers anew. What the task drew stays until the promise that you return
   * resolves, and for good if it rejects: it is what was stored. Without this function it stays.
   */
  onSettled?: (taskId: string) => unknown;
}
