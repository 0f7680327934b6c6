import type { TaskItem, TaskProgress } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import type { CheckedFeature, CheckedUpdate } from './checkSaid.ts';
import { FeatureTally } from './FeatureTally.ts';
import { CHARS_PER_EVENT } from './logLimits.ts';
import type { RunLog } from './RunLog.ts';

const MESSAGE_LIMIT = 500;
const ITEMS_PER_EVENT = 1_000;

/** Merges the progress calls of one run into at most one flush per interval: the latest words, all of the features. */
export class ProgressFlow {
  readonly #log: RunLog;
  readonly #intervalMs: number;
  #progress: TaskProgress;
  #features: CheckedFeature[] = [];
  readonly #built = new FeatureTally();
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

  push({ features, items, ...words }: CheckedUpdate): void {
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
    this.#flushFeatures();
    for (const items of cut(this.#items, (item) => JSON.stringify(item).length))
      this.#log.append({ type: 'items', items });
    this.#items = [];
    if (this.#said) {
      this.#said = false;
      this.#log.append({ type: 'progress', progress: this.#progress });
    }
  }

  #flushFeatures(): void {
    const parts = cut(this.#features, ({ text }) => text.length);
    this.#features = [];
    for (const part of parts) {
      for (const { feature } of part) this.#built.add(feature);
      this.#log.append({
        type: 'features',
        features: part.map(({ feature }) => feature),
        text: `[${part.map(({ text }) => text).join(',')}]`,
        built: this.#built.summary,
      });
    }
  }

  /** Flushes what is left; later calls are ignored. */
  close(): void {
    this.flush();
    this.#closed = true;
  }
}

/** Cuts the list into parts that fit into an event each. */
function cut<Part>(list: readonly Part[], charsOf: (part: Part) => number): Part[][] {
  const parts: Part[][] = [];
  let chars = 0;
  for (const each of list) {
    const own = charsOf(each);
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
