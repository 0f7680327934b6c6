import type { Drawing, DrawOptions, MapSketches, SketchShape } from '../../host/contract.ts';
import { AreaDrawing } from './AreaDrawing.ts';
import type { SketchMap } from './SketchMap.ts';
import { SketchView } from './SketchView.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The drawing that is under way is shown under this key. */
const OWN = '\u0000drawing';

/**
 * Shows sketches on a map, and lets a user draw, in a picture above the map: so it is the same for every map library. While it shows
 * nothing, it leaves nothing on the page and listens to nothing.
 */
export class SketchBoard implements Required<MapSketches> {
  readonly #map: SketchMap;
  readonly #views = new Map<string, SketchView[]>();
  #picture: SVGSVGElement | undefined;
  #stop: (() => void) | undefined;
  #drawing: AreaDrawing | undefined;
  /** The last drawing keeps clicks from the map for a moment. */
  #ended: AreaDrawing | undefined;

  constructor(map: SketchMap) {
    this.#map = map;
  }

  show(key: string, shapes: readonly SketchShape[]): void {
    if (shapes.length === 0 && !this.#views.has(key)) return;
    const views = this.#views.get(key) ?? [];
    // A handle that a user drags has to stay the same element.
    const isSame = views.length === shapes.length && views.every((view, i) => view.takes(shapes[i]));
    if (!isSame) {
      for (const view of views) view.remove();
      this.#views.delete(key);
      if (shapes.length > 0)
        this.#views.set(
          key,
          shapes.map((shape) => new SketchView(this.#map, shape)),
        );
    }
    this.#update();
  }

  draw(kind: 'area' | 'point', options: DrawOptions): Drawing {
    this.#drawing?.cancel();
    this.#ended?.release();
    this.#ended = undefined;
    const drawing = new AreaDrawing(this.#map, kind, options, () => {
      if (this.#drawing === drawing) this.#showDrawing();
    });
    this.#drawing = drawing;
    this.#update();
    return drawing;
  }

  /** Gives the drawing up and takes everything off the map. */
  dispose(): void {
    this.#drawing?.cancel();
    this.#ended?.release();
    for (const views of this.#views.values()) for (const view of views) view.remove();
    this.#views.clear();
    this.#update();
  }

  #showDrawing(): void {
    const drawing = this.#drawing;
    if (drawing?.isOver) {
      this.#ended = drawing;
      this.#drawing = undefined;
    }
    this.#update();
  }

  #update(): void {
    const isEmpty = this.#views.size === 0 && !this.#drawing;
    if (isEmpty) {
      this.#stop?.();
      this.#stop = undefined;
      this.#picture?.remove();
      this.#picture = undefined;
      return;
    }
    // Before it renders, a map may not be on the page.
    this.#stop ??= this.#map.onRender(this.#render);
    this.#render();
  }

  #render = (): void => {
    const place = this.#map.place();
    if (!place) return;
    this.#picture ??= newPicture();
    if (this.#picture.parentNode !== place) place.append(this.#picture);
    this.#drawing?.moved();
    this.#renderDrawing();
    for (const views of this.#views.values()) {
      for (const view of views) {
        if (view.element.parentNode !== this.#picture) this.#picture.append(view.element);
        view.render();
      }
    }
  };

  #renderDrawing(): void {
    const drawing = this.#drawing;
    const [known] = this.#views.get(OWN) ?? [];
    if (!drawing) {
      known?.remove();
      this.#views.delete(OWN);
      if (this.#views.size === 0) this.#update();
      return;
    }
    const { corners, next, byKeys } = drawing;
    const shape = { kind: 'drawing' as const, corners, next, byKeys };
    if (known) known.takes(shape);
    else this.#views.set(OWN, [new SketchView(this.#map, shape)]);
  }
}

function newPicture(): SVGSVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('class', 'lrt-sketches');
  picture.setAttribute('role', 'presentation');
  Object.assign(picture.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    pointerEvents: 'none',
  });
  return picture;
}
