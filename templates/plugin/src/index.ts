export { PlaceClosuresPlugin } from './PlaceClosuresPlugin.ts';
