import type { GeoFeature } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import { type OverlayColours, overlayColours } from './overlayColours.ts';

/** Options that an application may set when it makes a map for plugins. */
export interface OverlayOptions {
  /** Default `overlayColours.light`. */
  colours?: OverlayColours;
  /**
   * The overlay calls this function when a task's work is stored: load your own layers again. The task's features stay
   * until the promise that you return resolves, and for good if it rejects. Without this function they stay for good.
   */
  onSettled?: (taskId: string) => unknown;
  /**
   * The overlay holds at most so many features of a task; default 50,000. If a task builds more, the overlay shows every second
   * one, then every fourth, and so on, so that the whole extent stays in view and grows. They are chosen by their ids. Your
   * own layers show all of them once they are stored.
   */
  maxFeaturesPerTask?: number;
}

/**
 * The state of a task's features:
 * - `growing`: the task runs, and nobody has stored them;
 * - `settled`: they are stored, and the application's own layers do not show them yet;
 * - `kept`: they are a result that is no record, and stay until the user removes them.
 */
export type OverlayState = 'growing' | 'settled' | 'kept';

/** The part of one task that an overlay shows. */
export interface DrawnTask {
  readonly id: string;
  readonly state: OverlayState;
  /**
   * By their ids; see `maxFeaturesPerTask`. A feature that the task sends again takes the place of the earlier one.
   */
  readonly features: ReadonlyMap<string, GeoFeature>;
}

/** The look of a task's features. */
export interface OverlayLook {
  colour: string;
  dashed: boolean;
}

/** Late features come within seconds, so a page need not remember more removed tasks than this. */
const MOST_REMOVED = 1000;

interface Task extends DrawnTask {
  state: OverlayState;
  readonly features: Map<string, GeoFeature>;
  /** One in so many features is shown: a power of two. */
  oneIn: number;
}

/**
 * Shows on a map what tasks build, whatever library draws it. This class decides what is shown in which state, and a
 * subclass for a map library draws. A subclass has three methods: `draw` adds features, `restyle` changes how a task
 * looks, `erase` takes a task off the map. test/contracts/overlay.contract.ts says what each subclass must show.
 */
export abstract class MapOverlay implements TaskOverlay {
  readonly #tasks = new Map<string, Task>();
  /** Tasks that were removed. Their late features belong to nobody, unless the task begins again. */
  readonly #removed = new Set<string>();
  readonly #onSettled: OverlayOptions['onSettled'];
  readonly #maxFeatures: number;
  #colours: OverlayColours;
  #disposed = false;

  constructor({
    colours = overlayColours.light,
    onSettled,
    maxFeaturesPerTask = 50_000,
  }: OverlayOptions = {}) {
    this.#colours = colours;
    this.#onSettled = onSettled;
    this.#maxFeatures = maxFeaturesPerTask;
  }

  /** Shows features that a task has just built. They are in `task.features` already, which holds none of their ids twice. */
  protected abstract draw(task: DrawnTask, added: readonly GeoFeature[]): void;

  /** Shows what was drawn of a task in its present look: its state or the colours changed. */
  protected abstract restyle(task: DrawnTask): void;

  /** Takes everything that was drawn of a task off the map. `drawnTasks()` has it no more. */
  protected abstract erase(task: DrawnTask): void;

  /** The number of features of running tasks on the map. Nobody has stored them yet. */
  get pending(): number {
    let count = 0;
    for (const { state, features } of this.#tasks.values()) if (state === 'growing') count += features.size;
    return count;
  }

  add(taskId: string, features: GeoFeature[], { replace }: { replace: boolean }): void {
    if (this.#disposed || (!replace && this.#removed.has(taskId))) return;
    if (replace) this.#take(taskId);
    this.#removed.delete(taskId);
    const task = this.#tasks.get(taskId) ?? { id: taskId, state: 'growing', features: new Map(), oneIn: 1 };
    this.#tasks.set(taskId, task);
    const known = task.features.size;
    const shown = task.oneIn === 1 ? features : features.filter(({ id }) => isShown(id, task.oneIn));
    for (const feature of shown) task.features.set(feature.id, feature);
    if (shown.length === 0) return;
    const isAgain = task.features.size < known + shown.length;
    const isTooMuch = task.features.size > this.#maxFeatures;
    if (!isAgain && !isTooMuch) {
      this.draw(task, shown);
      return;
    }
    // The task sent a feature again, whose earlier shape has to go, or fewer features are shown from now on.
    this.#tasks.delete(taskId);
    this.erase(task);
    if (isTooMuch) this.#thin(task);
    this.#tasks.set(taskId, task);
    this.draw(task, [...task.features.values()]);
  }

  #thin(task: Task): void {
    // Halved beyond the bound, so that it is not reached again at once.
    while (task.features.size > this.#maxFeatures / 2 && task.oneIn < 2 ** 30) {
      task.oneIn *= 2;
      for (const id of [...task.features.keys()]) if (!isShown(id, task.oneIn)) task.features.delete(id);
    }
  }

  settle(taskId: string, { keep = false }: { keep?: boolean } = {}): void {
    if (this.#disposed) return;
    const task = this.#tasks.get(taskId);
    if (task) {
      task.state = keep ? 'kept' : 'settled';
      this.restyle(task);
    }
    const onSettled = this.#onSettled;
    if (!onSettled) return;
    const remove = () => {
      // The task may have begun again while the application loaded its layers.
      if (!keep && this.#tasks.get(taskId) === task) this.remove(taskId);
    };
    // The application reports its own errors. For the user, what was stored stays on the map.
    new Promise((resolve) => resolve(onSettled(taskId))).then(remove, () => undefined);
  }

  remove(taskId: string): void {
    this.#take(taskId);
    this.#removed.add(taskId);
    const [oldest] = this.#removed;
    if (oldest !== undefined && this.#removed.size > MOST_REMOVED) this.#removed.delete(oldest);
  }

  /** Removes what all tasks drew. */
  clear(): void {
    for (const taskId of [...this.#tasks.keys()]) this.remove(taskId);
  }

  /** Shows everything in other colours, as when the application changes its theme. */
  setColours(colours: OverlayColours): void {
    this.#colours = colours;
    for (const task of this.#tasks.values()) this.restyle(task);
  }

  /** Takes everything off the map. The overlay draws nothing from then on. */
  dispose(): void {
    this.clear();
    this.#disposed = true;
  }

  /** Returns what is on the map, in the order in which the tasks began. */
  protected drawnTasks(): Iterable<DrawnTask> {
    return this.#tasks.values();
  }

  protected lookOf(state: OverlayState): OverlayLook {
    const { pending, settled, kept = pending } = this.#colours;
    if (state === 'growing') return { colour: pending, dashed: true };
    return { colour: state === 'kept' ? kept : settled, dashed: false };
  }

  #take(taskId: string): void {
    const task = this.#tasks.get(taskId);
    if (!task) return;
    this.#tasks.delete(taskId);
    this.erase(task);
  }
}

/** True for about one in so many ids, whatever they have in common. The ones of a larger number are among those of a smaller. */
function isShown(id: string, oneIn: number): boolean {
  // FNV-1a: its low bits depend on every character.
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash & (oneIn - 1)) === 0;
}
