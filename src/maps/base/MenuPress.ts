/**
 * Notes whether the last press on a map opened a menu. A finger that rests on the map opens one, and browsers fire a click when it
 * is lifted: that click is none of the user's.
 */
export class MenuPress {
  readonly #element: HTMLElement | undefined;
  #hasMenu = false;

  constructor(element: HTMLElement | undefined) {
    this.#element = element;
    element?.addEventListener('contextmenu', this.#opened, true);
    element?.addEventListener('pointerdown', this.#pressed, true);
  }

  get hasMenu(): boolean {
    return this.#hasMenu;
  }

  dispose(): void {
    this.#element?.removeEventListener('contextmenu', this.#opened, true);
    this.#element?.removeEventListener('pointerdown', this.#pressed, true);
  }

  #opened = (): void => {
    this.#hasMenu = true;
  };

  #pressed = (): void => {
    this.#hasMenu = false;
  };
}
