import type { Position } from '../../contract/index.ts';
import type { OverlayColours } from './overlayColours.ts';

/** Options that an application may set when it makes a map for plugins. */
export interface OverlayOptions {
  /** Default `overlayColours.light`. */
  colours?: OverlayColours;
  /**
   * The overlay calls this function when a task's work is stored: load your own layers again. The task's features stay
   * until the promise that you return resolves, and for good if it rejects. Without this function they stay for good.
   */
  onSettled?: (taskId: string) => unknown;
  /**
   * The overlay holds at most so many features of a task; default 50,000. If a task builds more, the overlay shows every second
   * one, then every fourth, and so on, so that the whole extent stays in view and grows. They are chosen by their ids. Your
   * own layers show all of them once they are stored.
   */
  maxFeaturesPerTask?: number;
  /**
   * Returns true where a feature of the application's own lies at a place that a user clicked. Then the overlay leaves the
   * click to the application. Default: every click on what a task draws is also the task's.
   */
  ownsClick?: (at: Position, metresPerPixel: number) => boolean;
}
