import { ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { isTerminal, type TerminalStatus } from '../contract/index.ts';
import { useTranslator } from './MessagesContext.ts';
import { PhaseFocus } from './PhaseFocus.tsx';
import { TaskAnnouncer } from './TaskAnnouncer.tsx';
import { TaskCancelled } from './TaskCancelled.tsx';
import { TaskErrorBoundary } from './TaskErrorBoundary.tsx';
import { TaskFailure } from './TaskFailure.tsx';
import { TaskProgressView, type TaskProgressViewProps } from './TaskProgressView.tsx';
import { TaskSummary } from './TaskSummary.tsx';
import { useTask } from './useTask.ts';

export interface TaskPanelProps extends Omit<TaskProgressViewProps, 'facts'> {
  /** Shown before the task; see TaskSetup. */
  setup: ReactNode;
  /** Shown when the task has succeeded; default: a TaskSummary. */
  summary?: (task: TaskState) => ReactNode;
  /** What is known of the running task besides its times: what it works on. */
  facts?: (task: TaskState) => TaskProgressViewProps['facts'];
  /** Each higher number brings the dialog around the panel to the front. */
  raise?: number | undefined;
}

/**
 * A task from its setup to its end: shows the phase that it is in, moves the focus along from phase to phase, and
 * tells a screen reader how far it is. An error in one of the phases stays inside.
 */
export function TaskPanel({ raise = 0, ...props }: TaskPanelProps) {
  const { language, direction } = useTranslator();
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A dialog comes to the front when it is focused, in our host as in others.
    if (raise > 0) content.current?.closest<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
  }, [raise]);
  return (
    <ConfigProvider direction={direction}>
      <div ref={content} lang={language} dir={direction}>
        <TaskErrorBoundary>
          <Phases {...props} />
        </TaskErrorBoundary>
      </div>
    </ConfigProvider>
  );
}

function Phases({ setup, summary, facts, ...props }: Omit<TaskPanelProps, 'raise'>) {
  const { session, onClose } = props;
  const { task } = useTask(session);
  const shared = { session, onClose };
  const phase = phaseOf(task);
  return (
    <>
      <TaskAnnouncer task={task} />
      <PhaseFocus phase={phase}>
        {!task || phase === 'setup' ? (
          setup
        ) : phase === 'running' ? (
          <TaskProgressView {...props} facts={facts?.(task)} />
        ) : phase === 'failed' ? (
          <TaskFailure {...shared} />
        ) : phase === 'cancelled' ? (
          <TaskCancelled {...shared} />
        ) : (
          (summary?.(task) ?? <TaskSummary {...shared} task={task} />)
        )}
      </PhaseFocus>
    </>
  );
}

function phaseOf(task: TaskState | undefined): 'setup' | 'running' | TerminalStatus {
  if (!task) return 'setup';
  if (isTerminal(task.status)) return task.status;
  return task.ended ? 'failed' : 'running';
}
