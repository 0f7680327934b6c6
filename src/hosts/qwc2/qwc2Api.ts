import type { ComponentType } from 'react';

/** A feature as QWC2 gives it to plugins: from an answer to GetFeatureInfo, or from a vector layer that a user clicked. */
export interface Qwc2Feature {
  id: string | number;
  properties: Readonly<Record<string, unknown>>;
  geometry?: { type: string; coordinates: unknown } | undefined;
  /** 'EPSG:2056'; undefined means that of the map. */
  crs?: string | undefined;
  /** QWC2's own lists show this name. */
  displayname?: string | undefined;
}

export interface Qwc2Layer {
  id: string;
  title?: string;
  role: number;
  styleName?: string;
  styleOptions?: Readonly<Record<string, unknown>>;
}

/** QWC2's API plugin puts much on `window.qwc2`. This package uses these parts of it. */
export interface Qwc2Api {
  /** `name` ends in 'Plugin'; config.json says it without. `translations` by QWC2's own language code. */
  addPlugin(
    name: string,
    component: ComponentType<Qwc2PluginConfig>,
    translations?: Record<string, object>,
  ): void;
  removePlugin(name: string): void;
  /** The state of its Redux store. */
  getState(): unknown;
  setCurrentTask(task: string | null): void;
  addLayerFeatures(layer: Qwc2Layer, features: readonly object[], clear?: boolean): void;
  removeLayer(layerId: string): void;
  refreshLayer(filter: (layer: { role?: number }) => boolean): void;
  zoomToExtent(extent: readonly number[], crs: string): void;
  panTo(position: readonly number[], crs: string): void;
  LayerRole: Readonly<Record<'THEME' | 'SELECTION', number>>;
  CoordinatesUtils: {
    reproject(point: readonly number[], source: string, target: string): number[] | null;
    reprojectBbox(bounds: readonly number[], source: string, target: string): number[];
  };
  libs: {
    connect<StateProps extends object>(
      mapState: (state: unknown) => StateProps,
    ): <Props extends object>(component: ComponentType<Props & StateProps>) => ComponentType<Props>;
  };
  components: {
    /** Asks the map's WMS layers what is at the place that was clicked. */
    PickFeature?: ComponentType<{ layer: string; featurePicked(layer: string, feature: unknown): void }>;
  };
}

/** The plugin's `cfg` in config.json. A theme may have its own. */
export interface Qwc2PluginConfig {
  poleLayer?: string | undefined;
}

const NEEDED = [
  'addPlugin',
  'removePlugin',
  'getState',
  'setCurrentTask',
  'addLayerFeatures',
  'removeLayer',
  'refreshLayer',
  'zoomToExtent',
  'panTo',
  'LayerRole',
  'CoordinatesUtils.reproject',
  'CoordinatesUtils.reprojectBbox',
  'libs.connect',
  'components',
] as const;

/**
 * Returns `window.qwc2` as a typed value. Throws a TypeError that names the missing parts.
 *
 * @example
 * const qwc2 = parseQwc2Api(Reflect.get(window, 'qwc2'));
 */
export function parseQwc2Api(value: unknown): Qwc2Api {
  const missing = NEEDED.filter((path) => at(value, ...path.split('.')) == null);
  if (isQwc2Api(value, missing)) return value;
  throw new TypeError(
    `window.qwc2 has no ${missing.join(', ')}: enable the plugin "API" in config.json, and use QWC2 2025-lts or newer`,
  );
}

function isQwc2Api(value: unknown, missing: readonly string[]): value is Qwc2Api {
  return typeof value === 'object' && value !== null && missing.length === 0;
}

/** Returns a value deep inside something unknown, or undefined where there is no such path. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inside, name) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, name) : undefined),
    value,
  );
}
