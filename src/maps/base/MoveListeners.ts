import type { MapMove } from '../../host/contract.ts';

/** The movements of a map, whatever library it is of. */
export interface MovingMap {
  /** Returns a text that is the same as long as the map has not moved: its centre, its zoom and its rotation. */
  cameraOf(): string;
  /**
   * Calls back when a movement begins and when the map rests. Returns what ends that. `byHand`: the map knows already that a
   * user begins to move it.
   */
  listen(start: (byHand: boolean) => void, end: () => void): () => void;
}

/**
 * Distinguishes the movements of a map that a user makes from those that a plugin makes. It listens to the map only while
 * someone listens to it.
 */
export class MoveListeners {
  readonly #map: MovingMap;
  readonly #listeners = new Set<(move: MapMove) => void>();
  #stop: (() => void) | undefined;
  /** The camera when the map last rested, or when a plugin's movement was over. */
  #camera = '';
  /** The movements of plugins that are under way. */
  #own = 0;

  constructor(map: MovingMap) {
    this.#map = map;
  }

  add(listener: (move: MapMove) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#stop) {
      this.#camera = this.#map.cameraOf();
      this.#stop = this.#map.listen(this.#onStart, this.#onEnd);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.dispose();
    };
  }

  /** Call this before a plugin moves the map. The function that it returns has to be called once that movement is over. */
  begin(): () => void {
    this.#own += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#own -= 1;
      this.#camera = this.#map.cameraOf();
    };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stop?.();
    this.#stop = undefined;
  }

  #onStart = (byHand: boolean): void => {
    // Where only the size of the map changes, its camera stays.
    const byUser = this.#own === 0 && (byHand || this.#map.cameraOf() !== this.#camera);
    if (byUser) this.#notify({ byUser, moving: true });
  };

  #onEnd = (): void => {
    const camera = this.#map.cameraOf();
    const byUser = this.#own === 0 && camera !== this.#camera;
    this.#camera = camera;
    this.#notify({ byUser, moving: false });
  };

  #notify(move: MapMove): void {
    for (const listener of [...this.#listeners]) listener(move);
  }
}
