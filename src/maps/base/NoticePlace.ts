/** The distance from the map's inline start, and the width that stays free at both sides together, in CSS pixels. */
const EDGE = 12;
/** A scale or a logo has room below. */
const ABOVE_SCALE = 48;

/** Makes the element for notices at the lower inline start of a map, when somebody asks for it. */
export class NoticePlace {
  readonly #container: () => HTMLElement | null | undefined;
  #element: HTMLElement | undefined;

  /**
   * @param container returns an element that covers the map and that the map positions
   */
  constructor(container: () => HTMLElement | null | undefined) {
    this.#container = container;
  }

  /** The element, or undefined as long as the map is not on the page. */
  get(): HTMLElement | undefined {
    const container = this.#container();
    if (!container?.isConnected) return undefined;
    this.#element ??= makeElement();
    if (this.#element.parentNode !== container) container.append(this.#element);
    return this.#element;
  }

  dispose(): void {
    this.#element?.remove();
    this.#element = undefined;
  }
}

function makeElement(): HTMLElement {
  const element = document.createElement('div');
  Object.assign(element.style, {
    position: 'absolute',
    insetInlineStart: `${EDGE}px`,
    // A dialog that is a sheet over the map's lower edge says how high it is.
    insetBlockEnd: `max(${ABOVE_SCALE}px, var(--lrt-sheet-height, 0px) + ${EDGE}px)`,
    maxWidth: `calc(100% - ${2 * EDGE}px)`,
    zIndex: '2',
    pointerEvents: 'auto',
  });
  return element;
}
