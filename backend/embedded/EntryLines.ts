import { LOG_LEVELS, type LogLine, type LogPage, MAX_LOG_LINES } from '../../src/contract/index.ts';
import { logPage, type ParsedLogQuery } from '../tasks/logPages.ts';
import type { JournalLines } from './JournalLines.ts';

/** Characters of the lines of all tasks together that an EmbeddedEngine keeps. Beyond that it forgets those of the oldest tasks. */
const MAX_CHARS = 32 * 2 ** 20;

interface Kept {
  lines: LogLine[];
  /** The number of the first line that is kept, from 1. */
  first: number;
  chars: number;
}

/**
 * Keeps the lines of each task's log in memory: the newest 50,000 of each. They survive a restart where a journal keeps
 * them too.
 */
export class EntryLines {
  readonly #journal: Pick<JournalLines, 'add' | 'forget'> | undefined;
  readonly #byTask = new Map<string, Kept>();
  #chars = 0;

  constructor(journal?: Pick<JournalLines, 'add' | 'forget'>) {
    this.#journal = journal;
  }

  add(taskId: string, line: LogLine): void {
    const { first, lines } = this.#byTask.get(taskId) ?? { first: 1, lines: [] };
    const number = first + lines.length;
    this.#journal?.add(taskId, number, line);
    this.restore(taskId, number, line);
  }

  /** Adds a line that the journal has. */
  restore(taskId: string, number: number, line: LogLine): void {
    const kept = this.#byTask.get(taskId) ?? { lines: [], first: number, chars: 0 };
    this.#byTask.set(taskId, kept);
    kept.lines.push(line);
    this.#count(kept, line.message.length);
    // In large steps, because each of them moves all lines.
    if (kept.lines.length >= MAX_LOG_LINES * 1.1) this.#drop(taskId, kept, kept.lines.length - MAX_LOG_LINES);
    for (const oldest of this.#byTask.keys()) {
      if (this.#chars <= MAX_CHARS) break;
      if (oldest !== taskId) this.remove(oldest);
      else if (this.#byTask.size === 1) this.#drop(taskId, kept, Math.ceil(kept.lines.length / 2));
      else this.#byTask.delete(taskId) && this.#byTask.set(taskId, kept);
    }
  }

  remove(taskId: string): void {
    const kept = this.#byTask.get(taskId);
    if (!kept) return;
    this.#chars -= kept.chars;
    this.#byTask.delete(taskId);
    this.#journal?.forget(taskId, kept.first + kept.lines.length - 1);
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

  #drop(taskId: string, kept: Kept, count: number): void {
    const dropped = kept.lines.splice(0, count);
    kept.first += count;
    this.#journal?.forget(taskId, kept.first - 1);
    this.#count(kept, -dropped.reduce((sum, { message }) => sum + message.length, 0));
  }

  #count(kept: Kept, chars: number): void {
    kept.chars += chars;
    this.#chars += chars;
  }
}
