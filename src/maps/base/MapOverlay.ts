import type { BoundingBox, GeoFeature, ItemFailure, Position } from '../../contract/index.ts';
import type {
  FailureMarks,
  RunComparison,
  TaskOutline,
  TaskOverlay,
  TaskPick,
  TaskPlace,
} from '../../host/contract.ts';
import { isGhosts } from '../../host/ghosts.ts';
import { hueOf, type TaskHue } from '../../host/taskPalette.ts';
import type { DrawnTask, OverlayState } from './DrawnTask.ts';
import { DropBundles } from './DropBundles.ts';
import { type FreshDrop, FreshDrops } from './FreshDrops.ts';
import { isShown } from './isShown.ts';
import { anyIn, isIn, type OverlayLegend } from './legendOf.ts';
import type { Marks } from './marks.ts';
import type { OverlayOptions } from './OverlayOptions.ts';
import { completed, type OverlayColours, overlayColours } from './overlayColours.ts';
import { dropAt, pickTask } from './pickTask.ts';
import { ShownMarks } from './ShownMarks.ts';
import type { OverlayLook } from './symbology.ts';

/** Late features come within seconds, so a page need not remember more removed tasks than this. */
const MOST_REMOVED = 1000;
const COMPARED = { onlyA: '\u0000only-a', onlyB: '\u0000only-b', both: '\u0000both' } as const;

interface Task extends DrawnTask {
  state: OverlayState;
  readonly features: Map<string, GeoFeature>;
  bundles: DropBundles;
  /** One in so many features is shown: a power of two. */
  oneIn: number;
}

/**
 * Shows on a map what tasks build, whatever library draws it. This class decides what is shown in which state, and a
 * subclass for a map library draws. A subclass has three methods: `draw` adds features, `restyle` changes how a task
 * looks, `erase` takes a task off the map. It may have two more for what lies over the features: `drawFresh` and
 * `drawMarks`. test/contracts/overlay.contract.ts says what each subclass must show.
 */
export abstract class MapOverlay implements TaskOverlay {
  readonly #tasks = new Map<string, Task>();
  /** Tasks that were removed. Their late features belong to nobody, unless the task begins again. */
  readonly #removed = new Set<string>();
  /** The hues of tasks, whether they have drawn anything or not. */
  readonly #hues = new Map<string, number>();
  readonly #listeners = new Set<(pick: TaskPick) => void>();
  readonly #fresh = new FreshDrops((drops) => this.drawFresh(drops));
  readonly #marks = new ShownMarks(
    {
      ofTask: (taskId) => this.#hueOf(taskId).colour,
      ofFeature: (featureId) => this.#colourOfFeature(featureId),
    },
    (marks) => this.drawMarks(marks),
  );
  readonly #options: OverlayOptions;
  readonly #maxFeatures: number;
  #colours: Required<OverlayColours>;
  #disposed = false;

  constructor(options: OverlayOptions = {}) {
    const { colours = overlayColours.light, maxFeaturesPerTask = 50_000 } = options;
    this.#options = options;
    this.#colours = completed(colours);
    this.#maxFeatures = maxFeaturesPerTask;
  }

  /**
   * Shows features that a task has just built. They are in `task.features` already, which holds none of their ids twice.
   * `moved` were drawn before and belong to another bundle now. `restyle` follows where the density of a bundle changed.
   */
  protected abstract draw(task: DrawnTask, added: readonly GeoFeature[], moved: readonly GeoFeature[]): void;

  /** Shows what was drawn of a task in its present look: its state, its hue, its density or the colours changed. */
  protected abstract restyle(task: DrawnTask): void;

  /** Takes everything that was drawn of a task off the map. `drawnTasks()` has it no more. */
  protected abstract erase(task: DrawnTask): void;

  /** Shows these drops at full opacity over all others, in place of those that it showed before. */
  protected drawFresh(_drops: readonly FreshDrop[]): void {}

  /** Shows these marks over all features, in place of those that it showed before. */
  protected drawMarks(_marks: Marks): void {}

  /** The number of features of running tasks on the map. Nobody has stored them yet. */
  get pending(): number {
    return this.#growing().reduce((count, { features }) => count + features.size, 0);
  }

  add(taskId: string, features: GeoFeature[], { replace }: { replace: boolean }): void {
    if (this.#disposed || (!replace && this.#removed.has(taskId))) return;
    if (replace) this.#take(taskId);
    this.#removed.delete(taskId);
    const task = this.#tasks.get(taskId) ?? newTask(taskId);
    this.#tasks.set(taskId, task);
    if (!this.#hues.has(taskId)) this.#hues.set(taskId, this.#lowestFreeHue());
    const known = task.features.size;
    const shown = task.oneIn === 1 ? features : features.filter(({ id }) => isShown(id, task.oneIn));
    for (const feature of shown) task.features.set(feature.id, feature);
    if (shown.length === 0) return;
    const isAgain = task.features.size < known + shown.length;
    const isTooMuch = task.features.size > this.#maxFeatures;
    if (!isAgain && !isTooMuch) {
      const { moved, isDenser } = task.bundles.add(shown);
      this.draw(task, shown, moved);
      if (isDenser) this.restyle(task);
      if (!replace && task.state === 'growing') this.#fresh.add(task, shown, this.lookOf(task).colour);
      return;
    }
    // The task sent a feature again, whose earlier shape has to go, or fewer features are shown from now on.
    this.#tasks.delete(taskId);
    this.erase(task);
    if (isTooMuch) this.#thin(task);
    this.#tasks.set(taskId, task);
    const all = [...task.features.values()];
    task.bundles = new DropBundles();
    task.bundles.add(all);
    this.draw(task, all, []);
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
      this.#fresh.remove(taskId);
      this.restyle(task);
    }
    const { onSettled } = this.#options;
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
    this.#hues.delete(taskId);
    this.#removed.add(taskId);
    const [oldest] = this.#removed;
    if (oldest !== undefined && this.#removed.size > MOST_REMOVED) this.#removed.delete(oldest);
  }

  hue(taskId: string, hue: number): void {
    if (this.#disposed || this.#hues.get(taskId) === hue) return;
    this.#hues.set(taskId, hue);
    const [oldest] = this.#hues.keys();
    if (oldest !== undefined && this.#hues.size > MOST_REMOVED) this.#hues.delete(oldest);
    const task = this.#tasks.get(taskId);
    if (task?.state === 'growing') this.restyle(task);
    this.#marks.recoloured(taskId);
  }

  outline(outline: TaskOutline | null): void {
    if (!this.#disposed) this.#marks.outline(outline);
  }

  places(places: readonly TaskPlace[]): void {
    if (!this.#disposed) this.#marks.place(places);
  }

  failures(taskId: string, failures: readonly ItemFailure[], options?: FailureMarks): void {
    if (!this.#disposed) this.#marks.fail(taskId, failures, options);
  }

  choose(features: readonly GeoFeature[] | null): void {
    if (!this.#disposed) this.#marks.choose(features);
  }

  compare(comparison: RunComparison | null): void {
    for (const part of ['both', 'onlyB', 'onlyA'] as const) {
      const id = COMPARED[part];
      if (!comparison) this.#take(id);
      else this.add(id, [...comparison[part]], { replace: true });
    }
  }

  onPick(listener: (pick: TaskPick) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Returns the failed item, or the feature of a running task, at a place on the map. */
  pickAt(at: Position, metresPerPixel: number): TaskPick | undefined {
    const tasks = [...this.#tasks.values()].filter(
      // No task has built the features of a preview, so a click there is on the feature below.
      ({ id, state }) => state !== 'settled' && !isCompared(id) && !isGhosts(id),
    );
    return pickTask(at, metresPerPixel, tasks, this.#marks.failures);
  }

  /** Returns what of the tasks lies in these bounds, for a legend. */
  legend(bounds: BoundingBox): OverlayLegend {
    const tasks = this.#growing()
      .filter(({ features }) => anyIn(features.values(), bounds))
      .map(({ id }) => ({ id, ...this.#hueOf(id), isPreview: isGhosts(id) }));
    const failed = this.#marks.failures.some(({ at }) => isIn(at, bounds));
    return { tasks, failed, chosen: anyIn(this.#marks.chosen, bounds) };
  }

  /** Removes what all tasks drew, and all marks. */
  clear(): void {
    for (const taskId of [...this.#tasks.keys()]) this.remove(taskId);
    this.#marks.clear();
  }

  /** Shows everything in other colours, as when the application changes its theme. */
  setColours(colours: OverlayColours): void {
    this.#colours = completed(colours);
    this.#fresh.clear();
    for (const task of this.#tasks.values()) this.restyle(task);
    this.#marks.show();
  }

  /** Returns the colours of what a user is about to choose: those of what is chosen. */
  get sketchColours(): { line: string; halo: string } {
    const { chosen, halo } = this.#colours;
    return { line: chosen, halo };
  }

  /** Takes everything off the map. The overlay draws nothing from then on. */
  dispose(): void {
    this.clear();
    this.#fresh.clear();
    this.#listeners.clear();
    this.#disposed = true;
  }

  /** Reports a click of a user, if it hit what a task has drawn. */
  protected clicked(at: Position, metresPerPixel: number): void {
    if (this.#listeners.size === 0 || this.#options.ownsClick?.(at, metresPerPixel)) return;
    const pick = this.pickAt(at, metresPerPixel);
    if (pick) for (const listener of [...this.#listeners]) listener({ ...pick, at });
  }

  /** Shows the drop under the pointer in full; without a place, none is. */
  protected hovered(at?: Position, metresPerPixel = 1): void {
    const drawn = at && dropAt(at, metresPerPixel, this.#tasks.values());
    this.#fresh.hover(drawn && { ...drawn, colour: this.#colourOfFeature(drawn.feature.id) ?? '' });
  }

  /** Returns what is on the map, in the order in which the tasks began. */
  protected drawnTasks(): Iterable<DrawnTask> {
    return this.#tasks.values();
  }

  protected get colours(): Required<OverlayColours> {
    return this.#colours;
  }

  protected lookOf({ id, state }: DrawnTask): OverlayLook {
    const { settled, kept, hues, pending, halo } = this.#colours;
    const solid = { halo, dashed: false, dotted: false, filled: true };
    if (id === COMPARED.both) return { ...solid, colour: settled };
    if (id === COMPARED.onlyA) return { ...solid, colour: hues[1] ?? kept };
    if (id === COMPARED.onlyB) return { ...solid, colour: pending, filled: false };
    if (state === 'settled') return { ...solid, colour: settled };
    if (state === 'kept') return { ...solid, colour: kept };
    return { halo, dashed: true, filled: false, ...this.#hueOf(id) };
  }

  #hueOf(taskId: string | undefined): TaskHue {
    return hueOf(this.#colours, (taskId !== undefined && this.#hues.get(taskId)) || 0);
  }

  /** The hue of a task that nobody has given one, so that two tasks differ all the same. */
  #lowestFreeHue(): number {
    const taken = new Set(this.#growing().map(({ id }) => this.#hues.get(id)));
    let hue = 0;
    while (taken.has(hue)) hue += 1;
    return hue;
  }

  #growing(): Task[] {
    return [...this.#tasks.values()].filter(({ id, state }) => state === 'growing' && !isCompared(id));
  }

  #colourOfFeature(featureId: string): string | undefined {
    const task = [...this.#tasks.values()].find(({ features }) => features.has(featureId));
    return task && this.lookOf(task).colour;
  }

  #take(taskId: string): void {
    const task = this.#tasks.get(taskId);
    if (!task) return;
    this.#tasks.delete(taskId);
    this.#fresh.remove(taskId);
    this.erase(task);
  }
}

function newTask(id: string): Task {
  return { id, state: 'growing', features: new Map(), bundles: new DropBundles(), oneIn: 1 };
}

const isCompared = (taskId: string) => taskId.startsWith('\u0000');
