/** Shows one run as a page: its outcome, its map, its log, its items, its result and its parameters. */
import { type ComponentType, type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { type TaskSnapshot, WORKFLOW_TASK } from '../../contract/index.ts';
import { useOwnName } from '../../parts/useOwnName.ts';
import { RunDetails } from './RunDetails.tsx';
import { RunFeed } from './RunFeed.ts';
import { RunGone } from './RunGone.tsx';
import { RunWordsProvider } from './RunWordsProvider.tsx';
import type { RunPageProps } from './runPageProps.ts';
import { useOpened } from './useOpened.ts';

/** The page of a workflow is drawn by this: what shows workflows stands on this room, so it comes from outside. */
export interface ForWorkflows {
  Workflow?: ComponentType<RunPageProps & { feed: RunFeed; task: TaskSnapshot }>;
}

/**
 * A run as a page. It fills the box that it is given, works on a task that ended long ago as on one that runs, and follows
 * that one live. The host owns the address: `onOpen` and `onBack` ask for another one.
 *
 * @example
 * <RunPage app={app} system={app.system} taskId="task-12" map={{ host: map, view: <MapView map={map} /> }} onBack={close} />
 */
export function RunPage(props: RunPageProps & ForWorkflows) {
  return (
    <RunWordsProvider {...props}>
      {/* Another run, or another client, is another page: nothing of the one before may show. */}
      <Run key={props.taskId} {...props} />
    </RunWordsProvider>
  );
}

function Run({ Workflow, ...props }: RunPageProps & ForWorkflows): ReactNode {
  const { system, taskId, known, map } = props;
  const overlay = map?.host.taskOverlay;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known already is for the first look only.
  const feed = useMemo(() => new RunFeed({ system, taskId, known, overlay }), [system, taskId, overlay]);
  useOpened(feed);
  const user = useOwnName(system, props.user);
  const state = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState);
  const { task } = state;
  if (task && (state.phase === 'ready' || state.phase === 'loading')) {
    if (Workflow && task.name === WORKFLOW_TASK) {
      return <Workflow {...props} user={user} feed={feed} task={task} />;
    }
    return <RunDetails {...props} user={user} feed={feed} state={state} task={task} />;
  }
  return <RunGone state={state} user={user} onBack={props.onBack} onRetry={() => feed.retry()} />;
}
