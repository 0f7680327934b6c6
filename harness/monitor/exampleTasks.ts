import type { TaskSnapshot } from '../../src/contract/index.ts';
import { createMonitorSystem, type MonitorSystem } from './monitorSystem.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** The eight tasks of the design's picture of the monitor, on a scripted server. */
export function exampleTasks(): MonitorSystem {
  const system = createMonitorSystem();
  const put = (id: string, task: Partial<TaskSnapshot>, design: string) =>
    system.put({ id, params: { design: `design/${design}` }, ...task });
  const progress = {
    percent: 48,
    step: 4,
    stepCount: 5,
    message: 'Connecting addresses',
    done: 958,
    total: 2000,
  };
  const failed = {
    code: 'design-conflict',
    message: 'The design was changed by someone else in the meantime.',
  };
  put(
    'cancelled',
    { name: 'label_poles_task', status: 'cancelled', cancelledBy: 'Jonas Weber', finishedAt: ago(125) },
    'FTTH-West',
  );
  put(
    'failed',
    { name: 'plan_area_task', status: 'failed', error: failed, finishedAt: ago(50) },
    'FTTH-West',
  );
  put(
    'partly',
    { status: 'succeeded', items: { ok: 1963, failed: 37, failures: [] }, finishedAt: ago(20) },
    'FTTH-South',
  );
  put(
    'stuck',
    {
      name: 'pole_report_task',
      createdAt: ago(720),
      waiting: { reason: 'no-worker', queue: 'reports', place: 1 },
    },
    'FTTH-North',
  );
  put(
    'held',
    {
      createdAt: ago(30),
      waiting: {
        reason: 'exclusive',
        queue: 'default',
        place: 2,
        heldBy: { id: 'running', name: 'customer_connection_task' },
        startsInSeconds: [8, 20],
      },
    },
    'FTTH-North',
  );
  put(
    'cancelling',
    {
      name: 'label_poles_task',
      status: 'running',
      startedAt: ago(40),
      createdAt: ago(40),
      cancelRequested: true,
      cancelledBy: 'mara',
      cancelRequestedAt: ago(2),
      progress: { percent: 35, step: 2, stepCount: 3, message: 'Naming poles' },
    },
    'FTTH-West',
  );
  put(
    'other',
    {
      name: 'plan_area_task',
      owner: 'Mara Okafor',
      status: 'running',
      attempt: 2,
      startedAt: ago(64),
      createdAt: ago(64),
      built: { count: 580, tables: ['oh_route'], bbox: [10.1, 48.8, 10.2, 48.9] },
      progress: {
        percent: 71,
        step: 3,
        stepCount: 6,
        message: 'Routing cables along streets',
        done: 412,
        total: 580,
      },
    },
    'FTTH-East',
  );
  put(
    'running',
    {
      status: 'running',
      startedAt: ago(9),
      createdAt: ago(9),
      built: { count: 958, tables: ['drop'], bbox: [10.0, 48.7, 10.1, 48.8] },
      progress,
    },
    'FTTH-North',
  );
  return system;
}

/** Adds tasks that ended on earlier days. */
export function addFinished(system: MonitorSystem, count: number): void {
  for (let at = 0; at < count; at += 1) {
    const seconds = 6_000 + at * 3_000;
    const isFailed = at % 9 === 4;
    system.put({
      id: `finished-${at}`,
      status: isFailed ? 'failed' : 'succeeded',
      ...(isFailed && { error: { code: 'timeout', message: 'The task took longer than it may.' } }),
      progress: { percent: 100, step: null, message: '', done: 2000 - at, total: 2000 - at },
      createdAt: ago(seconds + 60),
      startedAt: ago(seconds + 50),
      finishedAt: ago(seconds),
      tags: at % 3 === 0 ? ['nightly'] : [],
    });
  }
}
