import type { Map as MapLibre } from 'maplibre-gl';
import type { Position } from '../../contract/index.ts';
import { isEmpty, type Marks, NO_MARKS } from '../base/marks.ts';
import type { OverlayColours } from '../base/overlayColours.ts';
import { paintMarks } from '../base/paintMarks.ts';

/**
 * Shows the marks over the features of tasks on a canvas above a MapLibre map. A style need not have glyphs for that, and another
 * style changes nothing. While there are no marks, there is no canvas.
 */
export class MapLibreMarks {
  readonly #map: MapLibre;
  readonly #coloursOf: () => Required<OverlayColours>;
  #canvas: HTMLCanvasElement | undefined;
  #marks: Marks = NO_MARKS;
  /** The camera that the canvas was painted for. */
  #painted = '';

  constructor(map: MapLibre, coloursOf: () => Required<OverlayColours>) {
    this.#map = map;
    this.#coloursOf = coloursOf;
  }

  show(marks: Marks): void {
    this.#marks = marks;
    this.#painted = '';
    if (isEmpty(marks)) {
      this.dispose();
      return;
    }
    if (!this.#canvas) {
      this.#canvas = document.createElement('canvas');
      this.#canvas.className = 'lrt-marks';
      this.#canvas.setAttribute('aria-hidden', 'true');
      Object.assign(this.#canvas.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none' });
      this.#map.getCanvasContainer().append(this.#canvas);
      this.#map.on('render', this.#paint);
    }
    this.#paint();
  }

  dispose(): void {
    if (!this.#canvas) return;
    this.#map.off('render', this.#paint);
    this.#canvas.remove();
    this.#canvas = undefined;
  }

  #paint = (): void => {
    const canvas = this.#canvas;
    const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
    const pixelRatio = this.#map.getPixelRatio();
    const map = this.#map;
    const camera = [...map.getCenter().toArray(), map.getZoom(), map.getBearing(), map.getPitch()];
    const painted = [...camera, width, height, pixelRatio].join();
    if (!canvas || painted === this.#painted) return;
    this.#painted = painted;
    canvas.width = Math.round(width * pixelRatio);
    canvas.height = Math.round(height * pixelRatio);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext('2d');
    if (!context) return;
    const project = projector(map);
    const direction = getComputedStyle(map.getContainer()).direction === 'rtl' ? 'rtl' : 'ltr';
    paintMarks({ context, width, height, pixelRatio, project, direction }, this.#marks, this.#coloursOf());
  };
}

/** Returns a function from WGS 84 to CSS pixels. It shows a place in the world that is nearest to the middle of the map. */
function projector(map: MapLibre): (at: Position) => readonly [x: number, y: number] {
  const { lng, lat } = map.getCenter();
  const near = (longitude: number) => longitude + 360 * Math.round((lng - longitude) / 360);
  if (map.getPitch() > 0 || (map.getProjection()?.type ?? 'mercator') !== 'mercator') {
    return ([longitude, latitude]) => {
      const { x, y } = map.project([near(longitude), latitude]);
      return [x, y];
    };
  }
  // Seen from above, pixels depend on Mercator coordinates alone, and linearly. The map's own function takes a frame for thousands
  // of places.
  const step = 90 / 2 ** map.getZoom();
  const towards = lat > 0 ? lat - step / 4 : lat + step / 4;
  const [origin, east, other] = [
    map.project([lng, lat]),
    map.project([lng + step, lat]),
    map.project([lng, towards]),
  ];
  const [north, south] = [mercatorOf(lat), mercatorOf(towards)];
  const [eastX, eastY] = [(east.x - origin.x) / step, (east.y - origin.y) / step];
  const [upX, upY] = [(other.x - origin.x) / (south - north), (other.y - origin.y) / (south - north)];
  return ([longitude, latitude]) => {
    const [dx, dy] = [near(longitude) - lng, mercatorOf(latitude) - north];
    return [origin.x + dx * eastX + dy * upX, origin.y + dx * eastY + dy * upY];
  };
}

/** Mercator's latitude in degrees of longitude. */
const mercatorOf = (latitude: number) =>
  (Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 360)) * 180) / Math.PI;
