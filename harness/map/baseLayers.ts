import Feature from 'ol/Feature.js';
import type { Geometry as OlGeometry } from 'ol/geom.js';
import { LineString, Point, Polygon } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import type { GeoFeature, Geometry, Position } from '../../src/contract/index.ts';
import type { MapLayerState, MapLayerStates } from './mapLayers.ts';
import type { MapStyles } from './styles.ts';

export const SOURCE_NAMES = [
  'street',
  'design',
  'address',
  'pole',
  'route',
  'wallBox',
  'cable',
  'equipment',
] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];
export type Sources = Record<SourceName, VectorSource>;

export function createSources(): Sources {
  return {
    street: new VectorSource(),
    design: new VectorSource(),
    address: new VectorSource(),
    pole: new VectorSource(),
    route: new VectorSource(),
    wallBox: new VectorSource(),
    cable: new VectorSource(),
    equipment: new VectorSource(),
  };
}

interface LayerSpec {
  source: SourceName;
  style: keyof MapStyles;
  zIndex: number;
  /** Metres per pixel from which on the layer is hidden. */
  maxResolution?: number;
}

/** These layers are drawn once and then shown as a picture, so that a frame in which a running task draws costs one image per layer. */
const PICTURES: LayerSpec[] = [
  { source: 'design', style: 'design', zIndex: 10 },
  { source: 'street', style: 'street', zIndex: 20 },
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
  setLayers(states: MapLayerStates): void;
}

export function createBaseLayers(sources: Sources, styles: MapStyles): BaseLayers {
  const pictures = PICTURES.map((spec) => {
    const source = sources[spec.source];
    const layer = new VectorImageLayer({ source, zIndex: spec.zIndex, imageRatio: 1.3, visible: false });
    let isOn = true;
    // An empty picture costs as much to show as a full one.
    const show = () => layer.setVisible(isOn && !source.isEmpty());
    source.on('change', show);
    const set = (state: MapLayerState) => {
      isOn = state.isOn;
      layer.setOpacity(state.opacity);
      show();
    };
    return { spec, layer, set };
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
  return {
    layers: all.map(({ layer }) => layer),
    setStyles,
    setLayers(states) {
      for (const { spec, set } of pictures) set(states[spec.source === 'street' ? 'streets' : 'designs']);
      for (const { layer } of labels) {
        layer.setVisible(states.names.isOn);
        layer.setOpacity(states.names.opacity);
      }
    },
  };
}

/** A feature of the map, in map coordinates; `geo` is what it was made of. */
export function mapFeature(geo: GeoFeature): Feature {
  const feature = new Feature({ geometry: mapGeometry(geo.geometry), geo });
  feature.setId(geo.id);
  return feature;
}

export function mapGeometry(geometry: Geometry): OlGeometry {
  const project = (position: Position) => fromLonLat([position[0], position[1]]);
  if (geometry.type === 'Point') return new Point(project(geometry.coordinates));
  if (geometry.type === 'LineString') return new LineString(geometry.coordinates.map(project));
  return new Polygon(geometry.coordinates.map((ring) => ring.map(project)));
}
