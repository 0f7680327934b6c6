import type { TaskState } from '../client/taskStore.ts';
import type { Translator } from '../locales/createTranslator.ts';

export function statusText(task: TaskState, { msg }: Translator): string {
  const active = task.status === 'queued' || task.status === 'running';
  return msg(active && task.cancelRequested ? 'status_cancelling' : `status_${task.status}`);
}
