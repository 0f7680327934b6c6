import type { GeoFeature } from '../../contract/index.ts';
import type { DropBundles } from './DropBundles.ts';

/**
 * The state of a task's features:
 * - `growing`: the task runs, and nobody has stored them;
 * - `settled`: they are stored, and the application's own layers do not show them yet;
 * - `kept`: they are a result that is no record, and stay until the user removes them.
 */
export type OverlayState = 'growing' | 'settled' | 'kept';

/** The part of one task that an overlay shows. */
export interface DrawnTask {
  readonly id: string;
  readonly state: OverlayState;
  /**
   * By their ids; see `maxFeaturesPerTask`. A feature that the task sends again takes the place of the earlier one.
   */
  readonly features: ReadonlyMap<string, GeoFeature>;
  /** The crowds of its drops. */
  readonly bundles: DropBundles;
}
