/** Shows the run of a workflow in the box that it is given, or docked below a map. */
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react';
import { useOwnName } from '../../parts/useOwnName.ts';
import { RunFeed } from '../run/RunFeed.ts';
import { RunGone } from '../run/RunGone.tsx';
import { useOpened } from '../run/useOpened.ts';
import { RunPanel } from './RunPanel.tsx';
import { WorkflowWordsProvider } from './WorkflowWordsProvider.tsx';
import type { WorkflowViewProps } from './workflowProps.ts';

export function WorkflowView(props: WorkflowViewProps) {
  return (
    <WorkflowWordsProvider {...props}>
      <Runs key={props.taskId} {...props} />
    </WorkflowWordsProvider>
  );
}

/** The run that was asked for, and another one after nodes of it were run again. */
function Runs(props: WorkflowViewProps): ReactNode {
  const [own, setOwn] = useState<string>();
  const taskId = own ?? props.taskId;
  const onOpen = props.onOpen ?? (({ run }: { run: string }) => setOwn(run));
  return <Run key={taskId} {...props} taskId={taskId} onOpen={onOpen} />;
}

function Run(props: WorkflowViewProps): ReactNode {
  const { system, taskId, known } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known already is for the first look only.
  const feed = useMemo(() => new RunFeed({ system, taskId, known }), [system, taskId]);
  useOpened(feed);
  const user = useOwnName(system, props.user);
  const state = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState);
  const { task } = state;
  if (task && (state.phase === 'ready' || state.phase === 'loading')) {
    return <RunPanel {...props} user={user} feed={feed} task={task} />;
  }
  return <RunGone state={state} user={user} onBack={props.onBack} onRetry={() => feed.retry()} />;
}
