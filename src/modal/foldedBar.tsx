import type { TaskState } from '../client/taskStore.ts';
import type { FoldedBar } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatPercent, numberFormat } from '../locales/intl.ts';
import { StateIcon } from '../parts/StateIcon.tsx';
import { stateOf } from '../parts/stateOf.ts';
import { statusText } from '../parts/statusText.ts';
import type { TaskControls } from '../parts/TaskSession.ts';
import { useEstimates } from '../parts/useEstimates.ts';
import { useNow } from '../parts/useNow.ts';

/** The dialog shows this of its task while it is folded. */
export function foldedBar(session: TaskControls, task: TaskState, translator: Translator): FoldedBar {
  const { percent } = task.progress;
  const state = stateOf(task);
  return {
    icon: <StateIcon state={state} percent={percent} label={statusText(task, translator)} />,
    percent: percent === null ? null : formatPercent(percent, translator.language),
    detail: <Detail session={session} task={task} translator={translator} />,
  };
}

interface DetailProps {
  session: TaskControls;
  task: TaskState;
  translator: Translator;
}

/** '1,480 / 2,000 · 4 to 6 sec left'; how the task stands where there is nothing to count. */
function Detail({ session, task, translator }: DetailProps) {
  const now = useNow();
  const estimates = useEstimates();
  const { done, total } = task.progress;
  const number = (value: number) => numberFormat(translator.language).format(value);
  const active = task.status === 'running' && !task.ended;
  const parts = [
    active && done !== undefined && total !== undefined
      ? `${number(done)} / ${number(total)}`
      : statusText(task, translator),
    active ? estimates?.remainingLeftText(translator, estimates.remainingOf(session, task, now)) : undefined,
  ];
  return <bdi>{parts.filter(Boolean).join(' · ')}</bdi>;
}
