/** The props of a run view. */

import type { HostMap } from '../../host/contract.ts';
import type { RunPageProps } from '../run/runPageProps.ts';

export interface WorkflowViewProps
  extends Pick<
    RunPageProps,
    'app' | 'system' | 'taskId' | 'known' | 'user' | 'packs' | 'language' | 'loadFeatures' | 'onBack'
  > {
  /** The host's map: the features of a chosen link are marked on it. */
  map?: HostMap | undefined;
  /**
   * The view has a height of its own, with a bar above it to drag and a button that folds it: it docks below the host's map. Left
   * out: it fills the box that it is given.
   */
  docked?: boolean | undefined;
  /** The user wants to see another run, or the run of one of its tasks. Without it the view shows another run itself. */
  onOpen?: ((address: { run: string }) => void) | undefined;
}
