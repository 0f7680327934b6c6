// Draws on the host's map what the tasks of a list build and where their items failed, for the task monitor.
import type { SystemClient } from '../../client/SystemClient.ts';
import { createTaskStore, type TaskState, type TaskStore } from '../../client/taskStore.ts';
import { type ItemFailure, isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import type { HostMap, TaskOverlay, TaskPick } from '../../host/contract.ts';
import { isClaimed, onClaim } from '../../parts/drawnTasks.ts';
import type { TaskHues } from '../../parts/taskHues.ts';
import { FailuresOnMap } from './FailuresOnMap.ts';
import { touches } from './touches.ts';

/** So many tasks are followed at once. All of them share one stream. */
const MOST_FOLLOWED = 20;

/** A user clicked on what a task has built, or on one of its failed items. */
export interface PickedTask extends TaskPick {
  /** The failed items of the mark, with their reasons; the nearest is the first. */
  failures: readonly ItemFailure[];
}

export interface TasksOnMapOptions {
  system: SystemClient;
  map: HostMap;
  /** The hues of running tasks. */
  hues: Pick<TaskHues, 'getState' | 'subscribe'>;
  onPick?: ((picked: PickedTask) => void) | undefined;
}

interface Followed {
  /** True if this object has drawn the task, and so has to take it off again. */
  isDrawn: boolean;
}

/**
 * Follows the running tasks of a list that work in view, at most MOST_FOLLOWED of them, and draws each one's features in its
 * hue. It leaves a task to the session of a dialog that draws it. Give it the list whenever the list has changed.
 *
 * @example
 * const onMap = new TasksOnMap({ system, map, hues });
 * onMap.update(list.tasks);
 * onMap.dispose();
 */
export class TasksOnMap {
  readonly #map: HostMap;
  readonly #overlay: TaskOverlay | undefined;
  readonly #hues: TasksOnMapOptions['hues'];
  readonly #store: TaskStore;
  readonly #failures: FailuresOnMap | undefined;
  readonly #followed = new Map<string, Followed>();
  readonly #ends: (() => void)[];
  #tasks: readonly TaskSnapshot[] = [];
  #isDisposed = false;

  constructor({ system, map, hues, onPick }: TasksOnMapOptions) {
    this.#map = map;
    this.#hues = hues;
    this.#overlay = map.taskOverlay;
    this.#store = createTaskStore(system);
    const overlay = this.#overlay;
    this.#failures = overlay && new FailuresOnMap(system, overlay);
    this.#ends = [
      this.#store.onFeatures((id, features, info) => this.#draw(id, (on) => on.add(id, features, info))),
      this.#store.subscribe(this.#read),
      hues.subscribe(this.#paint),
    ];
    const onMove = map.onMove?.(({ moving }) => {
      if (!moving) this.#choose();
    });
    if (onMove) this.#ends.push(onMove);
    if (!overlay) return;
    this.#ends.push(onClaim(overlay, () => this.#choose()));
    const picked = overlay.onPick?.((pick) =>
      onPick?.({ ...pick, failures: this.#failures?.of(pick) ?? [] }),
    );
    if (picked) this.#ends.push(picked);
  }

  /** Takes note of the tasks of the list: those that run, and those that ended and are still shown. */
  update(tasks: Iterable<TaskSnapshot>): void {
    this.#tasks = [...tasks];
    this.#choose();
  }

  /** Marks a failed item as chosen; without one, none is. */
  chooseFailure(item?: { taskId: string; itemId: string }): void {
    this.#failures?.choose(item);
  }

  /** Takes everything off the map that nobody has stored, and releases streams and listeners. */
  dispose(): void {
    this.#isDisposed = true;
    for (const end of this.#ends) end();
    for (const id of [...this.#followed.keys()]) this.#forget(id, 'remove');
    this.#store.dispose();
    this.#failures?.dispose();
  }

  /** Decides which tasks are followed: those that are followed already, and then the newest. */
  #choose(): void {
    const overlay = this.#overlay;
    if (this.#isDisposed || !overlay) return;
    const bounds = this.#map.getBounds();
    const isInView = ({ built }: TaskSnapshot) => built?.bbox !== undefined && touches(built.bbox, bounds);
    const free = this.#tasks.filter(
      (task) => task.status === 'running' && isInView(task) && !isClaimed(overlay, task.id),
    );
    const wanted = new Set(
      [
        ...free.filter(({ id }) => this.#followed.has(id)),
        ...free.filter(({ id }) => !this.#followed.has(id)),
      ]
        .slice(0, MOST_FOLLOWED)
        .map(({ id }) => id),
    );
    const listed = new Map(this.#tasks.map((task) => [task.id, task]));
    for (const id of [...this.#followed.keys()]) {
      if (isClaimed(overlay, id)) this.#forget(id, 'leave');
      // The end of a task that is still listed comes through its stream.
      else if (!wanted.has(id) && !isOver(listed.get(id))) this.#forget(id, 'remove');
    }
    for (const id of wanted) this.#follow(id);
    this.#failures?.update(this.#tasks.filter(isInView));
  }

  #follow(id: string): void {
    if (this.#followed.has(id)) return;
    this.#followed.set(id, { isDrawn: false });
    this.#store.follow(id);
  }

  /** `leave`: a session draws the task from now on. */
  #forget(id: string, how: 'leave' | 'remove' | 'settle'): void {
    const followed = this.#followed.get(id);
    if (!followed) return;
    this.#followed.delete(id);
    this.#store.forget(id);
    if (!followed.isDrawn || how === 'leave') return;
    if (how === 'settle') this.#overlay?.settle(id);
    else this.#overlay?.remove(id);
  }

  #draw(id: string, how: (overlay: TaskOverlay) => void): void {
    const followed = this.#followed.get(id);
    const overlay = this.#overlay;
    if (!followed || !overlay || isClaimed(overlay, id)) return;
    const hue = this.#hues.getState().get(id);
    if (!followed.isDrawn && hue !== undefined) overlay.hue?.(id, hue);
    followed.isDrawn = true;
    how(overlay);
  }

  /** Takes over how the followed tasks are now. */
  #read = (): void => {
    for (const id of [...this.#followed.keys()]) {
      const task = this.#store.get(id);
      if (!task) continue;
      this.#failures?.know(id, task.items?.failures);
      if (task.ended || isTerminal(task.status)) this.#forget(id, howItEnded(task));
    }
  };

  #paint = (): void => {
    const hues = this.#hues.getState();
    const overlay = this.#overlay;
    for (const [id, { isDrawn }] of this.#followed) {
      const hue = hues.get(id);
      if (isDrawn && hue !== undefined) overlay?.hue?.(id, hue);
    }
  };
}

const isOver = (task: TaskSnapshot | undefined) => task !== undefined && isTerminal(task.status);

const howItEnded = ({ status }: TaskState) => (status === 'succeeded' ? 'settle' : 'remove');
