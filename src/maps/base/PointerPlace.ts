/**
 * Passes on where the pointer of a map is, once a frame at most: a pointer moves more often than a map draws, and a search among
 * 20,000 drops takes a part of a frame.
 */
export class PointerPlace<Event> {
  readonly #at: (event?: Event) => void;
  #event: Event | undefined;
  #frame: number | undefined;

  /** `at` is called without an event when the pointer has left the map, or drags it. */
  constructor(at: (event?: Event) => void) {
    this.#at = at;
  }

  moved(event?: Event): void {
    this.#event = event;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#at(this.#event);
    });
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}
