import { useEffect, useReducer } from 'react';
import type { HostApplication, HostFeature } from '../host/contract.ts';

const EVENTS = 'currentFeature-changed currentFeatureSet-changed';

type SelectionHost = Pick<HostApplication, 'on' | 'off'> &
  Partial<Pick<HostApplication, 'currentFeature' | 'currentFeatureSet'>>;

/**
 * The feature selected on the map, or the only one of a selected set; null where there is none. Renders again at each
 * of the host's events, so also when the selected feature was changed in place.
 *
 * @example
 * const pole = useSelectedFeature(app);
 * return <p>{pole ? pole.getTitle() : 'Select a pole'}</p>;
 */
export function useSelectedFeature(app: SelectionHost): HostFeature | null {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    app.on(EVENTS, renderAgain);
    // Catches a selection between the first render and this effect.
    renderAgain();
    return () => app.off(EVENTS, renderAgain);
  }, [app]);
  const items = app.currentFeatureSet?.items;
  return app.currentFeature ?? (items?.length === 1 ? items[0] : undefined) ?? null;
}
