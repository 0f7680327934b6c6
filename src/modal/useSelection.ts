import { useEffect, useState } from 'react';
import type { HostApplication } from '../host/types.ts';
import { type Selection, selectionOf } from './selection.ts';

const EVENTS = 'currentFeature-changed currentFeatureSet-changed';

/** The map's selection, as long as the modal is there to show it. */
export function useSelection(app: HostApplication): Selection {
  const [selection, setSelection] = useState(() => selectionOf(app));
  useEffect(() => {
    const update = () => setSelection(selectionOf(app));
    app.on(EVENTS, update);
    // What was selected between the first render and this effect.
    update();
    return () => app.off(EVENTS, update);
  }, [app]);
  return selection;
}
