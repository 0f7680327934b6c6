import 'ol/ol.css';
import './map.css';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Position } from '../../src/contract/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { LayerPanel } from './LayerPanel.tsx';
import { MapKeys, useMapKeys } from './MapKeys.tsx';
import { MapMenu } from './MapMenu.tsx';
import type { NetworkMap } from './NetworkMap.ts';
import { useMapLayers } from './useMapLayers.ts';

interface MapViewProps {
  map: NetworkMap;
  msg: HarnessMsg;
  /** The map's menu has "Tasks here". */
  onTasksHere?: ((at: Position) => void) | undefined;
  /** The button beside the map opens and closes the table of its features. Absent: there is no button. */
  table?: { isOpen: boolean; onToggle(): void } | undefined;
  /** Shown over the map. */
  children?: ReactNode;
}

/** The map with its buttons. With the map focused, arrow keys pan, + and - zoom, and Enter selects what is in the middle. */
export function MapView({ map, msg, onTasksHere, table, children }: MapViewProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? map.attach(element.current) : undefined), [map]);
  const [layers, setLayers] = useMapLayers(map);
  const [layersOpen, setLayersOpen] = useState(false);
  const layersButton = useRef<HTMLButtonElement>(null);
  const { picked, ...keys } = useMapKeys(map);
  const helpId = useId();
  const canvas = (
    <div
      ref={element}
      className="map-canvas"
      role="application"
      aria-label={msg('map')}
      aria-describedby={helpId}
      data-testid="map"
      {...keys}
    />
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
      <MapKeys id={helpId} picked={picked} msg={msg} />
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
        <button
          ref={layersButton}
          type="button"
          aria-label={msg('layers')}
          title={msg('layers')}
          aria-expanded={layersOpen}
          onClick={() => setLayersOpen(!layersOpen)}
        >
          <Glyph path="m8 2 6 3.25L8 8.5 2 5.25zM2.5 8.25 8 11.25l5.5-3M2.5 11.25l5.5 3 5.5-3" />
        </button>
        {table && (
          <button
            type="button"
            aria-label={msg('resultsOpen')}
            title={msg('resultsOpen')}
            aria-expanded={table.isOpen}
            onClick={table.onToggle}
          >
            <Glyph path="M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.75h11M6.5 6.5V13" />
          </button>
        )}
      </div>
      {layersOpen && (
        <LayerPanel
          states={layers}
          onChange={setLayers}
          onClose={() => {
            setLayersOpen(false);
            layersButton.current?.focus();
          }}
          msg={msg}
        />
      )}
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
