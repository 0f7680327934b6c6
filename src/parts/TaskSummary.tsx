import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { formatDuration } from '../locales/intl.ts';
import { Actions, CloseButton } from './Actions.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { useTranslator } from './MessagesContext.ts';
import { PhaseHeading } from './PhaseHeading.tsx';
import type { TaskControls } from './TaskSession.ts';
import { elapsedSeconds } from './taskTimes.ts';

export interface TaskSummaryProps {
  session: TaskControls;
  task: TaskState;
  /** What was done, in a few words; default: 'Done'. */
  heading?: ReactNode;
  /** The result in figures; how long it took is added. */
  facts?: readonly Fact[];
  /** Further buttons, after Close and Start another. */
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
  /** Default: the result, where it is a sentence. */
  children?: ReactNode;
}

/** What a task has done. */
export function TaskSummary({ session, task, heading, facts = [], actions, ...props }: TaskSummaryProps) {
  const { msg, language } = useTranslator();
  const { onClose, children = typeof task.result === 'string' ? <bdi>{task.result}</bdi> : null } = props;
  const seconds = elapsedSeconds(task, Number.NaN);
  const duration: Fact[] =
    seconds === undefined ? [] : [[msg('result_duration'), formatDuration(seconds, language)]];
  return (
    <>
      <PhaseHeading outcome="succeeded">{heading ?? msg('status_succeeded')}</PhaseHeading>
      <div>{children}</div>
      <Facts facts={[...facts, ...duration]} />
      <Actions
        start={
          <>
            <CloseButton onClose={onClose} />
            <Button onClick={() => session.dismiss()}>{msg('start_another')}</Button>
          </>
        }
      >
        {actions}
      </Actions>
    </>
  );
}
