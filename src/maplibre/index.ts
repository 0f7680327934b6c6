export type { OverlayOptions } from '../maps/OverlayOptions.ts';
export { type OverlayColours, overlayColours } from '../maps/overlayColours.ts';
export { createMapLibreMap, type MapLibreMap } from './createMapLibreMap.ts';
export type { MapLibreOverlay } from './MapLibreOverlay.ts';
