import type { TaskState } from '../client/taskStore.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';
import { remainingLeftText, remainingOf } from './remainingOf.ts';
import { statusText } from './statusText.ts';
import type { TaskControls } from './TaskSession.ts';
import { useNow } from './useNow.ts';

export interface FoldedDetailProps {
  session: TaskControls;
  task: TaskState;
  translator: Translator;
}

/** '1,480 / 2,000 · 4 to 6 sec left'; how the task stands where there is nothing to count. */
export function FoldedDetail({ session, task, translator }: FoldedDetailProps) {
  const now = useNow();
  const { done, total } = task.progress;
  const number = (value: number) => numberFormat(translator.language).format(value);
  const active = task.status === 'running' && !task.ended;
  const parts = [
    active && done !== undefined && total !== undefined
      ? `${number(done)} / ${number(total)}`
      : statusText(task, translator),
    active ? remainingLeftText(translator, remainingOf(session, task, now)) : undefined,
  ];
  return <bdi>{parts.filter(Boolean).join(' · ')}</bdi>;
}
