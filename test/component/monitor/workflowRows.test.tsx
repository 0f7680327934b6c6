// Tests a workflow in the task monitor: its run is one row that opens into its nodes, and its nodes' tasks are nothing of their own.
import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { GRAPH, serveWorkflow } from '../../../harness/workflow/planAndConnect.ts';
import { type ListQuery, TaskClientError } from '../../../src/client/index.ts';
import { createTasksBadge } from '../../../src/monitor/createTasksBadge.ts';
import { TaskMonitor } from '../../../src/monitor/index.ts';
import { watchOwnTasks } from '../../../src/notices/watchOwnTasks.ts';

const TAGS = ['run:run-7', 'node:connect'];
const rows = () => screen.getAllByRole('row').map((row) => row.getAttribute('aria-label') ?? row.textContent);

test('is one row with the name of its graph, and opens into its tasks', async () => {
  const served = serveWorkflow();
  const onOpenRun = vi.fn<(taskId: string) => void>();
  render(<TaskMonitor app={{ system: served.client }} user="mara" onOpenRun={onOpenRun} />);
  await screen.findByText('Plan and connect');
  expect(rows()).toEqual(['Plan and connect, FTTH-North, Running, 62%']);
  const arrow = screen.getByRole('button', { name: 'Tasks of Plan and connect' });
  expect(arrow.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(arrow);
  await screen.findByText('Bill of materials');
  expect(rows()).toHaveLength(1 + GRAPH.nodes.length);
  expect(screen.getByText('Running', { selector: 'span' }).nextSibling?.textContent).toBe('1');
  await screen.findByText('The price list has no item “splitter 1:32”.');
  await screen.findByText('Waiting for Connect');
  act(() => served.node('connect').progress({ percent: 71, done: 1_065 }));
  await screen.findByText('1,065 / 1,500');
  const row = screen.getByText('Connect').closest<HTMLElement>('[role=row]');
  act(() => row?.focus());
  fireEvent.keyDown(row ?? document.body, { key: 'Enter' });
  expect(onOpenRun).toHaveBeenCalledWith('node-connect');
  fireEvent.click(arrow);
  expect(rows()).toHaveLength(1);
});

test('the tasks of its nodes are counted by no badge, and announced by no notice', async () => {
  const system = createMonitorSystem();
  system.put({
    id: 'run-7',
    name: 'workflow',
    status: 'running',
    params: { graph: { name: 'Plan', nodes: [], links: [] } },
  });
  system.put({ id: 'node', status: 'running', tags: TAGS });
  const badge = createTasksBadge(system.client, () => ({
    language: 'en',
    direction: 'ltr',
    msg: (key) => key,
    find: (key, values) => `${key} ${JSON.stringify(values)}`,
  }));
  await expect.poll(() => badge.getState()?.badge?.text).toBe('1');
  const [onActive, onEnd] = [vi.fn<(tasks: readonly { id: string }[]) => void>(), vi.fn<() => void>()];
  const own = watchOwnTasks(system.client, { onActive, onEnd });
  await expect.poll(() => onActive.mock.lastCall?.[0].map(({ id }) => id)).toEqual(['run-7']);
  system.put({
    id: 'node',
    status: 'failed',
    error: { code: 'x', message: 'x' },
    finishedAt: new Date().toISOString(),
  });
  system.put({ id: 'run-7', status: 'succeeded', finishedAt: new Date().toISOString() });
  await expect.poll(() => onEnd.mock.calls.length).toBe(1);
  await expect.poll(() => badge.getState()?.badge).toEqual({ text: '', isError: false });
  own?.stop();
  badge.dispose();
});

test('a server that knows no nodes gets the filter that it knows', async () => {
  const served = serveWorkflow();
  const asked: unknown[] = [];
  const system = {
    ...served.client,
    listTasks: async (query?: ListQuery) => {
      asked.push(query);
      if (query && 'nodes' in query) {
        const parameters = [{ parameter: 'nodes', code: 'unknown', message: 'There is no field "nodes"' }];
        throw new TaskClientError({ code: 'invalid-request', message: 'no such field', parameters });
      }
      return served.client.listTasks?.(query) ?? { tasks: [] };
    },
  };
  render(<TaskMonitor app={{ system }} user="mara" />);
  await screen.findByText('Plan and connect');
  expect(rows()).toHaveLength(1);
  expect(asked.filter((query) => JSON.stringify(query).includes('"nodes"'))).toHaveLength(1);
});
