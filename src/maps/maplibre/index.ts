export type { OverlayOptions } from '../base/OverlayOptions.ts';
export { type OverlayColours, overlayColours } from '../base/overlayColours.ts';
export { createMapLibreMap, type MapLibreMap } from './createMapLibreMap.ts';
export type { MapLibreOverlay } from './MapLibreOverlay.ts';
