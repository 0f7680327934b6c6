import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { defineTask } from '../../../backend/tasks/defineTask.ts';
import { CHARS_PER_EVENT, CHARS_PER_TASK } from '../../../backend/tasks/logLimits.ts';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import { taskKeys } from '../../../server/src/distributed/logs/taskKeys.ts';
import {
  addItems,
  type GeoFeature,
  type ItemSummary,
  isTerminal,
  type TaskEvent,
} from '../../../src/contract/index.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { ownRedis } from '../support/ownRedis.ts';

// Tasks that build more than a server, Redis or a subscriber can hold, and followers that come back often.

const ann = { owner: 'ann' };

/** Builds so many features of so many characters, 20 to a call, and reports an item and an entry of its log with each. */
const builder = defineTask<{ features: number; charsEach: number; resultChars: number }>({
  name: 'builder',
  params: z.strictObject({ features: z.int(), charsEach: z.int(), resultChars: z.int().default(0) }),
  async execute({ features: total, charsEach, resultChars }, { progress, log }) {
    const note = 'x'.repeat(charsEach);
    for (let done = 20; done <= total; done += 20) {
      const features = Array.from({ length: 20 }, (_, i): GeoFeature => {
        const id = done - 19 + i;
        const geometry = { type: 'Point' as const, coordinates: [id / 1e6, 50] as [number, number] };
        return { type: 'Feature', id: `pole/${id}`, geometry, properties: { table: 'pole', note } };
      });
      log('info', `${done} built`);
      await progress({ done, total, features, items: [{ id: `item/${done}`, ok: true }] });
    }
    return 'y'.repeat(resultChars);
  },
});

/** A server and a worker on a Redis of their own, where a subscriber may be 1 MB behind. */
async function open() {
  const redisUrl = await ownRedis(['client-output-buffer-limit pubsub 1mb 1mb 1']);
  const problems: string[] = [];
  const observer = { problem: (problem: string) => problems.push(problem) };
  const { engine, prefix } = await openDistributed({
    definitions: [builder],
    town: smallTown,
    redisUrl,
    observer,
  });
  const redis = new Redis(redisUrl);
  onTestFinished(async () => {
    redis.disconnect();
    await engine.close();
  });
  const run = async (params: { features: number; charsEach: number; resultChars?: number }) =>
    (await engine.enqueue({ name: 'builder', params }, ann)).task.id;
  return { engine, prefix, redis, problems, run };
}

/** A strict follower. It checks each number, and leaves after so many events, to come back with its cursor. */
class Follower {
  readonly drawn = new Set<string>();
  items: ItemSummary | undefined;
  largest = 0;
  connections = 0;
  end: TaskEvent | undefined;
  readonly #engine: TaskEngine;
  #seen: number | null = null;

  constructor(engine: TaskEngine) {
    this.#engine = engine;
  }

  async follow(id: string, eventsEach: number): Promise<this> {
    while (!this.end) {
      this.connections += 1;
      let left = eventsEach;
      const cursors = { [id]: this.#seen };
      for await (const event of this.#engine.events({ cursors }, { caller: ann })) {
        this.#take(event);
        left -= 1;
        if (left === 0) break;
      }
    }
    return this;
  }

  #take(event: TaskEvent): void {
    expect(event.seq).toBeGreaterThan(this.#seen ?? 0);
    this.#seen = event.seq;
    if (isTerminal(event.type)) this.end = event;
    else this.largest = Math.max(this.largest, JSON.stringify(event).length);
    if (event.type === 'items') this.items = addItems(this.items, event.items);
    if (event.type === 'snapshot') {
      this.items = event.task.items ?? (event.features ? undefined : this.items);
      if (event.features) this.drawn.clear();
    }
    if (event.type !== 'features' && event.type !== 'snapshot') return;
    for (const { id } of event.features ?? []) {
      if (this.drawn.has(id)) throw new Error(`${id} was drawn twice`);
      this.drawn.add(id);
    }
  }
}

test('what fits into the log reaches every follower whole, however often they come back', async () => {
  const { engine, run } = await open();
  const features = 700;
  const id = await run({ features, charsEach: 5_000 });
  const each = [1, 2, 7, Number.POSITIVE_INFINITY];
  const followers = await Promise.all(each.map((events) => new Follower(engine).follow(id, events)));
  for (const follower of followers) {
    expect(follower.end).toMatchObject({ type: 'succeeded' });
    expect(follower.largest).toBeLessThan(CHARS_PER_EVENT + 1_000);
    expect(follower.items).toEqual({ ok: features / 20, failed: 0, failures: [] });
  }
  // It came back. On a busy machine a snapshot then has much of the task.
  expect(followers[0]?.connections).toBeGreaterThan(1);
  // The one that stays gets them all. Those that come back after the end find the features stored.
  expect(followers.at(-1)?.drawn.size).toBe(features);
});

test('a task of 30 MB is followed to its end, and neither Redis nor a subscriber holds more than a part of it', async () => {
  const { engine, prefix, redis, problems, run } = await open();
  const features = 3_000;
  const id = await run({ features, charsEach: 10_000 });
  const keys = taskKeys(prefix);
  let most = 0;
  let over = false;
  const watch = async () => {
    for (; !over; await delay(20)) {
      const sizes = await Promise.all(
        [keys.events(id), keys.built(id), keys.state(id)].map((key) =>
          redis.memory('USAGE', key, 'SAMPLES', 0),
        ),
      );
      most = Math.max(
        most,
        sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
      );
    }
  };
  const watching = watch();
  onTestFinished(() => {
    over = true;
  });
  const late = new Follower(engine);
  const followers = await Promise.all([
    new Follower(engine).follow(id, Number.POSITIVE_INFINITY),
    new Follower(engine).follow(id, 5),
    late.follow(id, 50),
  ]);
  over = true;
  await watching;
  for (const follower of followers) {
    expect(follower.end).toMatchObject({ type: 'succeeded' });
    expect(follower.largest).toBeLessThan(CHARS_PER_EVENT + 1_000);
    expect(follower.drawn.size).toBeGreaterThan(0);
    expect(follower.items).toEqual({ ok: features / 20, failed: 0, failures: [] });
  }
  expect(most).toBeGreaterThan(CHARS_PER_TASK);
  expect(most).toBeLessThan(3 * CHARS_PER_TASK);
  expect(problems).toEqual([]);
  expect(await redis.info('stats')).not.toMatch(/client_output_buffer_limit_disconnections:[1-9]/);
  // Clients that come back in the next hour find no more than a part of it.
  expect(await redis.memory('USAGE', keys.events(id), 'SAMPLES', 0)).toBeLessThan(CHARS_PER_TASK);
});

test('a result that is as large as it may be reaches the followers', async () => {
  const { engine, problems, run } = await open();
  const id = await run({ features: 0, charsEach: 0, resultChars: 8 * 2 ** 20 - 2 });
  const { end } = await new Follower(engine).follow(id, Number.POSITIVE_INFINITY);
  expect(end?.type === 'succeeded' && String(end.result).length).toBe(8 * 2 ** 20 - 2);
  expect(problems).toEqual([]);
});
