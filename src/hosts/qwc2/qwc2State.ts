import { at, type Qwc2Feature } from './qwc2Api.ts';

/** The coordinates that the plugin's side speaks. */
export const WGS84 = 'EPSG:4326';

/** What the plugin renders by. Each member stays the same object as long as QWC2's does. */
export interface Qwc2View {
  currentTask: unknown;
  /** QWC2's code: 'de-CH'. */
  language: string;
  /** 'default', 'dark', or a site's own. */
  colorScheme: string;
  /** The last click on the map. */
  click: unknown;
  /** QWC2's words by key: 'appmenu.items.Identify'. */
  words: unknown;
}

export function viewOf(state: unknown): Qwc2View {
  return {
    currentTask: at(state, 'task', 'id'),
    language: textOf(at(state, 'locale', 'current')) ?? 'en-US',
    colorScheme: textOf(at(state, 'localConfig', 'colorScheme')) ?? 'default',
    click: at(state, 'map', 'click'),
    words: at(state, 'locale', 'messages'),
  };
}

/** The coordinate system of the map: 'EPSG:3857'. */
export function projectionOf(state: unknown): string {
  return textOf(at(state, 'map', 'projection')) ?? 'EPSG:3857';
}

/** What the map shows, in its own coordinates: west, south, east, north. */
export function boundsOf(state: unknown): number[] {
  const bounds = at(state, 'map', 'bbox', 'bounds');
  return Array.isArray(bounds) && bounds.length === 4 && bounds.every(Number.isFinite)
    ? bounds
    : [0, 0, 0, 0];
}

/** A site's own words for this plugin: what its translations call 'lrt.create' and so on. */
export function wordsOf(words: unknown, prefix: string): Record<string, string> {
  if (typeof words !== 'object' || words === null) return {};
  return Object.fromEntries(
    Object.entries(words)
      .filter(([key, text]) => key.startsWith(prefix) && typeof text === 'string' && text !== '')
      .map(([key, text]) => [key.slice(prefix.length), text]),
  );
}

/** The feature of a vector layer that a click hit. */
export function clickedFeature(click: unknown, layerId: string): Qwc2Feature | undefined {
  const features = at(click, 'features');
  if (at(click, 'button') !== 0 || !Array.isArray(features)) return undefined;
  return parseFeature(features.find((feature) => at(feature, 'layerId') === layerId));
}

/** Undefined for what is no feature: an answer of GetFeatureInfo may be a text, too. */
export function parseFeature(value: unknown): Qwc2Feature | undefined {
  const id = at(value, 'id');
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const geometry = at(value, 'geometry');
  const type = at(geometry, 'type');
  const properties = at(value, 'properties');
  return {
    id,
    properties: typeof properties === 'object' && properties !== null ? { ...properties } : {},
    geometry: typeof type === 'string' ? { type, coordinates: at(geometry, 'coordinates') } : undefined,
    crs: textOf(at(value, 'crs')),
    displayname: textOf(at(value, 'displayname')),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
