import { memo, useMemo, useSyncExternalStore } from 'react';
import { reproject } from './mercator.ts';
import type { Qwc2Store, StandInFeature, StandInPole } from './qwc2Store.ts';

const SIZE = 1000;
const MARGIN = 40;

interface MapProps {
  store: Qwc2Store;
  /** The theme's layer, as QGIS Server would draw it. */
  poles: StandInPole[];
  onPole(pole: StandInPole): void;
}

type Place = (position: readonly number[], crs?: string) => readonly [number, number];

/** A map of dots and lines in place of QWC2's OpenLayers: what the layers hold, and poles to click on. */
export function StandInMap({ store, poles, onPole }: MapProps) {
  const { map, layers } = useSyncExternalStore(store.subscribe, store.getState);
  const { bbox, projection } = map;
  const place = useMemo<Place>(() => {
    const [west = 0, south = 0, east = 1, north = 1] = bbox.bounds;
    const scale = (SIZE - 2 * MARGIN) / Math.max(east - west, north - south, 1);
    return (position, crs = projection) => {
      const [x = 0, y = 0] = reproject(position, crs, projection);
      return [MARGIN + (x - west) * scale, MARGIN + (north - y) * scale];
    };
  }, [bbox, projection]);
  return (
    <svg className="qwc2-map" viewBox={`0 0 ${SIZE} ${SIZE}`} aria-label="Map">
      {layers.flat.map(({ id, features }) => (
        <g key={id} data-layer={id} className="qwc2-layer">
          {features.map((feature) => (
            <Shape key={feature.id} feature={feature} place={place} />
          ))}
        </g>
      ))}
      {poles.map((pole) => (
        <Pole key={pole.id} pole={pole} place={place} onPole={onPole} />
      ))}
    </svg>
  );
}

const Pole = memo(
  ({ pole, place, onPole }: { pole: StandInPole; place: Place; onPole(pole: StandInPole): void }) => {
    const [x, y] = place(pole.geometry.coordinates, 'EPSG:4326');
    const name = String(pole.properties.name);
    return (
      // biome-ignore lint/a11y/useSemanticElements: a place on a map cannot be a <button>
      <circle
        className={pole.properties.design ? 'qwc2-pole qwc2-pole-planned' : 'qwc2-pole'}
        cx={x}
        cy={y}
        r="6"
        role="button"
        tabIndex={0}
        aria-label={name}
        onClick={() => onPole(pole)}
        onKeyDown={({ key }) => key === 'Enter' && onPole(pole)}
      >
        <title>{name}</title>
      </circle>
    );
  },
);

const Shape = memo(({ feature, place }: { feature: StandInFeature; place: Place }) => {
  const { geometry, crs } = feature;
  if (geometry.type === 'Point') {
    const [x, y] = place(geometry.coordinates, crs);
    return <circle cx={x} cy={y} r="3" />;
  }
  return <polyline points={geometry.coordinates.map((position) => place(position, crs).join()).join(' ')} />;
});
