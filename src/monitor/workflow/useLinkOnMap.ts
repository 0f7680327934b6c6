/** Marks the features of the chosen link on the map. */
import { useEffect, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { HostMap } from '../../host/contract.ts';
import type { LoadFeatures } from '../run/runPageProps.ts';
import type { IndexedLink } from './graphIndex.ts';
import { type LinkFeaturesState, showLinkFeatures } from './LinkFeatures.ts';
import { isRunning, type NodeState } from './nodeStates.ts';

const NOTHING: LinkFeaturesState = { isLoading: false, count: 0 };

export interface LinkOnMapOptions {
  system: SystemClient;
  map: HostMap | undefined;
  loadFeatures: LoadFeatures | undefined;
  link: IndexedLink | undefined;
  /** The node that the link leads on from. */
  from: NodeState | undefined;
}

export function useLinkOnMap({ system, map, loadFeatures, link, from }: LinkOnMapOptions): LinkFeaturesState {
  const [state, setState] = useState(NOTHING);
  const overlay = map?.taskOverlay;
  const linkId = link?.id;
  const outputs = link?.outputs;
  const taskId = linkId === undefined ? undefined : from?.taskId;
  // The features of a task that has ended are in its result, or they are stored.
  const isOver = from !== undefined && !isRunning(from);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link of the same task is another choice, and the end of the task brings its result.
  useEffect(() => {
    if (taskId === undefined || outputs === undefined) {
      setState(NOTHING);
      return;
    }
    return showLinkFeatures({ system, overlay, loadFeatures, taskId, outputs, onState: setState });
  }, [system, overlay, loadFeatures, linkId, taskId, outputs, isOver]);
  return state;
}
