import type { TaskState } from '../client/taskStore.ts';
import type { FoldedBar } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatPercent } from '../locales/intl.ts';
import { onDemand } from './onDemand.tsx';
import { StateIcon } from './StateIcon.tsx';
import { stateOf } from './stateOf.ts';
import { statusText } from './statusText.ts';
import type { TaskControls } from './TaskSession.ts';

const FoldedDetail = onDemand(() => import('./FoldedDetail.tsx').then((module) => module.FoldedDetail));

/** The dialog shows this of its task while it is folded. */
export function foldedBar(session: TaskControls, task: TaskState, translator: Translator): FoldedBar {
  const { percent } = task.progress;
  return {
    icon: <StateIcon state={stateOf(task)} percent={percent} label={statusText(task, translator)} />,
    percent: percent === null ? null : formatPercent(percent, translator.language),
    detail: <FoldedDetail session={session} task={task} translator={translator} />,
  };
}
