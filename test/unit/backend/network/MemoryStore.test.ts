import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type { TableDraft } from '../../../../backend/network/tables.ts';
import type { TownData } from '../../../../backend/network/townTypes.ts';
import { declareNetworkEditsContract } from '../../../contracts/networkEdits.contract.ts';
import { declareNetworkStoreContract } from '../../../contracts/networkStore.contract.ts';
import { declareNetworkStoreModel } from '../../../contracts/networkStore.model.ts';
import { ORIGIN, testTown } from '../../../support/network/testTown.ts';

const create = async (town: TownData, tables: readonly TableDraft[]) => new MemoryStore({ town, tables });
declareNetworkStoreContract('MemoryStore', create);
declareNetworkEditsContract('MemoryStore', create);
declareNetworkStoreModel('MemoryStore', create);

async function withWrites(): Promise<MemoryStore> {
  const store = new MemoryStore({ town: testTown() });
  const transaction = store.begin();
  const poles = (await transaction.view('design/North')).table('pole');
  await poles.insert({ geometry: { type: 'Point', coordinates: ORIGIN }, properties: { name: 'kept' } });
  await transaction.commit();
  const forgotten = store.begin();
  await (await forgotten.view('design/North')).table('pole').insert({ properties: { name: 'forgotten' } });
  return store;
}

describe('MemoryStore state', () => {
  it('comes back whole from a structured clone, and from JSON', async () => {
    const store = await withWrites();
    const before = await store.features({ limit: 1000, design: 'design/North' });
    for (const state of [structuredClone(store.toState()), JSON.parse(JSON.stringify(store.toState()))]) {
      const again = MemoryStore.fromState(state);
      expect(await again.features({ limit: 1000, design: 'design/North' })).toEqual(before);
      expect(await again.designs()).toEqual(await store.designs());
      expect(again.toState()).toEqual(store.toState());
    }
  });

  it('keeps what each task has built, also a commit that is under way; a state from before that is read', async () => {
    const store = new MemoryStore({ town: testTown() });
    const transaction = store.begin({ taskId: 'a' });
    const poles = (await transaction.view('design/North')).table('pole');
    await poles.insert({ geometry: { type: 'Point', coordinates: ORIGIN }, properties: { name: 'A-1' } });
    let state: unknown;
    await transaction.commit((changes) => {
      state = store.toState(changes);
    });
    const builtIn = async (again: MemoryStore) =>
      (await again.features({ task: 'a', limit: 10 })).features.map(({ properties }) => properties.name);
    expect(state).toEqual(store.toState());
    expect(await builtIn(MemoryStore.fromState(structuredClone(state)))).toEqual(['A-1']);
    const { built: _, ...older } = store.toState();
    expect(await builtIn(MemoryStore.fromState(older))).toEqual([]);
    store.forgetTask('a');
    expect(await builtIn(store)).toEqual([]);
  });

  it('goes on with ids that were not used before', async () => {
    const again = MemoryStore.fromState((await withWrites()).toState());
    const poles = (await again.begin().view('design/South')).table('pole');
    expect((await poles.insert({ properties: {} })).id).toBe(7);
  });

  it.each([
    undefined,
    null,
    'state',
    [],
    {},
    { format: 2 },
    { ...new MemoryStore().toState(), master: {} },
    {
      ...new MemoryStore().toState(),
      streets: [
        [2, null, {}],
        [1, null, {}],
      ],
    },
    { ...new MemoryStore().toState(), designs: [{ info: { name: 'x' } }] },
    { ...new MemoryStore().toState(), built: { a: [['pole', 1]] } },
  ])('is refused where it is not one: %j', (state) => {
    expect(() => MemoryStore.fromState(state)).toThrow(/delete it and load the town again/);
  });
});

describe('MemoryStore.load', () => {
  it('replaces master and designs', async () => {
    const store = await withWrites();
    store.load({
      ...testTown(5),
      designs: [{ name: 'West', geometry: testTown().designs[0]?.geometry ?? fail() }],
      designPoles: { type: 'FeatureCollection', features: [] },
    });
    expect((await store.designs()).map(({ name }) => name)).toEqual(['West']);
    expect((await store.features({ limit: 100 })).features).toHaveLength(2 + 5 + 1);
  });

  it('changes nothing where the town is refused', async () => {
    const store = await withWrites();
    const before = store.toState();
    const town = testTown(5);
    expect(() => store.load({ ...town, designs: [] })).toThrow(
      /designPoles: feature 0: properties.design 'North'/,
    );
    expect(store.toState()).toEqual(before);
  });

  it('lets no transaction commit that wrote to what was there before', async () => {
    const store = new MemoryStore({ town: testTown() });
    const transaction = store.begin();
    await (await transaction.view('design/North')).table('pole').insert({ properties: {} });
    store.load(testTown());
    await expect(transaction.commit()).rejects.toMatchObject({ error: { code: 'design-conflict' } });
  });

  it('leaves an empty store without designs', async () => {
    const store = new MemoryStore();
    expect(await store.designs()).toEqual([]);
    await expect(store.begin().view('design/x')).rejects.toThrow(/there are no designs/);
  });
});

function fail(): never {
  throw new Error('the test town has a design');
}
