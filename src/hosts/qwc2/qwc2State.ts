import { at, type Qwc2Feature } from './qwc2Api.ts';

/** The coordinate system of all coordinates on the plugin's side. */
export const WGS84 = 'EPSG:4326';

/** The part of QWC2's state that the plugin renders. Each member stays the same object as long as QWC2's does. */
export interface Qwc2View {
  currentTask: unknown;
  /** QWC2's code: 'de-CH'. */
  language: string;
  /** 'default', 'dark', or a site's own. */
  colorScheme: string;
  /** The last click on the map. */
  click: unknown;
  /** The part of the world that the map shows. QWC2 sets it when a movement has ended. */
  bbox: unknown;
  /** QWC2's texts by key: 'appmenu.items.Identify'. */
  words: unknown;
}

export function viewOf(state: unknown): Qwc2View {
  return {
    currentTask: at(state, 'task', 'id'),
    language: textOf(at(state, 'locale', 'current')) ?? 'en-US',
    colorScheme: textOf(at(state, 'localConfig', 'colorScheme')) ?? 'default',
    click: at(state, 'map', 'click'),
    bbox: at(state, 'map', 'bbox'),
    words: at(state, 'locale', 'messages'),
  };
}

/** Returns the coordinate system of the map: 'EPSG:3857'. */
export function projectionOf(state: unknown): string {
  return textOf(at(state, 'map', 'projection')) ?? 'EPSG:3857';
}

/** Returns the bounds of the map in its own coordinates: west, south, east, north. */
export function mapBoundsOf(state: unknown): number[] {
  const bounds = at(state, 'map', 'bbox', 'bounds');
  return Array.isArray(bounds) && bounds.length === 4 && bounds.every(Number.isFinite)
    ? bounds
    : [0, 0, 0, 0];
}

/** Returns the width of the map in CSS pixels; undefined before QWC2 knows it. */
export function mapWidthOf(state: unknown): number | undefined {
  const width = at(state, 'map', 'size', 'width');
  return typeof width === 'number' && width > 0 ? width : undefined;
}

/** Returns where a click on the map was, in the map's coordinates; undefined for a click of another button. */
export function clickedPlace(click: unknown): number[] | undefined {
  const place = at(click, 'coordinate');
  if (at(click, 'button') !== 0 || !Array.isArray(place)) return undefined;
  return place.length >= 2 && place.every(Number.isFinite) ? place : undefined;
}

/** Returns a site's own texts for this plugin, which its translations call 'lrt.create' and so on. */
export function wordsOf(words: unknown, prefix: string): Record<string, string> {
  if (typeof words !== 'object' || words === null) return {};
  return Object.fromEntries(
    Object.entries(words)
      .filter(([key, text]) => key.startsWith(prefix) && typeof text === 'string' && text !== '')
      .map(([key, text]) => [key.slice(prefix.length), text]),
  );
}

/** Returns the feature of a vector layer that a click hit. */
export function clickedFeature(click: unknown, layerId: string): Qwc2Feature | undefined {
  const features = at(click, 'features');
  if (at(click, 'button') !== 0 || !Array.isArray(features)) return undefined;
  return parseFeature(features.find((feature) => at(feature, 'layerId') === layerId));
}

/** Returns undefined for a value that is no feature: GetFeatureInfo may answer with a text, too. */
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
