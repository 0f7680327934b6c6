import { useApplication } from 'lrt-plugin/host';
import { useSyncExternalStore } from 'react';

export function SelectedFeature() {
  const app = useApplication();
  const title = useSyncExternalStore(
    (changed) => {
      app.on('currentFeature-changed', changed);
      return () => app.off('currentFeature-changed', changed);
    },
    () => app.currentFeature?.getTitle(),
  );
  return <p role="status">{title ?? 'Select a blue pole'}</p>;
}
