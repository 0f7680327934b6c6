/** The props of a run's page and of the comparison of two runs. */
import type { ReactNode } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { GeoFeature, TaskSnapshot } from '../../contract/index.ts';
import type { HostApplication, HostMap } from '../../host/contract.ts';
import type { Packs } from '../../locales/types.ts';

/** The page's own map: what the page asks of it, and what it shows. */
export interface RunMap {
  host: HostMap;
  /** The map as an element that fills the box it is given. */
  view: ReactNode;
}

/** The address of a run's page, as the host writes it: `?run=task-12`, or `?run=task-12&with=task-9`. */
export interface RunAddress {
  run: string;
  /** The other run of a comparison. Empty: the user is about to choose it. */
  with?: string;
}

/** The features that a run built, as far as anybody knows. */
export interface RunFeatures {
  features: readonly GeoFeature[];
  /** False where there was more than is known any longer. */
  isComplete: boolean;
}

/** Finds what a run built. Resolves with undefined where nobody knows it. */
export type LoadFeatures = (
  task: TaskSnapshot,
  options: { signal: AbortSignal },
) => Promise<RunFeatures | undefined>;

export interface RunPageProps {
  app: Pick<HostApplication, 'localisation'>;
  system: SystemClient;
  taskId: string;
  map?: RunMap | undefined;
  /** The owner name of the user who looks at the page: 'Started by you'. Default: the page asks the server for it. */
  user?: string | undefined;
  /** A list may know the task already. The page shows it until the server has answered. */
  known?: TaskSnapshot | undefined;
  /** Names of the fields of the result that stand in the header. Default: the first three numbers. */
  figures?: readonly string[] | undefined;
  /**
   * Words for the host's tasks, by language tag: `task_NAME`, `step_NAME_N`, `result_KEY`, `figure_KEY`, `parameter_KEY` and
   * `item_CODE`. The same object each time.
   */
  packs?: Packs | undefined;
  /** BCP 47; before the host's language. */
  language?: string | undefined;
  /** The whole address of a page, for "Copy link". Without it there is no such button. */
  linkTo?: ((address: RunAddress) => string) | undefined;
  /** The user wants another page: the comparison, or another run. Without it the page offers neither. */
  onOpen?: ((address: RunAddress) => void) | undefined;
  onBack?: (() => void) | undefined;
  /**
   * Opens the host's own form for another run with the parameters of this one. Without it the page shows an editor for
   * them.
   */
  onRunAgain?: ((task: TaskSnapshot) => void) | undefined;
  /** Lists what the run has built, in a table of the host's below the page's map. Without it the result has no button for that. */
  onTable?: ((task: TaskSnapshot) => void) | undefined;
  /** Finds what a run built, for the comparison and for the links of a workflow. Default: the features in its result. */
  loadFeatures?: LoadFeatures | undefined;
}
