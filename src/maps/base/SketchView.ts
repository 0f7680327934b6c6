import type { Position } from '../../contract/index.ts';
import type { SketchedCircle, SketchShape } from '../../host/contract.ts';
import { circleAround, metresBetween, placeFrom, wrapped } from './geodesic.ts';
import type { Pixel, SketchMap } from './SketchMap.ts';

/** The area that a user is drawing. */
interface SketchedDrawing {
  kind: 'drawing';
  corners: readonly Position[];
  next: Position | undefined;
  byKeys: boolean;
}

export type ShownSketch = SketchShape | SketchedDrawing;

const SVG = 'http://www.w3.org/2000/svg';
const EAST = 90;
const CROSS = 12;
/** A key changes a radius by this share of it. */
const KEY_SHARE = 0.05;
/** Paths end this far from the map: a browser draws no line whose end is millions of pixels away. */
const FARTHEST = 100_000;

/** The part of the picture that shows one sketch. */
export class SketchView {
  readonly element = document.createElementNS(SVG, 'g');
  readonly #map: SketchMap;
  readonly #halo = part('path', { fill: 'none', 'stroke-width': '5', 'stroke-linejoin': 'round' });
  readonly #line = part('path', {
    'stroke-width': '2',
    'stroke-linejoin': 'round',
    'stroke-dasharray': '7 4',
    'fill-opacity': '0.12',
    'fill-rule': 'evenodd',
  });
  readonly #dots = part('path', { 'stroke-width': '2' });
  #handle: SVGGElement | undefined;
  #shape: ShownSketch;
  /** The corners of a circle take a moment to compute, and a map renders often. */
  #circle: { of: string; ring: Position[] } | undefined;

  constructor(map: SketchMap, shape: ShownSketch) {
    this.#map = map;
    this.#shape = shape;
    this.element.append(this.#halo, this.#line, this.#dots);
    if (shape.kind === 'circle' && shape.handle) this.#addHandle();
  }

  /** Shows another shape of the same kind. Returns false where this one cannot. */
  takes(shape: ShownSketch | undefined): boolean {
    if (shape?.kind !== this.#shape.kind) return false;
    if (shape.kind === 'circle' && Boolean(shape.handle) !== Boolean(this.#handle)) return false;
    this.#shape = shape;
    return true;
  }

  remove(): void {
    this.element.remove();
  }

  render(): void {
    const { line, halo } = this.#map.colours();
    const [lines, dots] = this.#paths();
    setAll(this.#halo, { d: lines, stroke: halo });
    setAll(this.#line, { d: lines, stroke: line, fill: line });
    setAll(this.#dots, { d: dots, stroke: line, fill: halo });
    if (this.#shape.kind === 'circle') this.#renderHandle(this.#shape, line, halo);
  }

  /** Returns the path of the lines, and that of the dots. */
  #paths(): readonly [lines: string, dots: string] {
    const shape = this.#shape;
    switch (shape.kind) {
      case 'circle': {
        const middle = this.#pixels([shape.centre])[0];
        return [pathOf(this.#pixels(this.#ringOf(shape))), middle ? dot(middle, 3) : ''];
      }
      case 'area':
        return [shape.rings.map((ring) => pathOf(this.#pixels(ring))).join(''), ''];
      case 'point': {
        const at = this.#pixels([shape.at])[0];
        return ['', at ? dot(at, 7) + dot(at, 2) : ''];
      }
      case 'drawing': {
        const { corners, next, byKeys } = shape;
        const pixels = this.#pixels(next ? [...corners, next] : corners);
        const set = pixels.slice(0, corners.length);
        const last = next && pixels.at(-1);
        return [
          corners.length > 0 ? pathOf(pixels, pixels.length > 2) : '',
          set.map((pixel) => dot(pixel, 4)).join('') + (byKeys && last ? cross(last) : ''),
        ];
      }
    }
  }

  #ringOf({ centre, radiusMetres }: SketchedCircle): Position[] {
    const of = [centre[0], centre[1], radiusMetres].join();
    if (this.#circle?.of !== of) this.#circle = { of, ring: circleAround(centre, radiusMetres) };
    return this.#circle.ring;
  }

  /** Returns the pixels of a line, in the world that is nearest to the middle of the map. */
  #pixels(positions: readonly Position[]): Pixel[] {
    const { width = 0, height = 0 } = this.#map.surface()?.getBoundingClientRect() ?? {};
    const [middle = 0] = this.#map.unproject([width / 2, height / 2]) ?? [];
    let before: number | undefined;
    return positions.flatMap(([longitude, latitude]) => {
      // A ring may go on beyond 180 degrees, or begin again at -180.
      const near = before === undefined ? middle : before;
      before = near + wrapped(longitude - near);
      const pixel = this.#map.project([before, latitude]);
      return pixel && pixel.every(Number.isFinite) ? [pixel] : [];
    });
  }

  #renderHandle({ centre, radiusMetres, handle }: SketchedCircle, line: string, halo: string): void {
    const element = this.#handle;
    const pixel = this.#pixels([centre, placeFrom(centre, EAST, radiusMetres)])[1];
    if (!element || !handle || !pixel) return;
    const [x, y] = pixel;
    setAll(element, {
      transform: `translate(${x} ${y})`,
      'aria-label': handle.label,
      'aria-valuetext': handle.text,
      'aria-valuemin': String(handle.least),
      'aria-valuemax': String(handle.most),
      'aria-valuenow': String(radiusMetres),
    });
    const knob = element.lastElementChild;
    if (knob) setAll(knob, { fill: line, stroke: halo });
  }

  #addHandle(): void {
    const handle = part('g', { role: 'slider', tabindex: '0', 'data-sketch-handle': '' });
    Object.assign(handle.style, { cursor: 'ew-resize', pointerEvents: 'auto', touchAction: 'none' });
    // A finger needs more room than the eye.
    handle.append(
      part('circle', { r: '18', fill: 'transparent' }),
      part('circle', { r: '8', 'stroke-width': '2.5' }),
    );
    this.#handle = handle;
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      event.stopPropagation();
      const { left = 0, top = 0 } = this.#map.place()?.getBoundingClientRect() ?? {};
      const at = this.#map.unproject([event.clientX - left, event.clientY - top]);
      if (at && this.#shape.kind === 'circle') this.#setRadius(metresBetween(this.#shape.centre, at));
    });
    handle.addEventListener('keydown', this.#key);
    this.element.append(handle);
  }

  #key = (event: KeyboardEvent): void => {
    if (this.#shape.kind !== 'circle') return;
    const { radiusMetres, handle } = this.#shape;
    const step = Math.max(1, radiusMetres * KEY_SHARE);
    if (event.key === 'ArrowRight' || event.key === 'ArrowUp') this.#setRadius(radiusMetres + step);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') this.#setRadius(radiusMetres - step);
    else if (event.key === 'Home' && handle) this.#setRadius(handle.least);
    else return;
    // The map would pan.
    event.preventDefault();
    event.stopPropagation();
  };

  #setRadius(metres: number): void {
    if (this.#shape.kind !== 'circle' || !this.#shape.handle) return;
    const { least, most, onRadius } = this.#shape.handle;
    // Three digits are as exact as a user can be.
    onRadius(Math.min(Math.max(Number(metres.toPrecision(3)), least), most));
  }
}

function part<Name extends 'g' | 'path' | 'circle'>(
  name: Name,
  attributes: Record<string, string>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  setAll(element, attributes);
  return element;
}

function setAll(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const bounded = (value: number) => Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, value)) * 10) / 10;

function pathOf(pixels: readonly Pixel[], isClosed = true): string {
  const points = pixels.map(([x, y]) => `${bounded(x)} ${bounded(y)}`);
  return points.length === 0 ? '' : `M${points.join('L')}${isClosed ? 'Z' : ''}`;
}

function dot([x, y]: Pixel, radius: number): string {
  const [cx, cy, across] = [bounded(x), bounded(y), 2 * radius];
  return `M${cx - radius} ${cy}a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 ${-across} 0Z`;
}

function cross([x, y]: Pixel): string {
  const [cx, cy] = [bounded(x), bounded(y)];
  return `M${cx - CROSS} ${cy}h${2 * CROSS}M${cx} ${cy - CROSS}v${2 * CROSS}`;
}
