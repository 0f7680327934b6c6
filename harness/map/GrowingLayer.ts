import ImageLayer from 'ol/layer/Image.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';

/** A point or a line in map coordinates: x, y, x, y, ... */
export type Shape = number[];

/** Draws shapes on a canvas; `toPixel` gives device pixels. */
export type Paint = (
  context: CanvasRenderingContext2D,
  shapes: Shape[],
  view: { x: (mapX: number) => number; y: (mapY: number) => number; resolution: number; pixelRatio: number },
) => void;

/**
 * A layer that only ever grows while a task runs. While the view stands still, a frame draws no more than what was
 * added since the last one; a vector layer would style and stroke every feature again, 60 times a second.
 */
export class GrowingLayer {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #canvas = document.createElement('canvas');
  readonly #source: ImageCanvasSource;
  #shapes: Shape[] = [];
  #drawn = 0;
  #view = '';
  #paint: Paint;

  constructor(zIndex: number, paint: Paint) {
    this.#paint = paint;
    this.#source = new ImageCanvasSource({
      ratio: 1,
      canvasFunction: (extent, resolution, pixelRatio, size) =>
        this.#draw(extent, resolution, pixelRatio, size),
    });
    // An empty picture costs as much to show as a full one.
    this.layer = new ImageLayer({ source: this.#source, zIndex, visible: false });
  }

  add(shapes: Shape[]): void {
    if (shapes.length === 0) return;
    for (const shape of shapes) this.#shapes.push(shape);
    this.layer.setVisible(true);
    this.#source.changed();
  }

  /** Starts anew with these shapes, and with another paint where given. */
  reset(shapes: Shape[], paint: Paint = this.#paint): void {
    this.#shapes = shapes;
    this.#paint = paint;
    this.#view = '';
    this.layer.setVisible(shapes.length > 0);
    this.#source.changed();
  }

  #draw(extent: number[], resolution: number, pixelRatio: number, size: number[]): HTMLCanvasElement {
    const [west = 0, , , north = 0] = extent;
    const [width = 0, height = 0] = size;
    const view = [...extent, resolution, pixelRatio].join();
    if (view !== this.#view) {
      // Setting the size clears the canvas.
      this.#canvas.width = Math.ceil(width);
      this.#canvas.height = Math.ceil(height);
      this.#view = view;
      this.#drawn = 0;
    }
    const context = this.#canvas.getContext('2d');
    if (context && this.#drawn < this.#shapes.length) {
      const scale = pixelRatio / resolution;
      this.#paint(context, this.#drawn === 0 ? this.#shapes : this.#shapes.slice(this.#drawn), {
        x: (mapX) => (mapX - west) * scale,
        y: (mapY) => (north - mapY) * scale,
        resolution,
        pixelRatio,
      });
      this.#drawn = this.#shapes.length;
    }
    return this.#canvas;
  }
}
