// Draws a ring around the page's icon, which says how far the user's tasks are.

/** Width and height of the drawn icon in pixels. */
const SIZE = 32;
const LINE = 4;
/** The host's icon is awaited for so long. A ring without it is better than none. */
const ICON_MS = 3_000;
/** Browsers take tens of milliseconds to change an icon. */
const PAUSE_MS = 1_000;
/** Keeps the `rel` that the host gave to its icon, while ours stands in its place. */
const KEPT = 'data-lrt-rel';

/** One state of the ring. Colours are those of CSS. */
export interface IconRing {
  /** 0 to 100; null where nobody knows: a quarter of the ring is drawn. */
  percent: number | null;
  colour: string;
  /** The part of the ring that is not filled has this colour. */
  trackColour: string;
}

/**
 * Puts an icon with a ring in the place of the host's icon, and the host's own icon back when there is nothing to say any
 * more. The host may change its icon meanwhile. Nothing happens where the browser cannot draw, or where the host's icon
 * cannot be read.
 *
 * @example
 * const icon = new PageIcon();
 * icon.show({ percent: 48, colour: '#1677ff', trackColour: '#ddd' });
 * icon.show(undefined);
 */
export class PageIcon {
  #link: HTMLLinkElement | undefined;
  #ring: IconRing | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The host's icon, by its address. */
  #image: LoadedImage | undefined;

  /** Undefined: the host's own icon. */
  show(ring: IconRing | undefined): void {
    if (!canDraw() || JSON.stringify(ring) === JSON.stringify(this.#ring)) return;
    this.#ring = ring;
    if (!ring) {
      this.#restore();
      return;
    }
    this.#timer ??= setTimeout(() => void this.#draw(), Math.max(0, this.#drawnAt + PAUSE_MS - Date.now()));
  }

  dispose(): void {
    this.show(undefined);
    this.#image?.giveUp();
  }

  async #draw(): Promise<void> {
    this.#drawnAt = Date.now();
    this.#timer = undefined;
    const image = await this.#ownIcon();
    // The ring may have been given up, or be another one, while the host's icon was awaited.
    const ring = this.#ring;
    const address = ring && this.#timer === undefined ? drawnIcon(ring, image) : undefined;
    if (address === undefined) return;
    for (const link of ownLinks()) {
      link.setAttribute(KEPT, link.rel);
      link.removeAttribute('rel');
    }
    if (!this.#link) {
      this.#link = document.createElement('link');
      this.#link.dataset.lrtIcon = '';
      this.#link.type = 'image/png';
      this.#link.rel = 'icon';
    }
    this.#link.href = address;
    if (this.#link.parentNode !== document.head) document.head.append(this.#link);
  }

  #restore(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#link?.remove();
    this.#link = undefined;
    for (const link of document.querySelectorAll(`link[${KEPT}]`)) {
      // A host that has set it again meanwhile knows better.
      if (!link.hasAttribute('rel')) link.setAttribute('rel', link.getAttribute(KEPT) ?? 'icon');
      link.removeAttribute(KEPT);
    }
  }

  #ownIcon(): Promise<HTMLImageElement | undefined> {
    const [link] = [...document.querySelectorAll<HTMLLinkElement>(`link[${KEPT}]`), ...ownLinks()].slice(-1);
    const address = link?.href || new URL('/favicon.ico', document.baseURI).href;
    if (this.#image?.address !== address) {
      this.#image?.giveUp();
      this.#image = loadImage(address);
    }
    return this.#image.loaded;
  }
}

/** The icons that the host has put on the page. */
function ownLinks(): HTMLLinkElement[] {
  const links = document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon" i]:not([data-lrt-icon])');
  return [...links];
}

interface LoadedImage {
  address: string;
  /** Undefined where it cannot be loaded. */
  loaded: Promise<HTMLImageElement | undefined>;
  giveUp(): void;
}

function loadImage(address: string): LoadedImage {
  const image = new Image();
  let giveUp = () => {};
  const loaded = new Promise<HTMLImageElement | undefined>((resolve) => {
    const settle = (found: HTMLImageElement | undefined) => {
      clearTimeout(timer);
      resolve(found);
    };
    giveUp = () => settle(undefined);
    const timer = setTimeout(giveUp, ICON_MS);
    image.onload = () => settle(image);
    image.onerror = giveUp;
  });
  // Without it, the icon of another origin could be drawn but not be read.
  image.crossOrigin = 'anonymous';
  image.src = address;
  return { address, loaded, giveUp };
}

const canDraw = () => typeof CanvasRenderingContext2D === 'function';

/** The address of the icon. Undefined where the browser cannot draw. */
function drawnIcon(ring: IconRing, image: HTMLImageElement | undefined): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  try {
    const inner = image ? SIZE - 2 * LINE - 4 : 0;
    if (image) context.drawImage(image, (SIZE - inner) / 2, (SIZE - inner) / 2, inner, inner);
    context.lineWidth = image ? LINE : LINE + 2;
    arc(context, 100, ring.trackColour);
    arc(context, ring.percent ?? 25, ring.colour);
    return canvas.toDataURL('image/png');
  } catch {
    // An SVG without a size cannot be drawn in some browsers, and some settings of privacy refuse the canvas.
    return image ? drawnIcon(ring, undefined) : undefined;
  }
}

/** Draws the part of the ring that has so many percent. It begins at the top. */
function arc(context: CanvasRenderingContext2D, percent: number, colour: string): void {
  const top = -Math.PI / 2;
  context.beginPath();
  context.strokeStyle = colour;
  const radius = (SIZE - context.lineWidth) / 2;
  context.arc(SIZE / 2, SIZE / 2, radius, top, top + (Math.min(100, percent) / 100) * 2 * Math.PI);
  context.stroke();
}
