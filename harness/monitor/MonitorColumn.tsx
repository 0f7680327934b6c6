import { useSyncExternalStore } from 'react';
import type { MonitorPlace } from './MonitorPlace.ts';

/** The column for the monitor beside the map. In a narrow page it lies over the map, or fills the page. */
export function MonitorColumn({ place }: { place: MonitorPlace }) {
  const docked = useSyncExternalStore(place.subscribe, place.getState, place.getState);
  if (!docked) return null;
  return <div className={`host-column host-column-${docked.variant}`}>{docked.content}</div>;
}
