import type { GeoFeature } from '../../contract/index.ts';
import { FRESH_MS, kindOf } from './symbology.ts';

/** A drop that is drawn in full over all others. */
export interface FreshDrop {
  taskId: string;
  feature: GeoFeature;
  colour: string;
}

/** More drops than this that come at once do not stand out. A map draws them again for each batch. */
const MOST_FRESH = 200;

/**
 * Keeps the drops that are drawn in full: the one under the pointer, and those of the last moments, which stand out until they fall to the density of all others. Where the user asks for less
 * motion, none stands out.
 */
export class FreshDrops {
  readonly #show: (drops: readonly FreshDrop[]) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #drops: FreshDrop[] = [];
  #hovered: FreshDrop | undefined;

  constructor(show: (drops: readonly FreshDrop[]) => void) {
    this.#show = show;
  }

  add({ id: taskId }: { id: string }, features: readonly GeoFeature[], colour: string): void {
    if (wantsLessMotion()) return;
    const added = features
      .filter((feature) => kindOf(feature) === 'drop')
      .slice(-MOST_FRESH)
      .map((feature) => ({ taskId, feature, colour }));
    if (added.length === 0) return;
    this.#set([...this.#drops, ...added].slice(-MOST_FRESH));
    const old = new Set(added);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#keep((drop) => !old.has(drop));
    }, FRESH_MS);
    this.#timers.add(timer);
  }

  /** The pointer is over a drop. Without one it is over none. */
  hover(drop?: FreshDrop): void {
    if (this.#hovered?.feature === drop?.feature && this.#hovered?.colour === drop?.colour) return;
    this.#hovered = drop;
    this.#set(this.#drops);
  }

  remove(taskId: string): void {
    if (this.#hovered?.taskId === taskId) this.hover();
    this.#keep((drop) => drop.taskId !== taskId);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.hover();
    this.#keep(() => false);
  }

  #keep(isKept: (drop: FreshDrop) => boolean): void {
    const kept = this.#drops.filter(isKept);
    if (kept.length !== this.#drops.length) this.#set(kept);
  }

  #set(drops: FreshDrop[]): void {
    this.#drops = drops;
    this.#show(this.#hovered ? [...drops, this.#hovered] : drops);
  }
}

function wantsLessMotion(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
}
