import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';

/** Ends that follow each other within so long are announced together. */
const TOGETHER_MS = 2_000;

/** A sentence for a screen reader. */
export interface Announcement {
  text: string;
  /** It interrupts what is being read: something failed. */
  isUrgent: boolean;
}

/**
 * Gathers the ends of tasks for a screen reader: one that ends alone is announced with its outcome, and several are counted
 * in one sentence.
 */
export class EndsAnnouncer {
  readonly #words: () => Translator;
  readonly #say: (announcement: Announcement) => void;
  #ended: TaskSnapshot[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(words: () => Translator, say: (announcement: Announcement) => void) {
    this.#words = words;
    this.#say = say;
  }

  add(task: TaskSnapshot): void {
    this.#ended.push(task);
    this.#timer ??= setTimeout(() => this.#announce(), TOGETHER_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #announce(): void {
    const ended = this.#ended;
    this.#ended = [];
    this.#timer = undefined;
    const words = this.#words();
    const failed = ended.filter(({ status }) => status === 'failed').length;
    const [only] = ended;
    const text =
      ended.length === 1 && only
        ? endText(only, words)
        : words.msg(failed > 0 ? 'notices_ended_failed' : 'notices_ended', { count: ended.length, failed });
    this.#say({ text, isUrgent: failed > 0 });
  }
}

/** 'Customer connections, FTTH-North: 2,000 addresses connected'. */
function endText(task: TaskSnapshot, words: Translator): string {
  const subject = [taskTitle(task, words), designOf(task)].filter(Boolean).join(', ');
  return `${subject}: ${outcomeText(task, words) ?? ''}`;
}

/** The key of the sentence that says how a task ended. */
export function endKey({ status, items }: TaskSnapshot) {
  if (status === 'succeeded' && items && items.failed > 0) return 'notice_partly-succeeded';
  return isTerminal(status) ? (`notice_${status}` as const) : 'notice_succeeded';
}
