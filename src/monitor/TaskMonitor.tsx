import { loadMonitorLocales } from '../locales/monitor/monitorLocales.ts';
import { type Fetched, fetched, NotFetched } from '../parts/fetched.tsx';
import type { TaskMonitorProps } from './monitorProps.ts';

export type { TaskMonitorProps } from './monitorProps.ts';

/**
 * Shows the tasks of a server, and how they stand now: what runs, what waits and why, and how tasks ended. The user finds
 * them on the map, cancels them and starts them again. Code and words are fetched when it is first shown.
 *
 * @example
 * <TaskMonitor app={app} onClose={() => setOpen(false)} />
 */
export const TaskMonitor: Fetched<TaskMonitorProps> = /* @__PURE__ */ fetched(async () => {
  const [{ MonitorRoot }, locales] = await Promise.all([import('./MonitorRoot.tsx'), loadMonitorLocales()]);
  return (props) => <MonitorRoot {...props} locales={locales} />;
}, NotFetched);
