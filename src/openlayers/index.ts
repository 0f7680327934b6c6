export type { OverlayOptions } from '../maps/OverlayOptions.ts';
export { type OverlayColours, overlayColours } from '../maps/overlayColours.ts';
export { createOpenLayersMap, type OpenLayersMap } from './createOpenLayersMap.ts';
export { hostFeatureOf } from './hostFeatureOf.ts';
export type { OpenLayersOverlay } from './OpenLayersOverlay.ts';
