// Tests the monitor's store and its list without a page: who is called for what, and which rows are drawn.
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { drawnRows, layOut } from '../../../src/monitor/listLayout.ts';
import { MonitorTasks } from '../../../src/monitor/MonitorTasks.ts';

const progress = (percent: number) => ({ percent, step: null, message: '' });

async function open(prepare: (system: ReturnType<typeof createMonitorSystem>) => void = () => {}) {
  const system = createMonitorSystem();
  prepare(system);
  const store = new MonitorTasks(system.client, {});
  onTestFinished(store.start());
  await vi.waitFor(() => expect(store.getState().status).toBe('ready'));
  await vi.waitFor(() => expect(store.getState().connection.state).toBe('live'));
  return { system, store };
}

test('progress calls the listeners of its own task once a frame, and nobody else', async () => {
  const { system, store } = await open(({ put }) => {
    for (const id of ['a', 'b']) put({ id, status: 'running', progress: progress(1) });
  });
  const [all, a, b] = [vi.fn(), vi.fn(), vi.fn()];
  const before = store.getState();
  store.subscribe(() => {
    // The clock is not progress.
    if (store.getState().structure !== before.structure) all();
  });
  store.subscribeTask('a', a);
  const end = store.subscribeTask('b', b);
  for (let percent = 2; percent < 50; percent += 1) system.put({ id: 'a', progress: progress(percent) });
  await vi.waitFor(() => expect(a).toHaveBeenCalledOnce());
  expect(b).not.toHaveBeenCalled();
  expect(all).not.toHaveBeenCalled();
  expect(store.taskOf('a')?.progress.percent).toBe(49);
  end();
  system.put({ id: 'b', progress: progress(9), status: 'succeeded' });
  await vi.waitFor(() => expect(all).toHaveBeenCalledOnce());
  expect(b).not.toHaveBeenCalled();
});

test('asks why tasks wait for the rows that are shown, and reads no list again for that', async () => {
  const asked: string[][] = [];
  const { system, store } = await open((made) => {
    for (let at = 0; at < 300; at += 1) made.put({ id: `t${at}` });
    made.client.waitingTasks = async (ids) => {
      asked.push([...ids]);
      return { t7: { reason: 'worker', queue: 'default', place: 3 } };
    };
  });
  const lists = system.calls.filter(({ method }) => method === 'listTasks').length;
  const shown = vi.fn();
  store.subscribeTask('t7', shown);
  store.subscribeTask('t8', () => undefined);
  await vi.waitFor(() => expect(shown).toHaveBeenCalled());
  expect(asked).toEqual([['t7', 't8']]);
  expect(store.taskOf('t7')?.waiting?.place).toBe(3);
  expect(system.calls.filter(({ method }) => method === 'listTasks')).toHaveLength(lists);
});

test('of 10,000 rows those in view are drawn, and the one that has the focus, wherever it is', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => ({ id: `t${at}`, height: 52 }));
  const [section] = layOut([{ key: 'waiting', label: 'Waiting', rows }]).sections;
  if (!section) throw new Error('There is no section');
  const drawn = drawnRows(section, { top: 200_000, height: 600 }, 3);
  expect(drawn.length).toBeLessThan(30);
  expect(drawn[0]?.id).toBe('t3');
  expect(drawnRows(section, { top: 0, height: 600 }, 9_000).at(-1)?.id).toBe('t9000');
});
