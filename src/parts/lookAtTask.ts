// Reads for a dialog what the server knows of its task besides its events: why it waits, and who cancelled it.
import { waitingOf } from '../client/waitingOf.ts';
import type { TaskSnapshot, TaskStatus } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import type { TaskControls } from './TaskSession.ts';
import { cancelledByText, type WaitingWords, waitingText } from './taskWords.ts';

/** Places in the queue change with other tasks, so they are read so often. */
const EVERY_MS = 5_000;

export interface Looked {
  /** Why the task waits. Undefined where the server does not say it. */
  waiting(words: Translator, nowMs: number): WaitingWords | undefined;
  /** 'Cancelled by Jonas Weber'. Undefined where the server does not say it. */
  cancelledBy(words: Translator): string | undefined;
}

/** Looks at the task of a session until the signal aborts. A page that nobody sees asks for nothing. */
export function lookAtTask(
  session: TaskControls,
  status: TaskStatus,
  signal: AbortSignal,
  onLook: (looked: Looked) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    if (!document.hidden) {
      try {
        const task = await session.look?.();
        const user = task?.cancelledBy ? await session.ownName?.().catch(() => undefined) : undefined;
        if (!signal.aborted && task) onLook(lookedAt(task, user));
      } catch {
        // The connection's own line says that the server does not answer.
      }
    }
    if (status === 'queued' && !signal.aborted) timer = setTimeout(() => void look(), EVERY_MS);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  void look();
}

function lookedAt(task: TaskSnapshot, user: string | undefined): Looked {
  const waiting = waitingOf(task);
  return {
    waiting: (words, nowMs) => waiting && waitingText({ ...task, waiting }, words, nowMs),
    cancelledBy: (words) =>
      typeof task.cancelledBy === 'string' && task.cancelledBy !== ''
        ? cancelledByText(task, words, { user })
        : undefined,
  };
}
