import { useEffect } from 'react';
import type { GeoFeature } from '../contract/index.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { nameOfGhosts } from '../host/ghosts.ts';

/** Shows on the map what a preview says, as long as it is given, and takes it off again. */
export function useGhosts(overlay: TaskOverlay | undefined, features: GeoFeature[] | undefined): void {
  useEffect(() => {
    if (!overlay || !features || features.length === 0) return;
    const id = nameOfGhosts();
    overlay.add(id, features, { replace: true });
    return () => overlay.remove(id);
  }, [overlay, features]);
}
