import 'maplibre-gl/dist/maplibre-gl.css';
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createMapLibreMap } from 'lrt-plugin/maplibre';
import { Map as MapLibre } from 'maplibre-gl';
import { useEffect, useRef } from 'react';

export const map = new MapLibre({
  container: document.createElement('div'),
  style: { version: 8, sources: {}, layers: [] }, // yours
});

export const app = createApplication({
  system: createTaskClient({ baseUrl: '/lrt' }),
  map: createMapLibreMap(map),
  plugins: { lrtPlugin: LrtPlugin },
  toolbar: ['lrtPlugin.dialog'],
});

export function App() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const container = map.getContainer();
    place.current?.append(container);
    map.resize();
    return () => container.remove();
  }, []);
  return (
    <HostProvider app={app}>
      <Toolbar />
      <div ref={place} />
    </HostProvider>
  );
}
