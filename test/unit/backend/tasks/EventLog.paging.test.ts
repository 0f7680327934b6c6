import { expect, test } from 'vitest';
import { seededRandom } from '../../../../backend/definitions/seededRandom.ts';
import { EventLog, type LogPosition } from '../../../../backend/tasks/EventLog.ts';
import { FeatureTally } from '../../../../backend/tasks/FeatureTally.ts';
import {
  BUILT_CHARS_PER_TASK,
  CHARS_PER_EVENT,
  CHARS_PER_TASK,
} from '../../../../backend/tasks/logLimits.ts';
import { newTask } from '../../../../backend/tasks/newTask.ts';
import {
  addItems,
  type GeoFeature,
  type ItemSummary,
  type TaskEvent,
} from '../../../../src/contract/index.ts';

// Tasks that build more than fits into one event, and followers whose connections break at any event.

const queued = newTask(
  { name: 'count', params: {}, ignored: [] },
  { name: 'count', queue: 'default' },
  'ann',
  undefined,
);

/** A task that runs, and what it has said so far. */
class Builder {
  readonly log = new EventLog({ ...queued, seq: 1 }, 5_000);
  readonly #charsEach: number;
  #tally = new FeatureTally();
  items: ItemSummary | undefined;
  count = 0;
  logs = 0;

  constructor(charsEach: number) {
    this.#charsEach = charsEach;
    this.begin(1);
  }

  begin(attempt: number): void {
    this.#tally = new FeatureTally();
    this.items = undefined;
    this.count = 0;
    this.log.append({ type: 'snapshot', change: { status: 'running', attempt }, features: [] });
  }

  build(count: number): void {
    const features = Array.from({ length: count }, (): GeoFeature => {
      this.count += 1;
      const properties = { table: 'pole', note: 'x'.repeat(this.#charsEach) };
      const geometry = { type: 'Point' as const, coordinates: [this.count / 1e4, 50] as [number, number] };
      return { type: 'Feature', id: `pole/${this.count}`, geometry, properties };
    });
    for (const feature of features) this.#tally.add(feature);
    this.log.append({
      type: 'features',
      features,
      text: JSON.stringify(features),
      built: this.#tally.summary,
    });
  }

  say(): void {
    this.log.append({ type: 'progress', progress: { percent: null, step: null, message: `${this.count}` } });
  }

  note(): void {
    this.logs += 1;
    this.log.append({ type: 'log', level: 'info', message: `entry ${this.logs}` });
  }

  finish(id: string): void {
    const items = [{ id, ok: true as const }];
    this.items = addItems(this.items, items);
    this.log.append({ type: 'items', items });
  }
}

/** A client that knows nothing of pages. It checks every number, and keeps its cursor when its connection breaks. */
class Follower {
  seen: number | null = null;
  readonly drawn = new Map<string, number>();
  largest = 0;
  events = 0;
  logs = 0;
  items: ItemSummary | undefined;
  built = 0;
  ended = false;
  #position: LogPosition | undefined;

  connect(log: EventLog): void {
    this.#position = { seen: this.seen, liveFrom: log.seq };
  }

  /** Reads at most so many events. */
  read(log: EventLog, most: number): void {
    if (!this.#position) this.connect(log);
    const position = this.#position;
    if (!position) return;
    for (let i = 0; i < most && !this.ended; i++) {
      const logged = log.next(position);
      if (!logged) return;
      const event: TaskEvent = JSON.parse(logged.json);
      expect(event).toEqual(logged.event);
      this.#take(event, logged.json.length);
    }
  }

  #take(event: TaskEvent, chars: number): void {
    expect(event.seq).toBeGreaterThan(this.seen ?? 0);
    this.seen = event.seq;
    this.events += 1;
    this.largest = Math.max(this.largest, chars);
    if (event.type === 'snapshot') {
      this.items = event.task.items ?? (event.features ? undefined : this.items);
      this.built = event.task.built?.count ?? 0;
      if (event.features) this.drawn.clear();
    }
    if (event.type === 'items') this.items = addItems(this.items, event.items);
    if (event.type === 'log') this.logs += 1;
    if (event.type === 'features' || event.type === 'snapshot') {
      for (const { id } of event.features ?? []) this.drawn.set(id, (this.drawn.get(id) ?? 0) + 1);
    }
    if (event.type === 'features') this.built = event.built?.count ?? 0;
    if (event.type === 'succeeded') this.ended = true;
  }

  /** Every feature once, and none is missing. */
  expectAll(count: number): void {
    expect([...this.drawn.values()].every((times) => times === 1)).toBe(true);
    expect([...this.drawn.keys()]).toEqual(Array.from({ length: count }, (_, i) => `pole/${i + 1}`));
    expect(this.built).toBe(count);
  }
}

test('whoever comes late to what does not fit into one event gets it in several, each of a bounded size', () => {
  const task = new Builder(1_000);
  for (let i = 0; i < 20; i++) {
    task.build(150);
    task.say();
  }
  const late = new Follower();
  late.read(task.log, 1);
  expect(late.events).toBe(1);
  expect(late.drawn.size).toBe(0);
  expect(late.built).toBe(3_000);
  late.read(task.log, Number.POSITIVE_INFINITY);
  late.expectAll(3_000);
  expect(late.largest).toBeLessThan(CHARS_PER_EVENT + 1_000);
  task.build(1);
  late.read(task.log, Number.POSITIVE_INFINITY);
  late.expectAll(3_001);
});

test('what fits into one event still comes in one', () => {
  const task = new Builder(100);
  for (let i = 0; i < 20; i++) task.build(10);
  const late = new Follower();
  late.read(task.log, Number.POSITIVE_INFINITY);
  expect(late.events).toBe(1);
  late.expectAll(200);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'whose connection breaks at any event draws each feature once and counts each item once (seed %i)',
  (seed) => {
    const random = seededRandom(seed);
    const task = new Builder(2_000);
    const followers = [new Follower(), new Follower(), new Follower()];
    const step = () => {
      const kind = random(8);
      if (kind < 4) task.build(1 + random(100));
      else if (kind < 6) task.say();
      else if (kind < 7) task.finish(`item/${random(1_000_000)}`);
      else task.note();
      for (const follower of followers) {
        if (random(4) > 0) follower.read(task.log, random(4));
        if (random(5) === 0) follower.connect(task.log);
      }
    };
    for (let i = 0; i < 20; i++) step();
    if (seed % 2 === 0) task.begin(2);
    // Less than what is kept: nothing may be lost.
    while (task.count < 1_900) step();
    for (const follower of followers) {
      follower.read(task.log, Number.POSITIVE_INFINITY);
      follower.expectAll(task.count);
      expect(follower.items).toEqual(task.items);
    }
    followers[0]?.connect(task.log);
    task.finish('last');
    task.log.append({ type: 'succeeded', result: null });
    for (const follower of followers) {
      follower.connect(task.log);
      follower.read(task.log, Number.POSITIVE_INFINITY);
      expect(follower.ended).toBe(true);
      expect(follower.items).toEqual(task.items);
    }
  },
);

test('entries of the log are not lost where a follower with features and items comes back', () => {
  const task = new Builder(2_000);
  const follower = new Follower();
  follower.read(task.log, 1);
  for (let i = 0; i < 10; i++) {
    task.build(50);
    task.finish(`item/${i}`);
    task.note();
  }
  follower.connect(task.log);
  follower.read(task.log, Number.POSITIVE_INFINITY);
  expect(follower.logs).toBe(10);
  expect(follower.items?.ok).toBe(10);
  follower.expectAll(500);
});

test('a task that builds 100 MB keeps a bounded part of it, and says how much there is', () => {
  const task = new Builder(10_000);
  const live = new Follower();
  const slow = new Follower();
  slow.read(task.log, 1);
  for (let i = 0; i < 500; i++) {
    task.build(20);
    task.say();
    live.read(task.log, Number.POSITIVE_INFINITY);
  }
  live.expectAll(10_000);
  expect(task.log.size).toBeLessThanOrEqual(CHARS_PER_TASK * 1.25);
  const late = new Follower();
  for (const follower of [late, slow]) {
    follower.read(task.log, Number.POSITIVE_INFINITY);
    const chars = follower.drawn.size * 10_000;
    expect(chars).toBeGreaterThan(BUILT_CHARS_PER_TASK / 2);
    expect(chars).toBeLessThan(BUILT_CHARS_PER_TASK * 1.25);
    // The newest ones, each once.
    expect([...follower.drawn.keys()].at(-1)).toBe('pole/10000');
    expect([...follower.drawn.values()].every((times) => times === 1)).toBe(true);
    expect(follower.built).toBe(10_000);
    expect(follower.largest).toBeLessThan(CHARS_PER_EVENT + 1_000);
  }
  expect(task.log.task.built).toEqual({ count: 10_000, tables: ['pole'], bbox: [0.0001, 50, 1, 50] });
});

test('a follower among the features of a task that ends gets the end, and one of an attempt that is lost the next one', () => {
  const task = new Builder(1_000);
  for (let i = 0; i < 10; i++) task.build(100);
  const among = new Follower();
  among.read(task.log, 3);
  const other = new Follower();
  other.read(task.log, 3);
  task.begin(2);
  task.build(3);
  other.connect(task.log);
  other.read(task.log, Number.POSITIVE_INFINITY);
  other.expectAll(3);
  task.log.append({ type: 'succeeded', result: null });
  among.read(task.log, Number.POSITIVE_INFINITY);
  expect(among.ended).toBe(true);
  expect(task.log.task.built).toEqual({ count: 3, tables: ['pole'], bbox: expect.any(Array) });
});
