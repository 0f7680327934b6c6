/** Reads how much the tasks of a workflow gave on: lists leave results out, so each one is asked for once, after its end. */
import type { SystemClient } from '../../client/SystemClient.ts';
import { isRecord, type TaskSnapshot } from '../../contract/index.ts';
import { hostCall } from '../../parts/hostCall.ts';
import { readTask } from '../../parts/readTask.ts';

/** A result may be large: of a graph with more nodes than this, no result is read for its numbers. */
export const MOST_COUNTED = 60;
/** So many are asked for at once. */
const AT_ONCE = 4;

/** Says how many pieces a result has as a whole, and in each of its properties. */
interface Counted {
  whole: number | undefined;
  outputs: ReadonlyMap<string, number>;
}

export interface ResultCountsOptions {
  system: SystemClient;
  /** The task with this id has been read. */
  onTask(task: TaskSnapshot): void;
}

export class ResultCounts {
  readonly #options: ResultCountsOptions;
  readonly #counted = new Map<string, Counted>();
  readonly #asked = new Set<string>();
  readonly #waiting: string[] = [];
  #calls = new AbortController();
  #open = 0;

  constructor(options: ResultCountsOptions) {
    this.#options = options;
  }

  /** Asks for a task, once. */
  ask(taskId: string): void {
    if (this.#asked.has(taskId) || !this.#options.system.getTask) return;
    this.#asked.add(taskId);
    this.#waiting.push(taskId);
    this.#next();
  }

  /**
   * The number of pieces that properties of the result have, the largest of them, or the whole result without any. Undefined where
   * nobody knows it.
   */
  of(taskId: string, outputs: readonly string[]): number | undefined {
    const counted = this.#counted.get(taskId);
    if (outputs.length === 0) return counted?.whole;
    const known = outputs.flatMap((output) => counted?.outputs.get(output) ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  }

  close(): void {
    this.#calls.abort();
    this.#calls = new AbortController();
    for (const id of this.#waiting.splice(0)) this.#asked.delete(id);
  }

  #next(): void {
    while (this.#open < AT_ONCE) {
      const id = this.#waiting.shift();
      if (id === undefined) return;
      this.#open += 1;
      void this.#read(id, this.#calls.signal);
    }
  }

  async #read(id: string, signal: AbortSignal): Promise<void> {
    const { system, onTask } = this.#options;
    // Without an answer the link has no number, and nothing else is missing.
    const answer: unknown = await hostCall(() => system.getTask?.(id, { signal })).catch(() => undefined);
    this.#open -= 1;
    if (signal.aborted) this.#asked.delete(id);
    else {
      const task = readTask(answer);
      if (task && isRecord(answer)) {
        this.#counted.set(id, countResult(answer.result));
        onTask(task);
      }
    }
    this.#next();
  }
}

function countResult(result: unknown): Counted {
  const outputs = new Map<string, number>();
  if (isRecord(result)) {
    for (const [key, value] of Object.entries(result).slice(0, 100)) {
      const count = piecesOf(value);
      if (count !== undefined) outputs.set(key, count);
    }
  }
  return { whole: piecesOf(result), outputs };
}

/** A list has so many pieces, and so has a collection of features. Nobody can say it of other values. */
function piecesOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (isRecord(value) && Array.isArray(value.features)) return value.features.length;
  return undefined;
}
