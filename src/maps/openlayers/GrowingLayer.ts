import { getCenter, getWidth } from 'ol/extent.js';
import ImageLayer from 'ol/layer/Image.js';
import type Projection from 'ol/proj/Projection.js';
import { getPointResolution, getTransform } from 'ol/proj.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';

/** A point, a line or a ring in WGS 84: longitude, latitude, longitude, latitude, ... */
export type Shape = number[];

/** A shape with its look, which all shapes that look the same share. */
export interface Drawn<Look> {
  /** With it the shape can be changed later. */
  id?: string;
  shape: Shape;
  look: Look;
}

/** The canvas that a paint draws on. */
export interface Canvas {
  context: CanvasRenderingContext2D;
  /** Converts map coordinates to pixels of the canvas. */
  x(mapX: number): number;
  y(mapY: number): number;
  metresPerPixel: number;
  pixelRatio: number;
}

/** A shape that a paint draws, in map coordinates. */
export interface Projected<Look> {
  projected: number[];
  look: Look;
}

/** A function that draws shapes. */
export type Paint<Look> = (shapes: readonly Projected<Look>[], canvas: Canvas) => void;

/** A frame paints no more shapes than this; the next ones go on. So a fan of 20,000 lines does not hold up the page. */
const MOST_IN_A_FRAME = 2_500;
/** The same where a complete picture is shown meanwhile: nobody sees that the next one takes some frames more. */
const MOST_BEHIND = 800;

/** A canvas, and how many shapes are painted on it. */
interface Picture {
  readonly canvas: HTMLCanvasElement;
  view: string;
  /** The list of entries that it is of, and their looks. */
  generation: number;
  version: number;
  painted: number;
}

interface Entry<Look> extends Drawn<Look>, Projected<Look> {}

/**
 * Shows shapes in a layer that only ever grows while a task runs. While the view stands still, a frame draws no more than what was
 * added since the last one; a vector layer would style and stroke every feature again, 60 times a second. When looks change,
 * it paints a second picture over some frames and shows the first one until the second is complete.
 */
export class GrowingLayer<Look> {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #source: ImageCanvasSource;
  readonly #paint: Paint<Look>;
  readonly #mostInAFrame: number;
  #isOn = true;
  #entries: Entry<Look>[] = [];
  readonly #byId = new Map<string, Entry<Look>>();
  /** So many of the entries are in coordinates of the projection. */
  #projectedCount = 0;
  #projection = '';
  #generation = 0;
  #version = 0;
  #front = newPicture();
  #back = newPicture();
  #frame: number | undefined;

  /** `mostInAFrame`: for shapes that cost less than a line does. */
  constructor(paint: Paint<Look>, { mostInAFrame = MOST_IN_A_FRAME } = {}) {
    this.#paint = paint;
    this.#mostInAFrame = mostInAFrame;
    this.#source = new ImageCanvasSource({
      ratio: 1,
      canvasFunction: (extent, resolution, pixelRatio, size, projection) =>
        this.#draw(extent, resolution, pixelRatio, size, projection),
    });
    // An empty picture costs as much to show as a full one.
    this.layer = new ImageLayer({ source: this.#source, visible: false });
  }

  add(shapes: readonly Drawn<Look>[]): void {
    if (shapes.length === 0) return;
    for (const shape of shapes) this.#entries.push(this.#entryOf(shape));
    this.#show();
  }

  /** Takes shapes off the map, which it has by their ids. */
  remove(ids: ReadonlySet<string>): void {
    const rest = this.#entries.filter(({ id }) => id === undefined || !ids.has(id));
    if (rest.length === this.#entries.length) return;
    for (const id of ids) this.#byId.delete(id);
    // Those that are projected stand before those that are not.
    this.#projectedCount = rest.findIndex(({ projected }) => projected.length === 0);
    if (this.#projectedCount < 0) this.#projectedCount = rest.length;
    this.#entries = rest;
    this.#generation += 1;
    this.#show();
  }

  /** Switches the layer on and off. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    this.#show();
  }

  /** True where everything is painted, or nothing is shown. */
  get isComplete(): boolean {
    const { generation, version, painted } = this.#front;
    const isNew = generation === this.#generation && version === this.#version;
    return !this.layer.getVisible() || (isNew && painted === this.#entries.length);
  }

  /** Shows shapes, which it has by their ids, in another way. So a few that change cost no new list of all. */
  change(shapes: readonly Drawn<Look>[]): void {
    const transform = this.#projection && getTransform('EPSG:4326', this.#projection);
    for (const { id, shape, look } of shapes) {
      const entry = id === undefined ? undefined : this.#byId.get(id);
      if (!entry) continue;
      const isProjected = entry.projected.length > 0;
      Object.assign(entry, { shape, look });
      if (isProjected && transform) entry.projected = transform(shape, undefined, 2);
    }
    this.repaint();
  }

  /** Begins again with these shapes. */
  reset(shapes: readonly Drawn<Look>[]): void {
    this.#byId.clear();
    this.#entries = shapes.map((shape) => this.#entryOf(shape));
    this.#projectedCount = 0;
    this.#generation += 1;
    this.#show();
  }

  /** Paints everything again: looks have changed. */
  repaint(): void {
    this.#version += 1;
    this.#source.changed();
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.layer.dispose();
    this.#source.dispose();
  }

  #show(): void {
    this.layer.setVisible(this.#isOn && this.#entries.length > 0);
    this.#source.changed();
  }

  #entryOf({ id, shape, look }: Drawn<Look>): Entry<Look> {
    const entry: Entry<Look> = { ...(id !== undefined && { id }), shape, look, projected: [] };
    if (id !== undefined) this.#byId.set(id, entry);
    return entry;
  }

  #draw(
    extent: number[],
    resolution: number,
    pixelRatio: number,
    size: number[],
    projection: Projection,
  ): HTMLCanvasElement {
    const view = [...extent, resolution, pixelRatio, ...size, projection.getCode()].join();
    this.#project(projection);
    const scale = pixelRatio / resolution;
    const west = (extent[0] ?? 0) - worldShift(extent, projection);
    const north = extent[3] ?? 0;
    const place = {
      x: (mapX: number) => (mapX - west) * scale,
      y: (mapY: number) => (north - mapY) * scale,
      metresPerPixel: getPointResolution(projection, resolution, getCenter(extent), 'm'),
      pixelRatio,
    };
    const isCurrent = ({ view: its, generation }: Picture) => its === view && generation === this.#generation;
    const [front, back] = [this.#front, this.#back];
    if (isCurrent(front)) this.#goOn(front, place, MOST_BEHIND);
    if (isCurrent(front) && front.version === this.#version) return front.canvas;
    // A picture that is under way is completed even if looks have changed since: they may change faster than it is painted.
    if (!isCurrent(back)) this.#begin(back, view, size);
    this.#goOn(back, place, front.view === view ? MOST_BEHIND : this.#mostInAFrame);
    if (back.painted < this.#entries.length && front.view === view) return front.canvas;
    [this.#front, this.#back] = [back, front];
    front.view = '';
    if (back.version !== this.#version) this.#request();
    return back.canvas;
  }

  #begin(picture: Picture, view: string, [width = 0, height = 0]: number[]): void {
    // Setting the size clears the canvas.
    picture.canvas.width = Math.ceil(width);
    picture.canvas.height = Math.ceil(height);
    Object.assign(picture, { view, generation: this.#generation, version: this.#version, painted: 0 });
  }

  #goOn(picture: Picture, place: Omit<Canvas, 'context'>, most: number): void {
    const context = picture.canvas.getContext('2d');
    const { painted } = picture;
    if (!context || painted === this.#entries.length) return;
    const upTo = Math.min(this.#entries.length, painted + most);
    const isAll = painted === 0 && upTo === this.#entries.length;
    this.#paint(isAll ? this.#entries : this.#entries.slice(painted, upTo), { context, ...place });
    picture.painted = upTo;
    if (upTo < this.#entries.length) this.#request();
  }

  /** The source takes no note of a change while it draws. */
  #request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#source.changed();
    });
  }

  #project(projection: Projection): void {
    if (projection.getCode() !== this.#projection) {
      this.#projection = projection.getCode();
      this.#projectedCount = 0;
    }
    if (this.#projectedCount === this.#entries.length) return;
    const transform = getTransform('EPSG:4326', projection);
    if (!transform)
      throw new Error(`OpenLayers cannot transform WGS 84 to ${this.#projection}: register it with proj4`);
    for (const entry of this.#entries.slice(this.#projectedCount)) {
      // OpenLayers writes into the array it is given where it is given two.
      entry.projected = transform(entry.shape, undefined, 2);
    }
    this.#projectedCount = this.#entries.length;
  }
}

function newPicture(): Picture {
  return { canvas: document.createElement('canvas'), view: '', generation: 0, version: 0, painted: 0 };
}

/** Returns how far east of the one true world the view is. A user may pan around the globe more than once. */
export function worldShift(extent: number[], projection: Projection): number {
  const world = projection.getExtent();
  if (!projection.canWrapX() || !world) return 0;
  const [x = 0] = getCenter(extent);
  return Math.floor((x - (world[0] ?? 0)) / getWidth(world)) * getWidth(world);
}
