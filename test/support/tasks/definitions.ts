import { z } from 'zod';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { undoTask } from '../../../backend/definitions/undo/undoTask.ts';
import { MemoryStore } from '../../../backend/network/MemoryStore.ts';
import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import { defineTask, type TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { Position } from '../../../src/contract/index.ts';

/** Tasks that do as a test says, and say only what they are told to: for the contract suites. */

export const DESIGN = 'design/Test';

const ring: Position[] = [
  [0, 0],
  [0.01, 0],
  [0.01, 0.01],
  [0, 0.01],
  [0, 0],
];

function point(longitude: number, latitude: number): { type: 'Point'; coordinates: Position } {
  return { type: 'Point', coordinates: [longitude, latitude] };
}

/** One design, 'design/Test', that has a pole. */
export const smallTown: TownData = {
  addresses: {
    type: 'FeatureCollection',
    features: [1, 2, 3].map((i) => ({
      type: 'Feature',
      geometry: point(i / 1000, 0.001),
      properties: { street_name: 'Sample Street', street_number: String(i) },
    })),
  },
  poles: {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: point(0.001, 0.002), properties: { name: 'P-1' } }],
  },
  designs: [{ name: 'Test', geometry: { type: 'Polygon', coordinates: [ring] } }],
  designPoles: {
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', geometry: point(0.002, 0.002), properties: { name: 'D-1', design: 'Test' } },
    ],
  },
};

export function smallStore(): MemoryStore {
  return new MemoryStore({ town: smallTown });
}

export async function poleCount(store: NetworkStore): Promise<number> {
  const { features } = await store.features({ design: DESIGN, tables: ['pole'], limit: 1_000 });
  return features.length;
}

interface Gate {
  opened: Promise<void>;
  open(): void;
}

/** What a task waits for is opened by another task, so that a suite needs nothing but the protocol. */
const gates = new Map<string, Gate>();

function gate(name: string): Gate {
  let found = gates.get(name);
  if (!found) {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    found = { opened, open };
    gates.set(name, found);
  }
  return found;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

const text = z.string().min(1).max(100);

export const count = defineTask({
  name: 'count',
  params: z.strictObject({
    to: z.int().min(1).max(10_000),
    unit: z.enum(['houses', 'poles']).optional(),
    draw: z.boolean().optional(),
  }),
  async execute({ to, draw }, { progress }) {
    for (let done = 1; done <= to; done++) {
      await progress({
        percent: (100 * done) / to,
        step: 1,
        stepCount: 1,
        message: `${done} / ${to} counted`,
        done,
        total: to,
        ...(draw && {
          features: [
            {
              type: 'Feature' as const,
              id: `pole/${done}`,
              geometry: { type: 'Point' as const, coordinates: [done / 1e6, 0] as [number, number] },
              properties: { table: 'pole' },
            },
          ],
        }),
      });
    }
    return { counted: to };
  },
});

/** Says that it waits, then waits until `open` is run with the same gate. */
export const wait = defineTask({
  name: 'wait',
  params: z.strictObject({ gate: text }),
  async execute(params, { progress, signal, log }) {
    log('info', 'waiting');
    await progress({ percent: 10, step: 1, message: `waiting for ${params.gate}` });
    await Promise.race([gate(params.gate).opened, aborted(signal)]);
    return { opened: params.gate };
  },
});

export const open = defineTask({
  name: 'open',
  queue: 'openers',
  params: z.strictObject({ gate: text }),
  async execute(params) {
    gate(params.gate).open();
    return null;
  },
});

/** As `wait`, but never two with the same key at once. */
export const waitAlone = defineTask({
  name: 'wait_alone',
  params: z.strictObject({ key: text, gate: text }),
  exclusive: ({ key }) => key,
  execute: (params, context) => wait.execute({ gate: params.gate }, context),
});

export const fail = defineTask({
  name: 'fail',
  params: z.strictObject({ message: text, code: text.optional() }),
  async execute({ message, code }, { progress }) {
    await progress({ percent: 30, message: 'about to fail' });
    throw code ? new TaskRefusal({ code, message, details: { available: 3 } }) : new Error(message);
  },
});

/** Hears no signal and never ends. */
export const deaf = defineTask({
  name: 'deaf',
  params: z.strictObject({}),
  async execute(_, { progress }) {
    await progress({ percent: 20, message: 'deaf' });
    return new Promise(() => {});
  },
});

export const impatient = defineTask({
  name: 'impatient',
  timeoutSeconds: 0.02,
  params: z.strictObject({}),
  async execute(_, { signal, progress }) {
    await progress({ percent: 5, message: 'taking too long' });
    return aborted(signal);
  },
});

/** Writes a pole to the design, then does as told. */
export const write = defineTask({
  name: 'write',
  params: z.strictObject({ end: z.enum(['return', 'throw', 'wait']), gate: text.optional() }),
  async preview({ end }, { network, signal }) {
    const poles = (await network.view(DESIGN)).table('pole');
    await poles.reserveName('NEW');
    const { urn } = await poles.insert({ geometry: point(0.003, 0.003), properties: { name: 'NEW' } });
    if (end === 'throw') throw new TaskRefusal({ code: 'no-use', message: 'It would fail' });
    if (end === 'wait') await aborted(signal);
    return {
      counts: [{ kind: 'pole', change: 'add', count: 1 }],
      features: [
        {
          type: 'Feature',
          id: urn,
          geometry: point(0.003, 0.003),
          properties: { table: 'pole', name: 'NEW' },
        },
      ],
    };
  },
  async execute({ end, gate: name }, { network, progress, signal }) {
    const poles = (await network.view(DESIGN)).table('pole');
    const before = await poles.count();
    await poles.insert({
      geometry: { type: 'Point', coordinates: [0.003, 0.003] },
      properties: { name: 'NEW' },
    });
    await progress({ percent: 50, message: 'written' });
    if (end === 'throw') throw new Error('after writing');
    if (end === 'wait') await Promise.race([gate(name ?? 'never').opened, aborted(signal)]);
    return { before, after: await poles.count() };
  },
});

/** Asks the network before it is queued. */
export const checked = defineTask({
  name: 'checked',
  params: z.strictObject({ pole: z.int() }),
  async check({ pole }, { network }) {
    if (await (await network.view(DESIGN)).table('pole').get(pole)) return;
    const message = `There is no pole ${pole}`;
    throw new TaskRefusal({
      code: 'invalid-params',
      message,
      parameters: [{ parameter: 'pole', code: 'not-found', message }],
    });
  },
  preview: async () => ({}),
  execute: async ({ pole }) => ({ pole }),
});

/** How often each key has failed: a task that is run again must see what came before, as the outside world would. */
const failures = new Map<string, number>();

/** Writes a pole and draws it, then fails as often as told before it succeeds. Three attempts. */
export const flaky = defineTask({
  name: 'flaky',
  retry: { attempts: 3, backoffSeconds: 0.01 },
  params: z.strictObject({ key: text, failures: z.int().min(0), refuse: z.boolean().optional() }),
  async execute({ key, failures: wanted, refuse }, context) {
    await write.execute({ end: 'return' }, context);
    await context.progress({
      percent: 60,
      message: 'drawn',
      features: [
        {
          type: 'Feature',
          id: `pole/${context.attempt}`,
          geometry: point(0.003, 0.003),
          properties: { table: 'pole' },
        },
      ],
    });
    const failed = failures.get(key) ?? 0;
    if (failed < wanted) {
      failures.set(key, failed + 1);
      if (refuse) throw new TaskRefusal({ code: 'no-use', message: 'It would fail again' });
      throw new Error(`failure ${failed + 1}`);
    }
    return { attempt: context.attempt };
  },
});

/** Its time is up each time. Two attempts. */
export const flakyImpatient = defineTask({
  name: 'flaky_impatient',
  timeoutSeconds: 0.02,
  retry: { attempts: 2, backoffSeconds: 0 },
  params: z.strictObject({}),
  execute: (params, context) => impatient.execute(params, context),
});

/** Fails, and is tried again in an hour. */
export const flakyLate = defineTask({
  name: 'flaky_late',
  retry: { attempts: 2, backoffSeconds: 3_600 },
  params: z.strictObject({}),
  execute: (_, context) => fail.execute({ message: 'not now' }, context),
});

/** As `wait`, before those of `wait` that wait. */
export const prioritised = defineTask({
  name: 'prioritised',
  priority: 1,
  params: z.strictObject({ gate: text }),
  execute: (params, context) => wait.execute(params, context),
});

export const secretTask = defineTask({
  name: 'secret_task',
  permission: 'plan',
  params: z.strictObject({}),
  execute: async () => 'done',
});

/** Builds parts 'part/1' to 'part/n', of which the first `fail` fail; then ends as told. */
export const parts = defineTask({
  name: 'parts',
  params: z.strictObject({
    ok: z.int().min(0),
    fail: z.int().min(0),
    end: z.enum(['return', 'throw']).optional(),
    gate: text.optional(),
  }),
  async execute({ ok, fail: failing, end, gate: name }, { progress, items, signal }) {
    const all = Array.from({ length: ok + failing }, (_, i) => `part/${i + 1}`);
    const wanted = items ?? all;
    for (const id of wanted) {
      const fails = Number(id.slice('part/'.length)) <= failing && !items;
      await progress({
        items: [
          fails
            ? { id, code: 'too-far', message: `${id} is too far away`, geometry: point(0.001, 0.002) }
            : { id, ok: true },
        ],
      });
    }
    await progress({ percent: 90, message: 'parts built' });
    if (name) await Promise.race([gate(name).opened, aborted(signal)]);
    if (end === 'throw') throw new Error('after the parts');
    return { built: wanted };
  },
});

/** Draws two corners of a box, then waits until `open` is run with the same gate. Two at a time, in a queue of their own. */
export const draw = defineTask({
  name: 'draw',
  queue: 'drawers',
  params: z.strictObject({
    gate: text,
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    design: text.optional(),
  }),
  async execute({ gate: name, box: [west, south, east, north] }, { progress, signal }) {
    const corner = (number: number, longitude: number, latitude: number) => ({
      type: 'Feature' as const,
      id: `pole/${number}`,
      geometry: point(longitude, latitude),
      properties: { table: 'pole' },
    });
    await progress({ message: 'drawn', features: [corner(1, west, south), corner(2, east, north)] });
    await Promise.race([gate(name).opened, aborted(signal)]);
    return null;
  },
});

/** Says what it was given, and minds no parameter that it does not know. */
export const tolerant = defineTask({
  name: 'tolerant',
  unknownParams: 'ignore',
  params: z.strictObject({ pole_id: z.int(), more: z.strictObject({ colour: text }).optional() }),
  execute: async (params) => params,
});

/** Calls its context as no TypeScript would. */
export const careless = defineTask({
  name: 'careless',
  params: z.strictObject({ call: z.enum(['log', 'progress']), with: z.array(z.json()) }),
  async execute({ call, with: given }, context) {
    await Reflect.apply(context[call], undefined, given);
    return 'nothing was refused';
  },
});

/** Draws features of a size in one call, waits at a gate where one is named, and has a result of a size. */
export const large = defineTask({
  name: 'large',
  params: z.strictObject({
    features: z.int().max(1_000).default(0),
    charsEach: z.int().default(0),
    resultChars: z.int().default(0),
    gate: text.optional(),
  }),
  async execute({ features, charsEach, resultChars, gate: name }, { progress, signal }) {
    await progress({
      features: Array.from({ length: features }, (_, i) => ({
        type: 'Feature' as const,
        id: `pole/${i + 1}`,
        geometry: { type: 'Point' as const, coordinates: [i / 1e6, 0] as [number, number] },
        properties: { table: 'pole', name: 'x'.repeat(charsEach) },
      })),
    });
    if (name !== undefined) {
      await progress({ percent: 10, message: `waiting for ${name}` });
      await Promise.race([gate(name).opened, aborted(signal)]);
    }
    return 'y'.repeat(resultChars);
  },
});

export const definitions: TaskDefinition[] = [
  count,
  wait,
  open,
  waitAlone,
  fail,
  deaf,
  impatient,
  write,
  checked,
  flaky,
  flakyImpatient,
  flakyLate,
  prioritised,
  secretTask,
  parts,
  tolerant,
  careless,
  large,
  draw,
  undoTask,
];
