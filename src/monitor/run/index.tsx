/** The pages of runs, for an application. Each is fetched when it is first shown, with its words. */
import { type Fetched, fetched, NotFetched } from '../../parts/fetched.tsx';
import type { LogPanelProps } from './LogPanel.tsx';
import type { RunComparePageProps } from './RunComparePage.tsx';

export type { LogLine, LogPanelProps } from './LogPanel.tsx';
export type { RunComparePageProps } from './RunComparePage.tsx';
export type { LoadFeatures, RunAddress, RunFeatures, RunMap, RunPageProps } from './runPageProps.ts';

/**
 * Two runs of one task side by side: parameters, results, and the difference on the map.
 *
 * @example
 * <RunComparePage app={app} system={app.system} taskId="task-12" withId="task-9" map={map} onOpen={openAddress} />
 */
export const RunComparePage: Fetched<RunComparePageProps> = /* @__PURE__ */ fetched(
  async () => (await import('./RunComparePage.tsx')).RunComparePage,
  NotFetched,
);

/**
 * The log of a task, for a panel or a page of one's own: tens of thousands of lines that scroll, with search, levels and
 * download.
 *
 * @example
 * <LogPanel app={app} lines={task.logs} live fileName={task.id} />
 */
export const LogPanel: Fetched<LogPanelProps> = /* @__PURE__ */ fetched(
  async () => (await import('./LogPanel.tsx')).LogPanel,
  NotFetched,
);
