import { expect, onTestFinished, test, vi } from 'vitest';
import type { SystemClient, TaskHandlers } from '../../../../src/client/index.ts';
import type { BoundingBox, TaskSnapshot, TaskStatus } from '../../../../src/contract/index.ts';
import type { HostMap, MapMove, TaskOverlay, TaskPick } from '../../../../src/host/contract.ts';
import { type PickedTask, TasksOnMap } from '../../../../src/monitor/map/TasksOnMap.ts';
import { touches } from '../../../../src/monitor/map/touches.ts';
import { claimTask } from '../../../../src/parts/drawnTasks.ts';
import { createTaskHues } from '../../../../src/parts/taskHues.ts';
import { drops } from '../../../support/network/drops.ts';

const HERE: BoundingBox = [8, 47, 9, 48];
const ELSEWHERE: BoundingBox = [20, 50, 21, 51];

function taskOf(id: string, given: Partial<TaskSnapshot> & { status?: TaskStatus } = {}): TaskSnapshot {
  const { status = 'running', ...more } = given;
  const progress = { percent: 10, step: 1, stepCount: 2, message: '', status };
  const built = { count: 1, tables: ['oh_route'], bbox: HERE };
  const known = { id, status, name: 'lrt', queue: 'default', params: {}, owner: 'me', tags: [], built };
  return { ...known, progress, createdAt: '2026-11-28T10:00:00Z', attempt: 1, seq: 1, ...more };
}

function failuresOf(count: number) {
  const failures = drops(count).filter(({ geometry }) => geometry.type === 'Point');
  return failures.map(({ geometry }, i) => ({
    id: `address/${i}`,
    code: 'far',
    message: `${i} m`,
    geometry,
  }));
}

function open() {
  const handlers = new Map<string, TaskHandlers>();
  const listItems = vi.fn(async () => ({ items: failuresOf(3) }));
  const system: SystemClient = {
    enqueueTask: () => Promise.reject(new Error('nothing is enqueued here')),
    streamTaskProgress(id, given) {
      handlers.set(String(id), given);
      return { close: () => void handlers.delete(String(id)) };
    },
    listItems,
  };
  const picks = new Set<(pick: TaskPick) => void>();
  const moves = new Set<(move: MapMove) => void>();
  const overlay = {
    add: vi.fn(),
    settle: vi.fn(),
    remove: vi.fn(),
    hue: vi.fn(),
    failures: vi.fn(),
    onPick(listener: (pick: TaskPick) => void) {
      picks.add(listener);
      return () => void picks.delete(listener);
    },
  } satisfies TaskOverlay;
  const view = { bounds: HERE };
  const map: HostMap = {
    getBounds: () => view.bounds,
    fitBounds: () => undefined,
    zoomTo: () => undefined,
    taskOverlay: overlay,
    onMove(listener) {
      moves.add(listener);
      return () => void moves.delete(listener);
    },
  };
  const hues = createTaskHues({});
  const picked: PickedTask[] = [];
  const onMap = new TasksOnMap({ system, map, hues, onPick: (pick) => picked.push(pick) });
  onTestFinished(() => {
    onMap.dispose();
    for (const id of [...hues.getState().keys()]) hues.end(id);
    hues.dispose();
  });
  return {
    onMap,
    overlay,
    hues,
    picked,
    listItems,
    followed: () => [...handlers.keys()],
    handlersOf: (id: string) => handlers.get(id),
    build: (id: string) => handlers.get(id)?.onFeatures?.(drops(2), { replace: true }),
    click: (pick: TaskPick) => {
      for (const listener of picks) listener(pick);
    },
    pan(to: BoundingBox) {
      view.bounds = to;
      for (const listener of moves) listener({ byUser: true, moving: false });
    },
    listeners: () => picks.size + moves.size,
  };
}

test('running tasks in view are followed, drawn in their hue, and settled when they succeed', () => {
  const { onMap, overlay, hues, followed, build, handlersOf } = open();
  const tasks = [
    taskOf('a'),
    taskOf('b'),
    taskOf('far', { built: { count: 1, tables: [], bbox: ELSEWHERE } }),
  ];
  hues.update(tasks);
  onMap.update([...tasks, taskOf('q', { status: 'queued' }), taskOf('done', { status: 'succeeded' })]);
  expect(followed()).toEqual(['a', 'b']);
  build('b');
  expect(overlay.hue.mock.calls).toEqual([['b', 1]]);
  expect(overlay.add.mock.calls[0]?.slice(0, 1)).toEqual(['b']);
  handlersOf('b')?.onSuccess?.({});
  expect(overlay.settle.mock.calls).toEqual([['b']]);
  // Nothing of it was drawn.
  handlersOf('a')?.onSuccess?.({});
  expect(overlay.settle).toHaveBeenCalledOnce();
  expect(followed()).toEqual([]);
});

test('a task that fails or is cancelled goes off the map', () => {
  const { onMap, overlay, build, handlersOf } = open();
  onMap.update([taskOf('a'), taskOf('b')]);
  build('a');
  build('b');
  handlersOf('a')?.onFailure?.({ code: 'exception', message: 'it broke' });
  handlersOf('b')?.onCancelled?.();
  expect(overlay.remove.mock.calls).toEqual([['a'], ['b']]);
});

test('at most twenty are followed, and a pan changes which', () => {
  const { onMap, overlay, followed, build, pan } = open();
  const near = Array.from({ length: 30 }, (_, i) => taskOf(`n${i}`));
  const far = Array.from({ length: 5 }, (_, i) =>
    taskOf(`f${i}`, { built: { count: 1, tables: [], bbox: ELSEWHERE } }),
  );
  onMap.update([...near, ...far]);
  expect(followed()).toHaveLength(20);
  build('n0');
  // A newer task does not take the place of one that is drawn.
  onMap.update([taskOf('new'), ...near, ...far]);
  expect(followed()).not.toContain('new');
  pan(ELSEWHERE);
  expect(followed().sort()).toEqual(['f0', 'f1', 'f2', 'f3', 'f4']);
  expect(overlay.remove.mock.calls).toEqual([['n0']]);
});

test('a task that the session of a dialog draws is left to it, and taken up again afterwards', () => {
  const { onMap, overlay, followed, build } = open();
  const release = claimTask(overlay, 'a');
  onMap.update([taskOf('a'), taskOf('b')]);
  expect(followed()).toEqual(['b']);
  build('b');
  const releaseB = claimTask(overlay, 'b');
  expect(followed()).toEqual([]);
  // The session draws it on: nothing is taken off the map.
  expect(overlay.remove).not.toHaveBeenCalled();
  release();
  release();
  releaseB();
  expect(followed().sort()).toEqual(['a', 'b']);
});

test('a hue that comes late, or changes, is painted', () => {
  const { onMap, overlay, hues, build } = open();
  onMap.update([taskOf('a')]);
  build('a');
  expect(overlay.hue).not.toHaveBeenCalled();
  hues.update([taskOf('z'), taskOf('a')]);
  expect(overlay.hue.mock.calls).toContainEqual(['a', 1]);
});

test('failed items are marked: of a task that runs, and of one that has ended', async () => {
  const { onMap, overlay, picked, listItems, handlersOf, click } = open();
  const ended = taskOf('ended', { status: 'succeeded', items: { ok: 9, failed: 3, failures: [] } });
  onMap.update([taskOf('a'), ended]);
  await vi.waitFor(() => expect(overlay.failures.mock.lastCall?.[0]).toBe('ended'));
  expect(overlay.failures.mock.lastCall?.[1]).toHaveLength(3);
  handlersOf('a')?.onItems?.(failuresOf(2), { at: '2026-11-28T10:00:01Z' });
  await vi.waitFor(() => expect(overlay.failures.mock.lastCall?.[0]).toBe('a'));
  // The list is the same: nothing is read or painted again.
  const calls = overlay.failures.mock.calls.length;
  onMap.update([taskOf('a', { items: { ok: 0, failed: 2, failures: [] } }), ended]);
  expect(listItems).toHaveBeenCalledOnce();
  expect(overlay.failures.mock.calls.length).toBe(calls);
  onMap.chooseFailure({ taskId: 'ended', itemId: 'address/1' });
  expect(overlay.failures.mock.lastCall).toEqual(['ended', expect.anything(), { chosen: 'address/1' }]);
  click({ taskId: 'ended', itemIds: ['address/1', 'address/2'] });
  expect(picked[0]?.failures.map(({ message }) => message)).toEqual(['1 m', '2 m']);
  click({ taskId: 'a', featureId: 'oh_route/1' });
  expect(picked[1]).toEqual({ taskId: 'a', featureId: 'oh_route/1', failures: [] });
  onMap.update([taskOf('a')]);
  expect(overlay.failures.mock.calls).toContainEqual(['ended', []]);
});

test('a server that gives no items', async () => {
  const { onMap, overlay, listItems } = open();
  listItems.mockRejectedValue(new Error('offline'));
  const [one] = failuresOf(1);
  const items = { ok: 0, failed: 5, failures: one ? [one] : [] };
  onMap.update([taskOf('x', { status: 'failed', items })]);
  await vi.waitFor(() => expect(overlay.failures.mock.lastCall?.[1]).toHaveLength(1));
});

test('disposed, it has released everything, and what nobody has stored is off the map', () => {
  const { onMap, overlay, followed, build, listeners, pan } = open();
  const items = { ok: 0, failed: 1, failures: failuresOf(1) };
  onMap.update([taskOf('a'), taskOf('b'), taskOf('c', { status: 'failed', items })]);
  build('a');
  onMap.dispose();
  expect(followed()).toEqual([]);
  expect(listeners()).toBe(0);
  expect(overlay.remove.mock.calls).toEqual([['a']]);
  expect(overlay.failures.mock.lastCall).toEqual(['c', []]);
  pan(HERE);
  onMap.update([taskOf('d')]);
  claimTask(overlay, 'e')();
  expect(followed()).toEqual([]);
});

test('1,000 tasks: which of them are in view is found within milliseconds', () => {
  const { onMap, followed } = open();
  const tasks = Array.from({ length: 1_000 }, (_, i) => taskOf(`t${i}`));
  const before = performance.now();
  onMap.update(tasks);
  onMap.update(tasks);
  expect(performance.now() - before).toBeLessThan(300);
  expect(followed()).toHaveLength(20);
});

test('a map that can do no more than the oldest ones', () => {
  const { hues } = open();
  const overlay: TaskOverlay = { add: vi.fn(), settle: vi.fn(), remove: vi.fn() };
  const map: HostMap = { getBounds: () => HERE, fitBounds: () => {}, zoomTo: () => {}, taskOverlay: overlay };
  const system: SystemClient = {
    enqueueTask: () => Promise.reject(new Error('no')),
    streamTaskProgress: (_id, { onFeatures }) => {
      onFeatures?.(drops(1), { replace: true });
      return { close: () => undefined };
    },
  };
  const onMap = new TasksOnMap({ system, map, hues });
  onMap.update([taskOf('a', { items: { ok: 0, failed: 1, failures: failuresOf(1) } })]);
  expect(overlay.add).toHaveBeenCalledOnce();
  onMap.dispose();
  expect(overlay.remove).toHaveBeenCalledOnce();
  const none = new TasksOnMap({ system, map: { ...map, taskOverlay: undefined }, hues });
  none.update([taskOf('a')]);
  none.dispose();
});

test('boxes touch, also across the antimeridian and in another world', () => {
  expect(touches([0, 0, 2, 2], [1, 1, 3, 3])).toBe(true);
  expect(touches([0, 0, 2, 2], [3, 1, 4, 3])).toBe(false);
  expect(touches([0, 0, 2, 2], [1, 3, 3, 4])).toBe(false);
  expect(touches([179, 0, -179, 1], [179.5, 0, 179.9, 1])).toBe(true);
  expect(touches([179, 0, -179, 1], [-179.5, 0, -179.2, 1])).toBe(true);
  expect(touches([179, 0, -179, 1], [0, 0, 1, 1])).toBe(false);
  // OpenLayers gives the longitudes of the world that the user has panned to.
  expect(touches([360, 0, 362, 2], [1, 1, 3, 3])).toBe(true);
  expect(touches([-180, -90, 180, 90], [100, 0, 101, 1])).toBe(true);
  expect(touches([-400, -90, 400, 90], [100, 0, 101, 1])).toBe(true);
  expect(touches([170, 0, 180, 1], [175, 0, 180, 1])).toBe(true);
});
