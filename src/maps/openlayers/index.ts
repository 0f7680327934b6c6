export type { OverlayOptions } from '../base/OverlayOptions.ts';
export { type OverlayColours, overlayColours } from '../base/overlayColours.ts';
export { createOpenLayersMap, type OpenLayersMap } from './createOpenLayersMap.ts';
export { hostFeatureOf } from './hostFeatureOf.ts';
export type { OpenLayersOverlay } from './OpenLayersOverlay.ts';
