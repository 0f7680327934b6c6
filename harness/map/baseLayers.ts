import Feature from 'ol/Feature.js';
import type { Geometry as OlGeometry } from 'ol/geom.js';
import { LineString, Point, Polygon } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import type { GeoFeature, Geometry, Position } from '../../src/contract/index.ts';
import type { MapStyles } from './styles.ts';

export type SourceName = 'street' | 'address' | 'pole' | 'route' | 'wallBox' | 'design';
export type Sources = Record<SourceName, VectorSource>;

export function createSources(): Sources {
  return {
    street: new VectorSource(),
    address: new VectorSource(),
    pole: new VectorSource(),
    route: new VectorSource(),
    wallBox: new VectorSource(),
    design: new VectorSource(),
  };
}

interface LayerSpec {
  source: SourceName;
  style: keyof MapStyles;
  zIndex: number;
  /** Metres per pixel from which on the layer is hidden. */
  maxResolution?: number;
}

/**
 * These layers are drawn once and then shown as a picture. A frame in which a running task draws costs one image per layer,
 * not 14,000 addresses.
 */
const PICTURES: LayerSpec[] = [
  { source: 'design', style: 'design', zIndex: 10 },
  { source: 'street', style: 'street', zIndex: 20 },
  { source: 'address', style: 'address', zIndex: 50 },
  { source: 'pole', style: 'pole', zIndex: 60 },
];

/** Names give way to each other; the higher layer's come first. */
const LABELS: LayerSpec[] = [
  { source: 'address', style: 'addressLabel', zIndex: 80, maxResolution: 0.35 },
  { source: 'street', style: 'streetLabel', zIndex: 81, maxResolution: 1.6 },
  { source: 'pole', style: 'poleLabel', zIndex: 82, maxResolution: 0.9 },
  { source: 'design', style: 'designLabel', zIndex: 83 },
];

export interface BaseLayers {
  layers: (VectorLayer<VectorSource> | VectorImageLayer<VectorSource>)[];
  setStyles(styles: MapStyles): void;
}

export function createBaseLayers(sources: Sources, styles: MapStyles): BaseLayers {
  const pictures = PICTURES.map((spec) => {
    const source = sources[spec.source];
    const layer = new VectorImageLayer({ source, zIndex: spec.zIndex, imageRatio: 1.3, visible: false });
    // An empty picture costs as much to show as a full one.
    source.on('change', () => layer.setVisible(!source.isEmpty()));
    return { spec, layer };
  });
  const labels = LABELS.map((spec) => ({
    spec,
    layer: new VectorLayer({
      source: sources[spec.source],
      zIndex: spec.zIndex,
      declutter: 'names',
      ...(spec.maxResolution === undefined ? {} : { maxResolution: spec.maxResolution }),
    }),
  }));
  const all = [...pictures, ...labels];
  const setStyles = (next: MapStyles) => {
    for (const { spec, layer } of all) layer.setStyle(next[spec.style]);
  };
  setStyles(styles);
  return { layers: all.map(({ layer }) => layer), setStyles };
}

/** A feature of the map, in map coordinates; `geo` is what it was made of. */
export function mapFeature(geo: GeoFeature): Feature {
  const { geometry: _geometry, ...properties } = geo.properties;
  const feature = new Feature({ ...properties, geometry: mapGeometry(geo.geometry), geo });
  feature.setId(geo.id);
  return feature;
}

export function mapGeometry(geometry: Geometry): OlGeometry {
  const project = (position: Position) => fromLonLat([position[0], position[1]]);
  if (geometry.type === 'Point') return new Point(project(geometry.coordinates));
  if (geometry.type === 'LineString') return new LineString(geometry.coordinates.map(project));
  return new Polygon(geometry.coordinates.map((ring) => ring.map(project)));
}
