import type { GeoFeature, ItemFailure } from '../../contract/index.ts';
import type { FailureMarks, TaskOutline, TaskPlace } from '../../host/contract.ts';
import { type FailureMark, type Marks, MOST_FAILURES, MOST_PLACES, middleOf } from './marks.ts';

/** Answers about the tasks of an overlay. */
interface Colours {
  /** The colour of a running task, or of the first hue. */
  ofTask(taskId: string | undefined): string;
  /** The colour in which a feature is drawn. Undefined where no task has drawn it. */
  ofFeature(featureId: string): string | undefined;
}

/** Keeps what lies over the features of the tasks, for an overlay, and has it shown again when it changes. */
export class ShownMarks {
  readonly #colours: Colours;
  readonly #draw: (marks: Marks) => void;
  readonly #failures = new Map<string, FailureMark[]>();
  #outline: TaskOutline | null = null;
  #chosen: readonly GeoFeature[] = [];
  #places: readonly TaskPlace[] = [];

  constructor(colours: Colours, draw: (marks: Marks) => void) {
    this.#colours = colours;
    this.#draw = draw;
  }

  get chosen(): readonly GeoFeature[] {
    return this.#chosen;
  }

  get failures(): FailureMark[] {
    return [...this.#failures.values()].flat().slice(0, MOST_FAILURES);
  }

  outline(outline: TaskOutline | null): void {
    if (!outline && !this.#outline) return;
    this.#outline = outline;
    this.show();
  }

  fail(taskId: string, failures: readonly ItemFailure[], { chosen }: FailureMarks = {}): void {
    if (failures.length === 0 && !this.#failures.has(taskId)) return;
    const marks = failures.flatMap(({ id, geometry }): FailureMark[] => {
      const at = middleOf(geometry);
      return at ? [{ taskId, itemId: id, at, chosen: id === chosen }] : [];
    });
    if (marks.length > 0) this.#failures.set(taskId, marks);
    else this.#failures.delete(taskId);
    this.show();
  }

  choose(features: readonly GeoFeature[] | null): void {
    if (!features && this.#chosen.length === 0) return;
    this.#chosen = features ?? [];
    this.show();
  }

  place(places: readonly TaskPlace[]): void {
    if (places.length + this.#places.length === 0) return;
    this.#places = places.slice(0, MOST_PLACES);
    this.show();
  }

  /** The colour of a task changed. */
  recoloured(taskId: string): void {
    if (this.#outline?.taskId === taskId || this.#places.some((place) => place.taskId === taskId))
      this.show();
  }

  clear(): void {
    this.#failures.clear();
    this.#chosen = [];
    this.#places = [];
    this.#outline = null;
    this.show();
  }

  show(): void {
    const outline = this.#outline && {
      ...this.#outline,
      colour: this.#colours.ofTask(this.#outline.taskId),
    };
    const places = this.#places.map(({ taskId, bbox }) => ({ bbox, colour: this.#colours.ofTask(taskId) }));
    const chosen = this.#chosen.map(({ id, geometry }) => ({
      id,
      geometry,
      colour: this.#colours.ofFeature(id),
    }));
    this.#draw({ outline, places, failures: this.failures, chosen });
  }
}
