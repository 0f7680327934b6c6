import { useEffect, useMemo } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { BoundingBox } from '../contract/index.ts';
import { MonitorTasks } from './MonitorTasks.ts';
import { type MonitorFilter, serverFilter } from './monitorFilter.ts';

/** Stands for the client of a host that has none. */
const NONE: SystemClient = {
  enqueueTask: () => Promise.reject(new Error('The host has no task client')),
  streamTaskProgress: () => ({ close() {} }),
};

/** The tasks that the server selects for a filter. Another filter begins from the start. */
export function useMonitorTasks(
  system: SystemClient | undefined,
  filter: MonitorFilter,
  bounds: BoundingBox | undefined,
): MonitorTasks {
  const asked = JSON.stringify(serverFilter(filter, bounds));
  const store = useMemo(() => new MonitorTasks(system ?? NONE, JSON.parse(asked)), [system, asked]);
  useEffect(() => store.start(), [store]);
  return store;
}
