import { getCenter, getWidth } from 'ol/extent.js';
import ImageLayer from 'ol/layer/Image.js';
import type Projection from 'ol/proj/Projection.js';
import { getPointResolution, getTransform } from 'ol/proj.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';

/** A point, a line or a ring in WGS 84: longitude, latitude, longitude, latitude, ... */
export type Shape = number[];

/** The canvas that a paint draws on. */
export interface Canvas {
  context: CanvasRenderingContext2D;
  /** Converts map coordinates to pixels of the canvas. */
  x(mapX: number): number;
  y(mapY: number): number;
  metresPerPixel: number;
  pixelRatio: number;
}

/** A function that draws shapes, which it gets in map coordinates. */
export type Paint = (shapes: number[][], canvas: Canvas) => void;

/**
 * Shows shapes in a layer that only ever grows while a task runs. While the view stands still, a frame draws no more than what was
 * added since the last one; a vector layer would style and stroke every feature again, 60 times a second.
 */
export class GrowingLayer {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #canvas = document.createElement('canvas');
  readonly #source: ImageCanvasSource;
  #shapes: Shape[] = [];
  /** The first of the shapes, in coordinates of the projection. */
  #projected: number[][] = [];
  #projection = '';
  #drawn = 0;
  #view = '';
  #paint: Paint;

  constructor(paint: Paint) {
    this.#paint = paint;
    this.#source = new ImageCanvasSource({
      ratio: 1,
      canvasFunction: (extent, resolution, pixelRatio, size, projection) =>
        this.#draw(extent, resolution, pixelRatio, size, projection),
    });
    // An empty picture costs as much to show as a full one.
    this.layer = new ImageLayer({ source: this.#source, visible: false });
  }

  add(shapes: Shape[]): void {
    if (shapes.length === 0) return;
    for (const shape of shapes) this.#shapes.push(shape);
    this.layer.setVisible(true);
    this.#source.changed();
  }

  /** Begins again with these shapes, and with another paint where one is given. */
  reset(shapes: Shape[], paint: Paint = this.#paint): void {
    this.#shapes = shapes;
    this.#projected = [];
    this.#paint = paint;
    this.#view = '';
    this.layer.setVisible(shapes.length > 0);
    this.#source.changed();
  }

  dispose(): void {
    this.layer.dispose();
    this.#source.dispose();
  }

  #draw(
    extent: number[],
    resolution: number,
    pixelRatio: number,
    size: number[],
    projection: Projection,
  ): HTMLCanvasElement {
    const [width = 0, height = 0] = size;
    const view = [...extent, resolution, pixelRatio, projection.getCode()].join();
    if (view !== this.#view) {
      // Setting the size clears the canvas.
      this.#canvas.width = Math.ceil(width);
      this.#canvas.height = Math.ceil(height);
      this.#view = view;
      this.#drawn = 0;
    }
    const context = this.#canvas.getContext('2d');
    if (context && this.#drawn < this.#shapes.length) {
      this.#project(projection);
      const scale = pixelRatio / resolution;
      const west = (extent[0] ?? 0) - worldShift(extent, projection);
      const north = extent[3] ?? 0;
      this.#paint(this.#drawn === 0 ? this.#projected : this.#projected.slice(this.#drawn), {
        context,
        x: (mapX) => (mapX - west) * scale,
        y: (mapY) => (north - mapY) * scale,
        metresPerPixel: getPointResolution(projection, resolution, getCenter(extent), 'm'),
        pixelRatio,
      });
      this.#drawn = this.#shapes.length;
    }
    return this.#canvas;
  }

  #project(projection: Projection): void {
    if (projection.getCode() !== this.#projection) {
      this.#projection = projection.getCode();
      this.#projected = [];
    }
    const transform = getTransform('EPSG:4326', projection);
    if (!transform)
      throw new Error(`OpenLayers cannot transform WGS 84 to ${this.#projection}: register it with proj4`);
    for (const shape of this.#shapes.slice(this.#projected.length)) {
      // OpenLayers writes into the array it is given where it is given two.
      this.#projected.push(transform(shape, undefined, 2));
    }
  }
}

/** Returns how far east of the one true world the view is. A user may pan around the globe more than once. */
function worldShift(extent: number[], projection: Projection): number {
  const world = projection.getExtent();
  if (!projection.canWrapX() || !world) return 0;
  const [x = 0] = getCenter(extent);
  return Math.floor((x - (world[0] ?? 0)) / getWidth(world)) * getWidth(world);
}
