import { ConfigProvider } from 'antd';
import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { prefersLessMotion, STILL } from '../host/useLessMotion.ts';
import { AddedActions, LogPlace } from './Actions.tsx';
import { useTranslator } from './MessagesContext.ts';
import { PhaseFrame } from './PhaseFrame.tsx';
import { PanelContext } from './panel.ts';
import { phaseOf } from './phaseOf.ts';
import { TaskAnnouncer } from './TaskAnnouncer.tsx';
import { TaskCancelled } from './TaskCancelled.tsx';
import { TaskErrorBoundary } from './TaskErrorBoundary.tsx';
import { TaskFailure } from './TaskFailure.tsx';
import { useTaskLog } from './TaskLog.tsx';
import { TaskProgressView, type TaskProgressViewProps } from './TaskProgressView.tsx';
import type { AnyParams, TaskControls } from './TaskSession.ts';
import { TaskSummary } from './TaskSummary.tsx';
import type { FollowedMap } from './useFollow.ts';
import { useSession } from './useSession.ts';
import { useShowsTask } from './useShowsTask.ts';

export interface TaskPanelProps<Result = unknown> extends Omit<TaskProgressViewProps, 'session' | 'facts'> {
  /** The session gives `summary`, `facts` and `actions` a task with its own type of result. */
  session: TaskControls<AnyParams, Result>;
  /** Shown before the task; see TaskSetup. */
  setup: ReactNode;
  /** Shown when the task has succeeded; default: a TaskSummary. */
  summary?: (task: TaskState<Result>) => ReactNode;
  /** Facts about the running task that stand above its times, such as the design that it works on. */
  facts?: (task: TaskState<Result>) => TaskProgressViewProps['facts'];
  /** Buttons of your own, in every phase of a task: `task.status` says which. They stand before the primary one. */
  actions?: (task: TaskState<Result>) => ReactNode;
  /** Follows what the task builds, where the map can, and shows the items that failed. */
  map?: FollowedMap | undefined;
  /** True in a sheet on a small screen: the facts of a running task become one line, and the content fills the height. */
  compact?: boolean;
  /** True where the content is often longer than the window: the buttons then stay in view at its lower edge. */
  long?: boolean;
  /** Draws what the task builds. Where it takes hues, the task's colour is shown beside its state. */
  overlay?: Pick<TaskOverlay, 'hue'> | undefined;
  /** Each higher number brings the dialog around the panel to the front. */
  raise?: number | undefined;
}

/**
 * Shows a task from its setup to its end: the panel draws the phase that the task is in, moves the focus along from
 * phase to phase, and announces the progress to a screen reader. An error in one of the phases stays inside.
 */
export function TaskPanel<Result = unknown>({ raise = 0, ...props }: TaskPanelProps<Result>) {
  const { language, direction } = useTranslator();
  // The panel asks once: with another theme antd builds another tree, and the user's entries would be lost.
  const [still] = useState(prefersLessMotion);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A dialog comes to the front when it is focused, in our host as in others.
    if (raise > 0) content.current?.closest<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
  }, [raise]);
  return (
    <ConfigProvider direction={direction} {...(still && { theme: STILL })}>
      <div
        ref={content}
        lang={language}
        dir={direction}
        style={props.compact ? { flex: 'auto', display: 'flex', flexDirection: 'column' } : {}}
      >
        <TaskErrorBoundary>
          <Phases {...props} />
        </TaskErrorBoundary>
      </div>
    </ConfigProvider>
  );
}

function Phases<Result>({
  setup,
  summary,
  facts,
  actions,
  map,
  compact = false,
  long,
  overlay,
  ...props
}: Omit<TaskPanelProps<Result>, 'raise'>) {
  const { session, detail } = props;
  const { task, starting } = useSession(session);
  const shared = { session };
  const ownFacts = task && facts?.(task);
  const phase = phaseOf(task);
  // Another task is another phase: no button of the one before is taken over.
  const shown = task ? `${phase} ${task.id}` : phase;
  const log = useTaskLog(task);
  useShowsTask(task?.id);
  // An author's summary may have no `Actions`, and then the log's button needs another place.
  const [places, setPlaces] = useState(0);
  const take = useCallback(() => {
    setPlaces((count) => count + 1);
    return () => setPlaces((count) => count - 1);
  }, []);
  return (
    <PanelContext.Provider value={{ compact, long, overlay, ...(detail && { detail }), facts: ownFacts }}>
      <AddedActions.Provider value={task && actions?.(task)}>
        <TaskAnnouncer task={task} />
        <LogPlace.Provider value={{ button: log.button, take }}>
          <PhaseFrame phase={shown} isSetup={!task && !starting} starting={starting} fills={compact}>
            <Fragment key={shown}>
              {!task || phase === 'setup' ? (
                setup
              ) : phase === 'running' ? (
                <TaskProgressView {...props} facts={ownFacts} map={map} />
              ) : phase === 'failed' || phase === 'lost' ? (
                <TaskFailure {...shared} />
              ) : phase === 'cancelled' ? (
                <TaskCancelled {...shared} />
              ) : (
                (summary?.(task) ?? <TaskSummary {...shared} task={task} map={map} />)
              )}
            </Fragment>
          </PhaseFrame>
        </LogPlace.Provider>
        {places === 0 ? log.button : null}
        {log.entries}
      </AddedActions.Provider>
    </PanelContext.Provider>
  );
}
