import { theme } from 'antd';
import type { TaskState } from '../client/taskStore.ts';
import { formatDuration } from '../locales/intl.ts';
import { type Fact, Facts } from './Facts.tsx';
import { useTranslator } from './MessagesContext.ts';
import { usePanel } from './panel.ts';
import { elapsedSeconds } from './taskTimes.ts';

export interface PanelFactsProps {
  task: TaskState;
  /** Default: those that the panel shows while the task runs. */
  facts?: readonly Fact[];
}

/** The facts of a task that has ended, with how long it took, in the place where those of a running task stand. */
export function PanelFacts({ task, facts }: PanelFactsProps) {
  const { token } = theme.useToken();
  const { msg, language } = useTranslator();
  const panel = usePanel();
  const seconds = elapsedSeconds(task, Number.NaN);
  const duration: Fact[] =
    seconds === undefined || !Number.isFinite(seconds)
      ? []
      : [[msg('result_duration'), formatDuration(seconds, language)]];
  return (
    <div style={{ marginBlockStart: token.marginXS }}>
      <Facts facts={[...(facts ?? panel.facts ?? []), ...duration]} />
    </div>
  );
}
