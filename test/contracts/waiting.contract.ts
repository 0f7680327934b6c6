import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pause } from '../../backend/common/pause.ts';
import { seededRandom } from '../../backend/definitions/seededRandom.ts';
import { defineTask, type TaskDefinition } from '../../backend/tasks/defineTask.ts';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import type { TaskSnapshot } from '../../src/contract/index.ts';
import { type ModelWait, WaitingModel } from './waiting.model.ts';

/**
 * Random schedules of tasks that start, end and are cancelled, on an engine with two places in each of two queues. At every
 * step each task waits for what the model says, and what starts it in the end is what it said that it waits for.
 */
const QUEUES = ['north', 'south'];
const OWNERS = ['ann', 'bob', 'cid'];
const KEYS = ['k1', 'k2', undefined, undefined];
const PER_OWNER = 3;
const CONCURRENCY = 2;
const admin = { owner: 'root', admin: true };

const gates = new Map<string, () => void>();

/** A task that runs until `gates` opens its gate. */
const hold = (queue: string, priority: number) =>
  defineTask({
    name: `${queue}_${priority}`,
    queue,
    priority,
    params: z.strictObject({ gate: z.string(), key: z.string().optional() }),
    exclusive: ({ key }) => key,
    execute: ({ gate }, { signal }) =>
      new Promise<null>((resolve, reject) => {
        gates.set(gate, () => resolve(null));
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });

let counter = 0;

/** Fails, and is tried again in an hour. */
const late = defineTask({
  name: 'late',
  queue: 'north',
  retry: { attempts: 2, backoffSeconds: 3_600 },
  params: z.strictObject({ gate: z.string() }),
  execute: () => Promise.reject(new Error('not now')),
});

const definitions: TaskDefinition[] = [
  late,
  ...QUEUES.flatMap((queue) => [1, 5].map((priority) => hold(queue, priority))),
];

export interface WaitingSetup {
  definitions: TaskDefinition[];
  tasksPerOwner: number;
}

export function declareWaitingContract(
  name: string,
  createEngine: (setup: WaitingSetup) => Promise<TaskEngine>,
  options: {
    rules: 'embedded' | 'distributed';
    seeds: number;
    steps: number;
    /** Which priorities tasks have. A distributed queue may take a task just before one of another priority arrives. */
    priorities: readonly number[];
  },
): void {
  describe(`${name}: why tasks wait`, () => {
    const reasons = new Set<string>();

    test.each(Array.from({ length: options.seeds }, (_, i) => [i + 1]))(
      'schedule %i: each task says what it waits for, and that is what starts it',
      async (seed) => {
        const engine = await createEngine({ definitions, tasksPerOwner: PER_OWNER });
        try {
          for (const reason of await playSchedule(engine, seed, options)) reasons.add(reason);
        } finally {
          await engine.close();
        }
      },
    );

    test('a task names the one that holds it to those who may see that one, and an owner the limit', async () => {
      const engine = await createEngine({ definitions, tasksPerOwner: PER_OWNER });
      try {
        const start = async (owner: string, key?: string) => {
          const gate = `${name} ${counter++}`;
          const params = { gate, ...(key !== undefined && { key }) };
          return (await engine.enqueue({ name: 'north_5', params }, { owner })).task.id;
        };
        const isRunning = async (id: string) => {
          for await (const event of engine.events({ cursors: { [id]: null } }, { caller: admin }))
            if (event.type === 'snapshot' && event.task.status === 'running') return;
        };
        const holder = await start('bob', 'design');
        await isRunning(holder);
        const held = await start('ann', 'design');
        const waiting = async (caller: Caller) => (await engine.get(held, caller))?.waiting;
        expect(await waiting({ owner: 'ann' })).toEqual({ reason: 'exclusive', queue: 'north', place: 1 });
        const heldBy = { id: holder, name: 'north_5' };
        expect(await waiting(admin)).toMatchObject({ reason: 'exclusive', heldBy });
        expect((await engine.waiting([held], { owner: 'bob' })).size).toBe(0);
        expect(await engine.get(holder, admin)).not.toHaveProperty('waiting');
        const own = [await start('bob'), await start('bob'), await start('bob'), await start('bob')];
        const [, , third = '', fourth = ''] = own;
        const limit = { reason: 'limit', queue: 'north', running: 3, limit: 3 };
        await expect.poll(() => engine.get(third, admin)).toMatchObject({ waiting: { ...limit, place: 1 } });
        expect((await engine.list({}, { owner: 'bob' })).tasks.find(({ id }) => id === fourth)).toMatchObject(
          {
            waiting: { ...limit, place: 2 },
          },
        );
        // Its place is not sent as an event, and nothing of it stays once it has ended.
        await engine.cancel(fourth, admin);
        expect(await engine.get(fourth, admin)).not.toHaveProperty('waiting');
      } finally {
        await engine.close();
      }
    });

    test('a task that is to be tried again says when, and one with a history says when it may start', async () => {
      const engine = await createEngine({ definitions, tasksPerOwner: 100 });
      try {
        const start = async (task: string, gate = `${name} ${counter++}`) =>
          (await engine.enqueue({ name: task, params: { gate } }, { owner: 'ann' })).task.id;
        const over = async (id: string) => {
          for await (const _ of engine.events({ cursors: { [id]: null } }, { caller: admin }));
        };
        const late = await start('late');
        await expect
          .poll(async () => (await engine.get(late, admin))?.waiting)
          .toEqual({ reason: 'later', queue: 'north', notBefore: expect.any(String) });
        const notBefore = Date.parse((await engine.get(late, admin))?.waiting?.notBefore ?? '');
        expect(Math.abs(notBefore - Date.now() - 3_600_000)).toBeLessThan(60_000);
        for (let i = 0; i < 5; i += 1) {
          const gate = `${name} ${counter++}`;
          const id = await start('north_5', gate);
          await openGate(gate);
          await over(id);
        }
        const ids: string[] = [];
        for (let i = 0; i < 4; i += 1) ids.push(await start('north_5'));
        await expect
          .poll(async () => (await engine.get(ids[3] ?? '', admin))?.waiting, { timeout: 10_000 })
          .toMatchObject({ reason: 'worker', place: 2, startsInSeconds: [0, expect.any(Number)] });
      } finally {
        await engine.close();
      }
    });

    test('the schedules had tasks that wait for each of these', () => {
      expect([...reasons].sort()).toEqual(['exclusive', 'limit', 'worker']);
    });
  });
}

async function playSchedule(
  engine: TaskEngine,
  seed: number,
  {
    rules,
    steps,
    priorities,
  }: { rules: 'embedded' | 'distributed'; steps: number; priorities: readonly number[] },
): Promise<Set<string>> {
  const reasons = new Set<string>();
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[random(from.length)];
  const model = new WaitingModel({ rules, perOwner: PER_OWNER, concurrency: CONCURRENCY, queues: QUEUES });
  const gateOf = new Map<string, string>();
  let said = new Map<string, ModelWait>();

  for (let step = 0; step < steps; step += 1) {
    const running = model.ids('running');
    const waiting = model.ids('waiting');
    const dice = random(100);
    let gone: { id: string; owner: string; queue: string } | undefined;
    // It fills up in the first half and empties in the second one.
    if (dice < (step < steps / 2 ? 65 : 35) || running.length === 0) {
      const [owner = '', queue = '', priority = 5, key] = [
        pick(OWNERS),
        pick(QUEUES),
        pick(priorities),
        pick(KEYS),
      ];
      const gate = `${seed}-${step}`;
      const params = { gate, ...(key !== undefined && { key }) };
      const { task } = await engine.enqueue({ name: `${queue}_${priority}`, params }, { owner });
      gateOf.set(task.id, gate);
      model.add({ id: task.id, owner, queue, key, priority });
    } else {
      const id = (dice > 90 ? pick(waiting) : undefined) ?? pick(running) ?? '';
      const { owner = '', queue = '' } = model.task(id) ?? {};
      gone = { id, owner, queue };
      if (waiting.includes(id) || dice > 80) await engine.cancel(id, admin);
      else await openGate(gateOf.get(id) ?? '');
      model.remove(id);
    }
    await agree(engine, model, `seed ${seed}, step ${step}`);
    // What started said before that it waited for what has just gone.
    for (const id of model.ids('running')) {
      const claim = said.get(id);
      if (!claim) continue;
      expect(gone, `${id} started although nothing ended`).toBeDefined();
      const own = model.task(id);
      if (claim.reason === 'worker') {
        expect(gone?.queue).toBe(own?.queue);
        // Whoever was before it started as well, or lost its key to a task of the other queue.
        const before = [...said].filter(
          ([other, { reason, place = 0 }]) =>
            reason === 'worker' && model.task(other)?.queue === own?.queue && place < (claim.place ?? 0),
        );
        for (const [other] of before) expect(model.waits().get(other)?.reason).not.toBe('worker');
      }
      if (claim.reason === 'limit') expect(gone?.owner).toBe(own?.owner);
      if (claim.reason === 'exclusive') expect(gone?.id).toBe(claim.heldBy);
      if (claim.reason !== 'worker') expect(claim.place ?? 1, `${id} was next`).toBe(1);
    }
    said = model.waits();
    for (const { reason } of said.values()) reasons.add(reason);
  }
  return reasons;
}

async function openGate(gate: string): Promise<void> {
  while (!gates.has(gate)) await pause(1);
  gates.get(gate)?.();
  gates.delete(gate);
}

/** Waits until the engine is where the model is. */
async function agree(engine: TaskEngine, model: WaitingModel, where: string): Promise<void> {
  const expected = {
    running: model.ids('running').sort(),
    waits: Object.fromEntries(
      [...model.waits()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, { reason, heldBy, place }]) => [
          id,
          { reason, ...(heldBy !== undefined && { heldBy }), ...(place !== undefined && { place }) },
        ]),
    ),
  };
  const text = JSON.stringify(expected);
  let seen: unknown;
  for (const until = performance.now() + 8_000; performance.now() < until; await pause(2)) {
    const { tasks } = await engine.list({ status: 'active', limit: 200 }, admin);
    seen = shown(tasks);
    if (JSON.stringify(seen) === text) break;
  }
  expect(seen, where).toEqual(expected);
  // The same for whoever refreshes the places of tasks at hand.
  const ids = model.ids('waiting');
  const waits = await engine.waiting(ids, admin);
  expect([...waits.keys()].sort()).toEqual(ids.sort());
  for (const [id, { reason }] of waits) expect(reason).toBe(expected.waits[id]?.reason);
}

function shown(tasks: TaskSnapshot[]) {
  const queued = tasks.filter(({ status }) => status === 'queued').sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    running: tasks.flatMap(({ id, status }) => (status === 'running' ? [id] : [])).sort(),
    waits: Object.fromEntries(
      queued.map(({ id, waiting }) => {
        const { reason, place, heldBy } = waiting ?? {};
        return [id, { reason, ...(heldBy && { heldBy: heldBy.id }), ...(place !== undefined && { place }) }];
      }),
    ),
  };
}
