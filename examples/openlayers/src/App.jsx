import 'ol/ol.css';
import { useEffect, useRef } from 'react';
import { Page } from '../../shared/Page.jsx';

export function App({ app, map, load }) {
  const place = useRef(null);
  useEffect(() => {
    map.setTarget(place.current);
    return () => map.setTarget(undefined);
  }, [map]);
  return (
    <Page app={app} load={load}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: OpenLayers takes keys while the map has the focus */}
      <div ref={place} className="map" role="application" aria-label="Map" tabIndex={0} />
    </Page>
  );
}
