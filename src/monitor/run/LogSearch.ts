/** Finds the lines of a log that a level filter shows, and the hits of a search among them. */
import type { TaskLogEntry } from '../../client/taskStore.ts';
import type { LogState } from './LogBuffer.ts';

export type LogLevel = TaskLogEntry['level'];

const RANK: Record<LogLevel, number> = { info: 0, warning: 1, error: 2 };

/**
 * One level filter and one search over a log that grows. It looks at each line once, however long the log gets.
 *
 * @example
 * const search = new LogSearch({ level: 'warning', text: 'no pole' });
 * search.read(log.getState());
 * search.hits.length;
 */
export class LogSearch {
  readonly #rank: number;
  readonly #text: string;
  #lines: readonly TaskLogEntry[] | undefined;
  #read = 0;
  #rows: number[] = [];
  #hits: number[] = [];

  /** `level`: the least one that is shown. `text`: what is searched for, in any case; empty: nothing. */
  constructor({ level, text }: { level: LogLevel; text: string }) {
    this.#rank = RANK[level];
    this.#text = text.toLowerCase();
  }

  /** Takes in the lines that are new. */
  read({ lines, count }: LogState): void {
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#read = 0;
      this.#rows = [];
      this.#hits = [];
    }
    for (; this.#read < count; this.#read++) {
      const line = lines[this.#read];
      if (!line || RANK[line.level] < this.#rank) continue;
      if (this.#text !== '' && line.message.toLowerCase().includes(this.#text)) {
        this.#hits.push(this.#rows.length);
      }
      this.#rows.push(this.#read);
    }
  }

  /** The number of lines that the filter shows. */
  get count(): number {
    return this.#rows.length;
  }

  /** The index in the log of the line in a row; undefined where there is no such row. */
  lineAt(row: number): number | undefined {
    return this.#rows[row];
  }

  /** The row of a line of the log, or of the next one that is shown. */
  rowOf(line: number): number {
    return lowerBound(this.#rows, line);
  }

  /** The rows in which the text was found, in their order. */
  get hits(): readonly number[] {
    return this.#hits;
  }

  /** The place among the hits of the first one at a row or after it. */
  hitFrom(row: number): number {
    return lowerBound(this.#hits, row);
  }
}

/** The place of the first number that is not below `value` in a list in rising order. */
function lowerBound(sorted: readonly number[], value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? value) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Cuts a text where what is searched for begins and ends: every second part is a hit. Case does not count. */
export function cutAtHits(message: string, text: string): string[] {
  const wanted = text.toLowerCase();
  const lower = message.toLowerCase();
  // Some letters are longer in lower case, and the places would not be those of the text.
  if (wanted === '' || lower.length !== message.length) return [message];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(message.slice(from, at), message.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, message.slice(from)];
}

/** True where a log message names an item: 'address/1' is not named by 'address/12'. */
export function mentions(message: string, id: string): boolean {
  for (let at = message.indexOf(id); at >= 0; at = message.indexOf(id, at + 1)) {
    if (!isWord(message[at - 1]) && !isWord(message[at + id.length])) return true;
  }
  return false;
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);
