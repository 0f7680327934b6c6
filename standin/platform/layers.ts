import type { Geometry } from '../../src/contract/index.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import type { DrawingMap, Shape } from './map.ts';

/** A layer draws with this: lines, areas and points. The options are the platform's. */
export class Style {
  readonly options: Record<string, unknown>;

  constructor(options: Record<string, unknown> = {}) {
    this.options = options;
  }
}

export class LineStyle extends Style {}
export class FillStyle extends Style {}
export class SymbolStyle extends Style {}
export class IconStyle extends Style {}
export class TextStyle extends Style {}

/** A geometry in a layer. */
export class LayerFeature {
  readonly geometry: Geometry;
  style: Style | undefined;
  tooltip: string | undefined;
  readonly #changed: () => void;

  constructor(geometry: Geometry, style: Style | undefined, changed: () => void) {
    this.geometry = geometry;
    this.style = style;
    this.#changed = changed;
  }

  getGeometry(): Geometry {
    return this.geometry;
  }

  setStyle(style: Style): void {
    this.style = style;
    this.#changed();
  }

  bindTooltip(text: string): this {
    this.tooltip = text;
    this.#changed();
    return this;
  }

  unbindTooltip(): void {
    this.tooltip = undefined;
    this.#changed();
  }
}

interface GeoJsonObject {
  type?: string;
  geometry?: Geometry | null;
  features?: readonly GeoJsonObject[];
}

/** Geometries that a plugin shows on the map; drawn by a map that has `drawLayer`, and kept in any case. */
export class GeoJSONVectorLayer {
  readonly #features = new Set<LayerFeature>();
  #map: DrawingMap | null | undefined;
  #isWaiting = false;

  constructor({ map }: { map?: DrawingMap | null } = {}) {
    this.setMap(map ?? null);
  }

  addGeom(geometry: Geometry, style?: Style): LayerFeature {
    const feature = new LayerFeature(geometry, style, () => this.#draw());
    this.#features.add(feature);
    this.#draw();
    return feature;
  }

  /** `at`: [longitude, latitude] or { lat, lng }. */
  addPoint(at: [number, number] | { lat: number; lng: number }, style?: Style): LayerFeature {
    return this.addGeom({ type: 'Point', coordinates: 'lat' in at ? [at.lng, at.lat] : at }, style);
  }

  /** A feature, a collection of them, or a geometry. */
  addGeoJSON(given: GeoJsonObject | Geometry | null, style?: Style): LayerFeature[] {
    if (!given) return [];
    if ('coordinates' in given) return [this.addGeom(given, style)];
    if (given.features) return given.features.flatMap((each) => this.addGeoJSON(each, style));
    return given.geometry ? [this.addGeom(given.geometry, style)] : [];
  }

  getFeatures(): LayerFeature[] {
    return [...this.#features];
  }

  remove(feature: LayerFeature): void {
    this.#features.delete(feature);
    this.#draw();
  }

  removeFeature(feature: LayerFeature): void {
    this.remove(feature);
  }

  clear(): void {
    this.#features.clear();
    this.#draw();
  }

  /** Null takes the layer off its map. */
  setMap(map: DrawingMap | null | undefined): void {
    this.#map?.drawLayer?.(this, null);
    this.#map = map;
    this.#draw();
  }

  show(): void {
    this.setMap(latestApplication()?.map);
  }

  hide(): void {
    this.setMap(null);
  }

  // Once for all that is added in one go.
  #draw(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    queueMicrotask(() => {
      this.#isWaiting = false;
      this.#map?.drawLayer?.(this, [...this.#features].map(shapeOf));
    });
  }
}

function shapeOf({ geometry, style, tooltip }: LayerFeature): Shape {
  const { color, width, opacity } = style?.options ?? {};
  return {
    geometry,
    style: {
      ...(typeof color === 'string' ? { color } : {}),
      ...(typeof width === 'number' ? { width } : {}),
      ...(typeof opacity === 'number' ? { opacity } : {}),
    },
    ...(tooltip === undefined ? {} : { tooltip }),
  };
}
