import 'ol/ol.css';
import './map.css';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Position } from '../../src/contract/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { MapMenu } from './MapMenu.tsx';
import type { NetworkMap } from './NetworkMap.ts';

interface MapViewProps {
  map: NetworkMap;
  msg: HarnessMsg;
  /** The map's menu has "Tasks here". */
  onTasksHere?: ((at: Position) => void) | undefined;
  /** Shown over the map. */
  children?: ReactNode;
}

/** The map with its buttons. With the map focused, arrow keys pan and + and - zoom. */
export function MapView({ map, msg, onTasksHere, children }: MapViewProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? map.attach(element.current) : undefined), [map]);
  const canvas = (
    <div ref={element} className="map-canvas" role="application" aria-label={msg('map')} data-testid="map" />
  );
  return (
    <div className="map-view">
      {onTasksHere ? (
        <MapMenu map={map} msg={msg} onTasksHere={onTasksHere}>
          {canvas}
        </MapMenu>
      ) : (
        canvas
      )}
      <div className="map-buttons">
        <button type="button" aria-label={msg('zoomIn')} title={msg('zoomIn')} onClick={() => map.zoomBy(1)}>
          <Glyph path="M8 2.5v11M2.5 8h11" />
        </button>
        <button
          type="button"
          aria-label={msg('zoomOut')}
          title={msg('zoomOut')}
          onClick={() => map.zoomBy(-1)}
        >
          <Glyph path="M2.5 8h11" />
        </button>
        <button
          type="button"
          aria-label={msg('showAll')}
          title={msg('showAll')}
          onClick={() => map.showAll()}
        >
          <Glyph path="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />
        </button>
      </div>
      {children}
    </div>
  );
}

function Glyph({ path }: { path: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
