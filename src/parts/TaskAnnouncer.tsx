import { useRef } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { formatPercent } from '../locales/intl.ts';
import { useTranslator } from './MessagesContext.ts';
import { statusText } from './statusText.ts';

/** Further progress is announced after so much of it and after so long, whichever is later. */
const PROGRESS = { percent: 25, ms: 30_000 };

/** The last announcement: of which task and status, and how far the task was at which time. */
interface Announced {
  about: string;
  percent: number;
  atMs: number;
  text: string | undefined;
}

/**
 * Announces to a screen reader when the status or the connection of a task changes, and seldom how far the task is: after 25
 * percent or 30 seconds, whichever is later. In between the text stays the same, so that the browser announces nothing.
 */
export function TaskAnnouncer({ task }: { task: TaskState | undefined }) {
  const translator = useTranslator();
  const last = useRef<Announced>(undefined);
  last.current = task && next(task, last.current);
  return (
    <div
      role="status"
      aria-live="polite"
      style={{
        position: 'absolute',
        width: 1,
        height: 1,
        margin: -1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
        whiteSpace: 'nowrap',
      }}
    >
      {last.current?.text}
    </div>
  );

  function next(shown: TaskState, before: Announced | undefined): Announced {
    const { msg, language } = translator;
    const { id, connection, status } = shown;
    const lost = connection.state === 'reconnecting';
    const words = lost ? msg('connection_reconnecting_now') : statusText(shown, translator);
    const about = `${id} ${words}`;
    const percent = Math.floor(shown.progress.percent ?? 0);
    const atMs = Date.now();
    if (before?.about === about) {
      const further = percent - before.percent >= PROGRESS.percent && atMs - before.atMs >= PROGRESS.ms;
      if (!further) return before;
    }
    const counts = status === 'running' && shown.progress.percent !== null && !lost;
    const text = counts
      ? msg('progress_announcement', { status: words, percent: formatPercent(percent, language) })
      : words;
    return { about, percent, atMs, text };
  }
}
