import type { Position } from '../../contract/index.ts';
import type { Drawing, DrawOptions } from '../../host/contract.ts';
import { wrapped } from './geodesic.ts';
import type { Pixel, SketchMap } from './SketchMap.ts';

/** A press that moves farther than this moves the map; two clicks that are nearer are a double click. In CSS pixels. */
const STILL = { mouse: 6, touch: 12 };
/** A click that is nearer to the first corner than this closes the area. */
const CLOSING = { mouse: 10, touch: 20 };
const DOUBLE_MS = 450;
/** A browser may fire the click that ended a drawing after it is over, on touch screens above all. It comes within this time. */
const LATE_MS = 350;
/** An area never has more corners than this. */
const MOST_CORNERS = 1_000;
const LEAST_CORNERS = 3;
/** Keys in one of these mean something else. */
const FIELDS = 'button, a, input, select, textarea, [contenteditable]';

interface Press {
  id: number;
  at: Pixel;
}

/** Turns the clicks and keys of a user into the corners of an area, or into a point. */
export class AreaDrawing implements Drawing {
  readonly corners: Position[] = [];
  /** The place that a line from the last corner leads to: under the pointer, or the map's middle. */
  next: Position | undefined;
  /** True while a user draws by keys: the next corner is the map's middle. */
  byKeys = false;
  readonly #map: SketchMap;
  readonly #kind: 'area' | 'point';
  readonly #options: DrawOptions;
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  readonly #giveClicksBack: () => void;
  readonly #cursor: HTMLElement | undefined;
  readonly #cursorBefore: string;
  #press: Press | undefined;
  #fingers = new Set<number>();
  #last: { at: Pixel; ms: number } | undefined;
  #isOver = false;
  #late: ReturnType<typeof setTimeout> | undefined;

  /** `changed` is called when the picture has changed, and after the end. */
  constructor(map: SketchMap, kind: 'area' | 'point', options: DrawOptions, changed: () => void) {
    this.#map = map;
    this.#kind = kind;
    this.#options = options;
    this.#changed = changed;
    this.#giveClicksBack = map.takeClicks();
    this.#cursor = map.cursor();
    this.#cursorBefore = this.#cursor?.style.cursor ?? '';
    this.#setCursor();
    const { signal } = this.#stop;
    const surface = map.surface();
    const capture = { capture: true, signal };
    surface?.addEventListener('pointerdown', this.#down, capture);
    surface?.addEventListener('pointermove', this.#move, capture);
    // An application may set the cursor as it handles the same event.
    surface?.addEventListener('pointermove', this.#setCursor, { signal });
    // The pointer may leave the map before it is lifted.
    const view = surface?.ownerDocument;
    view?.addEventListener('pointerup', this.#up, capture);
    view?.addEventListener('pointercancel', this.#up, capture);
    view?.addEventListener('keydown', this.#key, capture);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  addAtMiddle(): void {
    this.byKeys = true;
    const at = this.#middle();
    if (at) this.#add(at);
  }

  removeLast(): void {
    if (this.#isOver || this.corners.length === 0) return;
    this.corners.pop();
    this.#last = undefined;
    this.#report();
  }

  finish(): void {
    if (this.#kind === 'point' || this.corners.length < LEAST_CORNERS) return;
    const [first] = this.corners;
    if (first) this.#end({ type: 'Polygon', coordinates: [[...this.corners, first]] });
  }

  cancel(): void {
    this.#end(undefined);
  }

  /** Gives the clicks back to the map at once, if the drawing is over and has not done so. */
  release(): void {
    if (!this.#isOver || this.#late === undefined) return;
    clearTimeout(this.#late);
    this.#late = undefined;
    this.#giveClicksBack();
  }

  /** The map has moved: by keys, the next corner moves along. */
  moved(): void {
    if (this.byKeys) this.next = this.#middle();
  }

  #add(at: Position): void {
    if (this.#isOver || this.corners.length >= MOST_CORNERS) return;
    const before = this.corners.at(-1);
    // A corner is never farther from the one before than half around the globe, also where the map shows the world twice.
    const longitude = before ? before[0] + wrapped(at[0] - before[0]) : wrapped(at[0]);
    const corner: Position = [longitude, at[1]];
    if (this.#kind === 'point') {
      this.#end({ type: 'Point', coordinates: corner });
      return;
    }
    if (before && before[0] === corner[0] && before[1] === corner[1]) return;
    this.corners.push(corner);
    this.#report();
  }

  #report(): void {
    this.#options.onChange?.([...this.corners]);
    this.#changed();
  }

  #end(drawn: Parameters<DrawOptions['onEnd']>[0]): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop.abort();
    this.#late = setTimeout(() => this.release(), LATE_MS);
    if (this.#cursor) this.#cursor.style.cursor = this.#cursorBefore;
    this.#changed();
    this.#options.onEnd(drawn);
  }

  #pixelOf({ clientX, clientY }: PointerEvent): Pixel {
    const { left = 0, top = 0 } = this.#map.place()?.getBoundingClientRect() ?? {};
    return [clientX - left, clientY - top];
  }

  #middle(): Position | undefined {
    const { width = 0, height = 0 } = this.#map.surface()?.getBoundingClientRect() ?? {};
    return this.#map.unproject([width / 2, height / 2]);
  }

  #setCursor = (): void => {
    if (this.#cursor) this.#cursor.style.cursor = 'crosshair';
  };

  #down = (event: PointerEvent): void => {
    if (event.target instanceof Node && this.#map.isApart(event.target)) return;
    this.#fingers.add(event.pointerId);
    // Two fingers zoom the map.
    const isClick = event.button === 0 && this.#fingers.size === 1;
    this.#press = isClick ? { id: event.pointerId, at: this.#pixelOf(event) } : undefined;
  };

  #move = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    this.byKeys = false;
    this.next = this.#map.unproject(this.#pixelOf(event));
    this.#changed();
  };

  #up = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
    const press = this.#press;
    if (press?.id !== event.pointerId) return;
    this.#press = undefined;
    const pixel = this.#pixelOf(event);
    const by = event.pointerType === 'touch' ? 'touch' : 'mouse';
    if (event.type === 'pointercancel' || distance(press.at, pixel) > STILL[by]) return;
    this.byKeys = false;
    this.#clicked(pixel, by, event.timeStamp);
  };

  #clicked(pixel: Pixel, by: keyof typeof STILL, ms: number): void {
    const last = this.#last;
    const isSecond = last && ms - last.ms < DOUBLE_MS && distance(last.at, pixel) <= STILL[by];
    this.#last = { at: pixel, ms };
    const isAt = (corner: Position | undefined, pixels: number) => {
      const place = corner && this.#map.project(corner);
      return place !== undefined && distance(place, pixel) <= pixels;
    };
    // Another click on the first corner or on the last one ends the area. It never sets a corner twice.
    if (isSecond || isAt(this.corners[0], CLOSING[by]) || isAt(this.corners.at(-1), STILL[by])) {
      this.finish();
      return;
    }
    const at = this.#map.unproject(pixel);
    if (at) this.#add(at);
  }

  #key = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.defaultPrevented || event.isComposing) return;
    if (key === 'Escape') {
      this.cancel();
    } else {
      const surface = this.#map.surface();
      if (!(target instanceof Element) || target.closest(FIELDS)) return;
      const isMaps =
        target === document.body || target.contains(surface ?? null) || surface?.contains(target);
      if (!isMaps) return;
      if (key === 'Enter') this.finish();
      else if (key === 'Backspace') this.removeLast();
      else if (key === ' ') this.addAtMiddle();
      else return;
    }
    // A dialog would close, and a page scroll.
    event.preventDefault();
    event.stopPropagation();
  };
}

const distance = ([x1, y1]: Pixel, [x2, y2]: Pixel) => Math.hypot(x2 - x1, y2 - y1);
