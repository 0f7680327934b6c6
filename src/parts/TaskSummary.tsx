import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { HostMap } from '../host/contract.ts';
import { formatDuration } from '../locales/intl.ts';
import { Actions, CloseButton } from './Actions.tsx';
import { type Fact, Facts } from './Facts.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';
import { PhaseHeading } from './PhaseHeading.tsx';
import type { TaskControls } from './TaskSession.ts';
import { elapsedSeconds } from './taskTimes.ts';
import { useSession } from './useSession.ts';

export interface TaskSummaryProps {
  session: TaskControls;
  task: TaskState;
  /** Says in a few words what was done. Default: 'Done'. Where items failed, it stands below the count of them. */
  heading?: ReactNode;
  /** The result in figures; how long it took is added. */
  facts?: readonly Fact[];
  /** Further buttons, before the primary one. */
  actions?: ReactNode;
  /** Shows the items that failed. */
  map?: Pick<HostMap, 'fitBounds'> | undefined;
  onClose?: (() => void) | undefined;
  /** Default: the result, where it is a sentence. */
  children?: ReactNode;
}

const FailureList = onDemand(() => import('./FailureList.tsx').then((module) => module.FailureList));
const FAILED = { items: 'failed' } as const;

/**
 * Sums up what a task has done. Where some of its items failed, it says how many, lists them, and offers to run them
 * again.
 */
export function TaskSummary({
  session,
  task,
  heading,
  facts = [],
  actions,
  map,
  ...props
}: TaskSummaryProps) {
  const { msg, language } = useTranslator();
  const { onClose, children = typeof task.result === 'string' ? <bdi>{task.result}</bdi> : null } = props;
  const { refusal, starting } = useSession(session);
  const { items } = task;
  const partly = items !== undefined && items.failed > 0;
  const seconds = elapsedSeconds(task, Number.NaN);
  const duration: Fact[] =
    seconds === undefined ? [] : [[msg('result_duration'), formatDuration(seconds, language)]];
  return (
    <>
      {partly ? (
        <>
          <PhaseHeading outcome="partly-succeeded">
            {msg('partly_heading', { ...items, total: items.ok + items.failed })}
          </PhaseHeading>
          {heading ? <div>{heading}</div> : null}
          <FailureList items={items} map={map} />
        </>
      ) : (
        <PhaseHeading outcome="succeeded">{heading ?? msg('status_succeeded')}</PhaseHeading>
      )}
      <div>{children}</div>
      <Facts facts={[...facts, ...duration]} />
      <FailureNotice heading="refused_heading" failure={refusal} />
      <Actions
        start={
          <>
            <CloseButton onClose={onClose} />
            <Button onClick={() => session.dismiss()}>{msg('start_another')}</Button>
          </>
        }
      >
        {actions}
        {partly && session.canRetry(FAILED) ? (
          <Button type="primary" aria-busy={starting} onClick={() => void session.retry(FAILED)}>
            {starting ? msg('starting') : msg('retry_failed', { count: items.failed })}
          </Button>
        ) : null}
      </Actions>
    </>
  );
}
