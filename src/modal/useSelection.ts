import type { HostApplication } from '../host/contract.ts';
import { useSelectedFeature } from '../parts/useSelectedFeature.ts';
import { type Selection, selectionOf } from './selection.ts';

/** The map's selection, as long as the modal is there to show it. */
export function useSelection(app: HostApplication): Selection {
  return selectionOf(useSelectedFeature(app));
}
