import { LOG_LEVELS, type LogLine, type LogPage, MAX_LOG_LINES } from '../../src/contract/index.ts';
import { logPage, type ParsedLogQuery } from '../tasks/logPages.ts';

/** Characters of the lines of all tasks together that an EmbeddedEngine keeps. Beyond that it forgets those of the oldest tasks. */
const MAX_CHARS = 32 * 2 ** 20;

interface Kept {
  lines: LogLine[];
  /** The number of the first line that is kept, from 1. */
  first: number;
  chars: number;
}

/** Keeps the lines of each task's log in memory: the newest 50,000 of each. They do not survive a restart. */
export class EntryLines {
  readonly #byTask = new Map<string, Kept>();
  #chars = 0;

  add(taskId: string, line: LogLine): void {
    const kept = this.#byTask.get(taskId) ?? { lines: [], first: 1, chars: 0 };
    this.#byTask.set(taskId, kept);
    kept.lines.push(line);
    this.#count(kept, line.message.length);
    // In large steps, because each of them moves all lines.
    if (kept.lines.length >= MAX_LOG_LINES * 1.1) this.#drop(kept, kept.lines.length - MAX_LOG_LINES);
    for (const oldest of this.#byTask.keys()) {
      if (this.#chars <= MAX_CHARS) break;
      if (oldest !== taskId) this.remove(oldest);
      else if (this.#byTask.size === 1) this.#drop(kept, Math.ceil(kept.lines.length / 2));
      else this.#byTask.delete(taskId) && this.#byTask.set(taskId, kept);
    }
  }

  remove(taskId: string): void {
    this.#chars -= this.#byTask.get(taskId)?.chars ?? 0;
    this.#byTask.delete(taskId);
  }

  page(taskId: string, query: ParsedLogQuery): LogPage {
    const { lines, first } = this.#byTask.get(taskId) ?? { lines: [], first: 1 };
    const { after, limit, level, words } = query;
    const found: { number: number; line: LogLine }[] = [];
    for (let i = Math.max(0, after - first + 1); i < lines.length && found.length <= limit; i++) {
      const line = lines[i];
      if (!line || LOG_LEVELS.indexOf(line.level) < level) continue;
      if (words === undefined || line.message.toLowerCase().includes(words))
        found.push({ number: first + i, line });
    }
    return logPage(found, query);
  }

  #drop(kept: Kept, count: number): void {
    const dropped = kept.lines.splice(0, count);
    kept.first += count;
    this.#count(kept, -dropped.reduce((sum, { message }) => sum + message.length, 0));
  }

  #count(kept: Kept, chars: number): void {
    kept.chars += chars;
    this.#chars += chars;
  }
}
