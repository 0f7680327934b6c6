/** The run view of workflows, for an application. Each part is fetched when it is first shown, with its words. */
import { type Fetched, fetched, NotFetched } from '../../parts/fetched.tsx';
import type { RunPageProps } from '../run/runPageProps.ts';
import type { WorkflowGraphViewProps } from './WorkflowGraphView.tsx';
import type { WorkflowViewProps } from './workflowProps.ts';

export type { GraphProblem, WorkflowGraphViewProps } from './WorkflowGraphView.tsx';
export type { WorkflowViewProps } from './workflowProps.ts';

const WorkflowPage = /* @__PURE__ */ fetched(
  async () => (await import('./WorkflowPage.tsx')).WorkflowPage,
  NotFetched,
);

/**
 * A run as a page: outcome, map, log, items, result, parameters and attempts; of a workflow its run view below the map. It is
 * fetched when it is first shown.
 *
 * @example
 * <RunPage app={app} system={app.system} taskId="task-12" map={{ host: map, view: <MapView map={map} /> }} onBack={close} />
 */
export const RunPage: Fetched<RunPageProps> = /* @__PURE__ */ fetched(async () => {
  const { RunPage: Page } = await import('../run/RunPage.tsx');
  return (props) => <Page {...props} Workflow={WorkflowPage} />;
}, NotFetched);

/**
 * The run of a workflow: its graph with the live state of each task, a timeline and a table, and the details of the chosen task. It
 * docks below the host's map, or fills the box that it is given.
 *
 * @example
 * <WorkflowView app={app} system={app.system} taskId="task-12" map={app.map} docked />
 */
export const WorkflowView: Fetched<WorkflowViewProps> = /* @__PURE__ */ fetched(
  async () => (await import('./WorkflowView.tsx')).WorkflowView,
  NotFetched,
);

/**
 * The graph of a workflow that has not run yet, with what is wrong with it at its tasks.
 *
 * @example
 * <WorkflowGraphView app={app} graph={graph} problems={[{ node: 'plan', message: 'There is no task “plan_area”' }]} />
 */
export const WorkflowGraphView: Fetched<WorkflowGraphViewProps> = /* @__PURE__ */ fetched(
  async () => (await import('./WorkflowGraphView.tsx')).WorkflowGraphView,
  NotFetched,
);
