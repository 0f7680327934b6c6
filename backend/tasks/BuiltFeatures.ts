import type { GeoFeature } from '../../src/contract/index.ts';
import { type Json, joinJson } from '../common/JsonText.ts';
import type { LoggedEvent } from './LoggedEvent.ts';
import { BUILT_CHARS_PER_TASK, CHARS_PER_EVENT } from './logLimits.ts';

/**
 * The events with the features that the present attempt has built, for whoever comes later: the newest of them, as far
 * as they fit into BUILT_CHARS_PER_TASK. They keep the numbers that they have in the log.
 */
export class BuiltFeatures {
  /** In the order of their numbers. */
  #events: LoggedEvent[];
  #size = 0;

  constructor(events: readonly LoggedEvent[] = []) {
    this.#events = [];
    for (const event of events) this.add(event);
  }

  /** True where all of them fit into one event. */
  get fitsIntoOne(): boolean {
    return this.#size <= CHARS_PER_EVENT || this.#events.length <= 1;
  }

  add(event: LoggedEvent): void {
    this.#events.push(event);
    this.#size += event.size;
    // Cut in batches: a cut for each event would copy the whole array each time.
    if (this.#size <= BUILT_CHARS_PER_TASK * 1.25) return;
    let tooMany = 0;
    while (this.#size > BUILT_CHARS_PER_TASK && tooMany < this.#events.length - 1) {
      this.#size -= this.#events[tooMany]?.size ?? 0;
      tooMany += 1;
    }
    this.#events = this.#events.slice(tooMany);
  }

  clear(): void {
    this.#events = [];
    this.#size = 0;
  }

  /** A copy that changes on its own. */
  copy(): BuiltFeatures {
    return new BuiltFeatures(this.#events);
  }

  /** All features in one list. */
  joined(): Json<GeoFeature[]> {
    return joinJson(this.#events.flatMap(({ features }) => (features ? [features] : [])));
  }

  /** The first event with a higher number. */
  after(seq: number): LoggedEvent | undefined {
    let from = 0;
    let to = this.#events.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#events[middle]?.seq ?? 0) > seq) to = middle;
      else from = middle + 1;
    }
    return this.#events[from];
  }
}
