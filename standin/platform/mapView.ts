import type { HostMap } from '../../src/host/contract.ts';
import { boundsWithMethods, type LatLng } from './bounds.ts';

// A web map shows the world's 360 degrees on one tile of 256 pixels at zoom 0, and on twice as many at each further one.
const TILE_PIXELS = 256;
const MAX_ZOOM = 22;
// The width that is assumed where there is no page, as in a test in Node.
const ASSUMED_WIDTH_PIXELS = 1024;

/**
 * Centre and zoom of a map that has only bounds. The zoom is an estimate: the map's bounds are taken to fill the width of
 * the page.
 *
 * @example viewOf(map).setView({ lat: 52.2, lng: 0.1 }, 17)
 */
export function viewOf(map: HostMap) {
  const bounds = () => boundsWithMethods(map.getBounds());

  function getZoom(): number {
    const degrees = bounds().getEast() - bounds().getWest();
    // A single point has no width: it is shown at the deepest zoom.
    return degrees > 0
      ? Math.min(MAX_ZOOM, Math.log2((widthPixels() / TILE_PIXELS) * (360 / degrees)))
      : MAX_ZOOM;
  }

  function setView(centre: LatLng | readonly [lat: number, lng: number], zoom = getZoom()): void {
    const { lat, lng } = 'lat' in centre ? centre : { lat: centre[0], lng: centre[1] };
    const half = ((widthPixels() / TILE_PIXELS) * 360) / 2 ** zoom / 2;
    const halfLatitude = half * Math.cos((lat * Math.PI) / 180);
    map.fitBounds([lng - half, lat - halfLatitude, lng + half, lat + halfLatitude]);
  }

  return {
    getCenter: () => bounds().getCenter(),
    getZoom,
    setView,
    setZoom: (zoom: number) => setView(bounds().getCenter(), zoom),
    setCenter: (centre: LatLng) => setView(centre),
    panTo: (centre: LatLng) => setView(centre),
  };
}

function widthPixels(): number {
  return typeof document === 'undefined' ? ASSUMED_WIDTH_PIXELS : document.documentElement.clientWidth;
}
