import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useRef } from 'react';
import { Page } from '../../shared/Page.jsx';

export function App({ app, map, load }) {
  const place = useRef(null);
  useEffect(() => {
    const container = map.getContainer();
    place.current.append(container);
    map.resize();
    return () => container.remove();
  }, [map]);
  return (
    <Page app={app} load={load}>
      <div ref={place} className="map" />
    </Page>
  );
}
