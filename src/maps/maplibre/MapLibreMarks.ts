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
    const middle = map.getCenter().lng;
    const project = ([longitude, latitude]: Position): readonly [number, number] => {
      // The place in the world that is nearest to the middle of the map.
      const near = longitude + 360 * Math.round((middle - longitude) / 360);
      const { x, y } = map.project([near, latitude]);
      return [x, y];
    };
    const direction = getComputedStyle(map.getContainer()).direction === 'rtl' ? 'rtl' : 'ltr';
    paintMarks({ context, width, height, pixelRatio, project, direction }, this.#marks, this.#coloursOf());
  };
}
