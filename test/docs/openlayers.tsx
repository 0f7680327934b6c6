import 'ol/ol.css';
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createOpenLayersMap } from 'lrt-plugin/openlayers';
import OlMap from 'ol/Map.js';
import { useEffect, useRef } from 'react';

export const map = new OlMap(); // yours, with its view and layers

export const app = createApplication({
  system: createTaskClient({ baseUrl: '/lrt' }),
  map: createOpenLayersMap(map),
  plugins: { lrtPlugin: LrtPlugin },
  toolbar: ['lrtPlugin.dialog'],
});

export function App() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    map.setTarget(place.current ?? undefined);
    return () => map.setTarget(undefined);
  }, []);
  return (
    <HostProvider app={app}>
      <Toolbar />
      <div ref={place} style={{ height: 400 }} />
    </HostProvider>
  );
}
