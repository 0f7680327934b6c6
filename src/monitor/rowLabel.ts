import type { TaskSnapshot } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatPercent } from '../locales/intl.ts';
import { stateOf } from '../parts/stateOf.ts';
import { designOf, outcomeText, taskTitle, waitingText } from '../parts/taskWords.ts';

/** The accessible name of a row: 'Customer connections, FTTH-North, Running, 48%'. */
export function rowLabel(task: TaskSnapshot, words: Translator, user: string | undefined): string {
  const { msg, language } = words;
  const state = stateOf(task);
  const { percent } = task.progress;
  const parts: (string | undefined)[] = [taskTitle(task, words), designOf(task)];
  if (state === 'cancelling') parts.push(msg('status_cancelling'));
  else if (state === 'queued' || state === 'stuck') {
    parts.push(msg('waiting'), waitingText(task, words, Date.now())?.reason);
  } else if (state === 'running') {
    parts.push(msg('status_running'), percent === null ? undefined : formatPercent(percent, language));
  } else parts.push(outcomeText(task, words, { user }));
  return parts
    .filter((part): part is string => Boolean(part))
    .reduce((first, second) => msg('joined', { first, second }));
}
