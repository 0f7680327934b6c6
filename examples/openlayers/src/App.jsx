import 'ol/ol.css';
import { HostProvider, Toolbar } from 'lrt-plugin/host';
import { useEffect, useRef, useState } from 'react';
import { SelectedFeature } from './SelectedFeature.jsx';

export function App({ app, map, load }) {
  const place = useRef(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    map.setTarget(place.current);
    return () => map.setTarget(undefined);
  }, [map]);
  useEffect(() => {
    load().catch((error) => setProblem(error.message));
  }, [load]);
  return (
    <HostProvider app={app}>
      <div className="application">
        <header>
          <h1>Town network</h1>
          <Toolbar />
          <SelectedFeature />
          {problem && <p role="alert">{problem}</p>}
        </header>
        <main className="map-place">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: OpenLayers takes keys while the map has the focus */}
          <div ref={place} className="map" role="application" aria-label="Map" tabIndex={0} />
        </main>
      </div>
    </HostProvider>
  );
}
