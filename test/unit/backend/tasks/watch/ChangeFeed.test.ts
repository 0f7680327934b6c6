import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jsonOfValue } from '../../../../../backend/common/JsonText.ts';
import { newTask } from '../../../../../backend/tasks/newTask.ts';
import { ChangeFeed } from '../../../../../backend/tasks/watch/ChangeFeed.ts';
import {
  type ChangedTask,
  type ChangeSource,
  MAX_BEHIND,
} from '../../../../../backend/tasks/watch/ChangeSource.ts';
import { selectableOf, TaskSelection } from '../../../../../backend/tasks/watch/TaskSelection.ts';
import type { Watcher } from '../../../../../backend/tasks/watch/Watcher.ts';
import type { TaskSnapshot, TaskStatus } from '../../../../../src/contract/index.ts';

// The chain of changes and its watchers, slow ones above all. The engines' contract suites show what users get.

const everything = new TaskSelection({}, { owner: 'ann' });

class World implements ChangeSource {
  readonly tasks = new Map<string, { task: TaskSnapshot; number: number }>();
  readonly feed = new ChangeFeed(this, 'epoch', 0);
  lookups = 0;

  change(id: string, status: TaskStatus = 'running'): void {
    const known = this.tasks.get(id)?.task;
    const request = { name: 'count', params: {}, ignored: [] };
    const made = known ?? newTask(request, { name: 'count', queue: 'q' }, 'ann', undefined);
    const number = this.feed.number + 1;
    const task = { ...made, id, status, seq: made.seq + 1 };
    this.tasks.set(id, { task, number });
    this.feed.push(id, number, () => ({ facts: selectableOf(task), snapshot: jsonOfValue(task) }));
  }

  async between(after: number, upTo: number): Promise<ChangedTask[] | undefined> {
    this.lookups += 1;
    const found = [...this.tasks].flatMap(([taskId, { number }]) =>
      number > after && number <= upTo ? [{ taskId, number }] : [],
    );
    return found.length > MAX_BEHIND ? undefined : found.sort((a, b) => a.number - b.number);
  }

  async load(tasks: readonly ChangedTask[]): Promise<ReadonlySet<string>> {
    const found = tasks.filter(({ taskId }) => this.tasks.has(taskId));
    for (const { taskId, number } of found) {
      const task = this.tasks.get(taskId)?.task;
      if (task)
        this.feed.add(taskId, number, () => ({ facts: selectableOf(task), snapshot: jsonOfValue(task) }));
    }
    return new Set(found.map(({ taskId }) => taskId));
  }
}

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});
afterEach(() => {
  world.feed.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** All that the watcher has to take, by type and task. */
async function taken(watcher: Watcher): Promise<string[]> {
  const events: string[] = [];
  for (let idle = 0; idle < 3; idle++) {
    for (let logged = watcher.take(); logged; logged = watcher.take()) {
      const { event } = logged;
      idle = 0;
      if (event.type === 'watching') events.push(event.reset ? 'reset' : 'watching');
      else events.push(event.type === 'task' ? `${event.task.id} ${event.task.seq}` : `gone ${event.taskId}`);
    }
    await vi.advanceTimersByTimeAsync(0);
  }
  return events;
}

test('a change is one event object for all watchers', async () => {
  const watchers = await Promise.all([1, 2].map(() => world.feed.open(everything, undefined)));
  world.change('a');
  const events = watchers.map((watcher) => [watcher.take()?.type, watcher.take()]);
  expect(events[0]?.[0]).toBe('watching');
  expect(events[0]?.[1]).toBeDefined();
  expect(events[0]?.[1]).toBe(events[1]?.[1]);
});

test('a watcher that reads nothing holds no chain: it gets each task once, in order of the last changes', async () => {
  const slow = await world.feed.open(everything, undefined);
  for (let i = 0; i < 30_000; i++) world.change(`task ${i % 5}`);
  expect(world.lookups).toBe(0);
  expect(await taken(slow)).toEqual(['watching', ...[0, 1, 2, 3, 4].map((i) => `task ${i} ${6_000 + 1}`)]);
  expect(world.lookups).toBe(1);
  world.change('task 3');
  expect(await taken(slow)).toEqual([`task 3 ${6_000 + 2}`]);
});

test('a watcher with more changed tasks before it than 10,000 begins again', async () => {
  const slow = await world.feed.open(everything, undefined);
  for (let i = 0; i < 25_000; i++) world.change(`task ${i}`);
  expect(await taken(slow)).toEqual(['watching', 'reset']);
  world.change('new');
  expect(await taken(slow)).toEqual(['new 2']);
});

test('a watcher behind forgotten states loads them again; what is nowhere is left out', async () => {
  const slow = await world.feed.open(everything, undefined);
  for (const id of ['a', 'b', 'c', 'd']) world.change(id);
  world.feed.forget('a');
  world.feed.forget('b');
  world.tasks.delete('b');
  expect(await taken(slow)).toEqual(['watching', 'a 2', 'c 2', 'd 2']);
});

test('a new epoch resets every watcher, also one that was just resuming', async () => {
  world.change('a');
  const early = await world.feed.open(everything, undefined);
  expect(await taken(early)).toEqual(['watching']);
  const resuming = world.feed.open(everything, 'epoch-0');
  world.feed.reset('another', 7);
  expect(await taken(early)).toEqual(['reset']);
  expect(await taken(await resuming)).toEqual(['reset']);
  expect(await taken(await world.feed.open(everything, 'epoch-1'))).toEqual(['reset']);
  expect(await taken(await world.feed.open(everything, 'another-7'))).toEqual(['watching']);
});

test('who has read that a task does not fit is not bothered with it again', async () => {
  const finished = await world.feed.open(
    new TaskSelection({ status: 'finished' }, { owner: 'ann' }),
    undefined,
  );
  const late = await world.feed.open(new TaskSelection({ status: 'finished' }, { owner: 'ann' }), undefined);
  world.change('a');
  expect(await taken(finished)).toEqual(['watching', 'gone a']);
  for (let i = 0; i < 5; i++) {
    world.change('a');
    expect(await taken(finished)).toEqual([]);
  }
  // Whoever did not read it may have the task from a list.
  expect(await taken(late)).toEqual(['watching', 'gone a']);
  world.change('a', 'succeeded');
  expect(await taken(finished)).toEqual(['a 8']);
  world.change('a', 'queued');
  expect(await taken(finished)).toEqual(['gone a']);
});

test('watchers hear at once of a change after a pause, and then at most every 40 ms', async () => {
  const watcher = await world.feed.open(everything, undefined);
  let heard = 0;
  watcher.onReadable = () => {
    heard += 1;
  };
  world.change('a');
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toBe(1);
  for (let ms = 0; ms < 200; ms++) {
    world.change('a');
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(heard).toBeLessThanOrEqual(6);
  expect(heard).toBeGreaterThanOrEqual(5);
  watcher.close();
});

test('1,000 watches that were opened and closed leave nothing', async () => {
  for (let i = 0; i < 1_000; i++) (await world.feed.open(everything, undefined)).close();
  expect(world.feed.watcherCount).toBe(0);
});
