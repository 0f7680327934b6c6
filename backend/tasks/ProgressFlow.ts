import type { GeoFeature, TaskItem, TaskProgress } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import type { ProgressUpdate } from './defineTask.ts';
import type { RunLog } from './RunLog.ts';

const MESSAGE_LIMIT = 500;
const ITEMS_PER_EVENT = 1_000;
/** An event has at most so many characters of features or items as JSON, unless one of them alone has more. */
const CHARS_PER_EVENT = 256 * 2 ** 10;

/** Merges the progress calls of one run into at most one flush per interval: the latest words, all of the features. */
export class ProgressFlow {
  readonly #log: RunLog;
  readonly #intervalMs: number;
  #progress: TaskProgress;
  #features: GeoFeature[] = [];
  #items: TaskItem[] = [];
  #said = false;
  #lastFlush = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(log: RunLog, intervalMs: number) {
    this.#log = log;
    this.#intervalMs = intervalMs;
    this.#progress = log.task.progress;
  }

  get progress(): TaskProgress {
    return this.#progress;
  }

  push({ features, items, ...words }: ProgressUpdate): void {
    if (this.#closed) return;
    for (const feature of features ?? []) this.#features.push(feature);
    for (const item of items ?? []) this.#items.push(item);
    if (Object.keys(words).length > 0) {
      this.#progress = merge(this.#progress, words);
      this.#said = true;
    }
    const wait = this.#lastFlush + this.#intervalMs - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlush = performance.now();
    for (const features of cut(this.#features)) this.#log.append({ type: 'features', features });
    this.#features = [];
    for (const items of cut(this.#items)) this.#log.append({ type: 'items', items });
    this.#items = [];
    if (this.#said) {
      this.#said = false;
      this.#log.append({ type: 'progress', progress: this.#progress });
    }
  }

  /** Flushes what is left; later calls are ignored. */
  close(): void {
    this.flush();
    this.#closed = true;
  }
}

/** Cuts the list into parts that fit into an event each. */
function cut<Part extends GeoFeature | TaskItem>(list: readonly Part[]): Part[][] {
  const parts: Part[][] = [];
  let chars = 0;
  for (const each of list) {
    const own = JSON.stringify(each).length;
    const part = parts.at(-1);
    if (part && chars + own <= CHARS_PER_EVENT && part.length < ITEMS_PER_EVENT) {
      part.push(each);
      chars += own;
    } else {
      parts.push([each]);
      chars = own;
    }
  }
  return parts;
}

function merge(before: TaskProgress, words: Partial<TaskProgress>): TaskProgress {
  const { percent, step, stepCount, message, done, total } = words;
  const after: TaskProgress = {
    ...before,
    // Within a run it never goes back: a bar that jumps to and fro is useless to a reader.
    percent: isNumber(percent) ? Math.max(before.percent ?? 0, Math.min(100, percent)) : before.percent,
    step: step === null || isNumber(step) ? step : before.step,
    message: message === undefined ? before.message : boundText(message, MESSAGE_LIMIT),
  };
  if (isNumber(stepCount)) after.stepCount = stepCount;
  if (isNumber(done)) after.done = done;
  if (isNumber(total)) after.total = total;
  return after;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
