import type { TaskState } from '../client/taskStore.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { phaseOf } from './phaseOf.ts';

/**
 * True once the server said anything about the task. A host's own client may take its time, or never say a word;
 * until then nobody knows whether the task waits or runs.
 */
export function isHeardOf({ status, progress, connection }: TaskState): boolean {
  return status !== 'queued' || connection.state !== 'connecting' || progress.message !== '';
}

export function statusText(task: TaskState, { msg }: Translator): string {
  const active = task.status === 'queued' || task.status === 'running';
  if (active && task.cancelRequested) return msg('status_cancelling');
  if (phaseOf(task) === 'partly-succeeded') return msg('status_partly');
  return isHeardOf(task) ? msg(`status_${task.status}`) : msg('starting');
}
