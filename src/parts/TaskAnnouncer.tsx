import type { TaskState } from '../client/taskStore.ts';
import { formatPercent } from '../locales/intl.ts';
import { useTranslator } from './MessagesContext.ts';
import { statusText } from './statusText.ts';

/**
 * Announces to a screen reader how far the task is: at every tenth, and when the status or the connection changes. The
 * text has no finer figures, so that the browser announces nothing in between.
 */
export function TaskAnnouncer({ task }: { task: TaskState | undefined }) {
  const translator = useTranslator();
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
      {task ? announcement(task) : null}
    </div>
  );

  function announcement({ connection, progress }: TaskState): string | undefined {
    const { msg, language } = translator;
    if (!task) return undefined;
    if (connection.state === 'reconnecting') return msg('connection_reconnecting_now');
    const status = statusText(task, translator);
    if (task.status !== 'running' || progress.percent === null) return status;
    const tenth = Math.floor(progress.percent / 10) * 10;
    return msg('progress_announcement', { status, percent: formatPercent(tenth, language) });
  }
}
