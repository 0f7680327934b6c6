import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { HostMap } from '../host/contract.ts';
import { Actions } from './Actions.tsx';
import type { Fact } from './Facts.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';
import { PanelFacts } from './PanelFacts.tsx';
import { TaskLines } from './TaskLines.tsx';
import type { TaskControls } from './TaskSession.ts';
import { useSession } from './useSession.ts';

export interface TaskSummaryProps {
  session: TaskControls;
  task: TaskState;
  /** Says in a few words what was done. Default: 'Done'. Where items failed, it stands below the count of them. */
  heading?: ReactNode;
  /** The result in figures; how long it took is added. Default: the facts of the panel. */
  facts?: readonly Fact[];
  /** Buttons that lead on from the result, such as one that shows it on the map. The last one may be the primary one. */
  actions?: ReactNode;
  /** Shows the items that failed. */
  map?: Pick<HostMap, 'fitBounds'> | undefined;
  /** Default: the result, where it is a sentence. */
  children?: ReactNode;
}

const FailureList = onDemand(() => import('./FailureList.tsx').then((module) => module.FailureList));
const FAILED = { items: 'failed' } as const;

/**
 * Sums up what a task has done. Where some of its items failed, it says how many, lists them, and offers to run them
 * again.
 */
export function TaskSummary({ session, task, heading, facts, actions, map, ...props }: TaskSummaryProps) {
  const { msg } = useTranslator();
  const { children = typeof task.result === 'string' ? <bdi>{task.result}</bdi> : null } = props;
  const { refusal, starting } = useSession(session);
  const { items } = task;
  const partly = items !== undefined && items.failed > 0;
  const canRetry = partly && session.canRetry(FAILED);
  const another = (
    <Button
      type={canRetry ? 'link' : 'default'}
      size={canRetry ? 'small' : 'middle'}
      onClick={() => session.dismiss()}
    >
      {msg('start_another')}
    </Button>
  );
  return (
    <>
      <TaskLines
        task={task}
        heading={
          partly
            ? msg('some_failed', { failed: items.failed, total: items.ok + items.failed })
            : (heading ?? msg('status_succeeded'))
        }
      />
      {partly && heading ? <div>{heading}</div> : null}
      {partly ? <FailureList items={items} map={map} /> : null}
      <div>{children}</div>
      <PanelFacts task={task} {...(facts && { facts })} />
      <FailureNotice heading="refused_heading" failure={refusal} />
      <Actions
        aside={canRetry ? another : null}
        start={
          canRetry ? (
            <Button aria-busy={starting} onClick={() => void session.retry(FAILED)}>
              {starting ? msg('starting') : msg('retry_failed', { count: items.failed })}
            </Button>
          ) : (
            another
          )
        }
      >
        {actions}
      </Actions>
    </>
  );
}
