import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createBackend } from '../../../../backend/app.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';
import { loadBuiltFeatures } from '../../../../harness/run/builtFeatures.ts';
import { signedIn } from '../../../../harness/signedIn.ts';
import type { GeoFeature } from '../../../../src/contract/index.ts';
import { ORIGIN, testTown } from '../../../support/network/testTown.ts';

const ann = { owner: 'ann' };
const BASE = '/lrt';
const DESIGN = 'design/North';
const geometry = { type: 'Point' as const, coordinates: ORIGIN };

/** Builds two poles, which it stores, or deletes again. */
const builds = defineTask({
  name: 'builds',
  params: z.object({ stores: z.boolean() }),
  async execute({ stores }, { network, progress }) {
    const poles = (await network.view(DESIGN)).table('pole');
    const features: GeoFeature[] = [];
    for (const name of ['P-1', 'P-2']) {
      const { urn } = await poles.insert({ geometry, properties: { name } });
      features.push({ type: 'Feature', id: urn, geometry, properties: { table: 'pole', name } });
    }
    await progress({ features });
    if (stores) return;
    for (const pole of await poles.recs()) if (pole.id > 4) await poles.delete(pole.id);
  },
});

let store: MemoryStore;
let engine: EmbeddedEngine;
const asked: string[] = [];
beforeEach(() => {
  store = new MemoryStore({ town: testTown(2) });
  engine = new EmbeddedEngine({ definitions: [builds], store });
  const backend = createBackend({ engine, store, basePath: BASE, authenticate: () => ann });
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    asked.push(new URL(url).pathname);
    return backend.fetch(new Request(url, init));
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  asked.length = 0;
  await engine.close();
});

async function builtBy(stores: boolean, meanwhile: () => Promise<unknown> = async () => {}) {
  const { id } = (await engine.enqueue({ name: 'builds', params: { stores } }, ann)).task;
  const read = () => engine.get(id, ann);
  await expect.poll(async () => (await read())?.status, { timeout: 15_000 }).toBe('succeeded');
  await meanwhile();
  const task = await read();
  if (!task) throw new Error('the engine lost the task');
  const load = loadBuiltFeatures({ baseUrl: `http://x.test${BASE}`, user: signedIn() });
  const found = await load(task, { signal: new AbortController().signal });
  return { names: found?.features.map(({ properties }) => properties.name), isComplete: found?.isComplete };
}

it('finds what a run built in the network, also in master, and admits that some of it is gone', async () => {
  expect(await builtBy(true)).toEqual({ names: ['P-1', 'P-2'], isComplete: true });
  const changed = await builtBy(true, async () => {
    await store.edit(async (network) => {
      const poles = (await network.view(DESIGN)).table('pole');
      await poles.delete(Math.max(...(await poles.recs()).map(({ id }) => id)));
    });
    await store.postDesign('North');
  });
  expect(changed).toEqual({ names: ['P-1'], isComplete: false });
  expect(new Set(asked)).toEqual(new Set([`${BASE}/features`]));
});

it('finds it in the log of the run where the network has nothing of it', async () => {
  expect(await builtBy(false)).toEqual({ names: ['P-1', 'P-2'], isComplete: true });
  expect(asked.at(-1)).toMatch(/\/events$/);
});
