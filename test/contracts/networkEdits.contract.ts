import { beforeEach, describe, expect, it } from 'vitest';
import type { NetworkDataView, NetworkRecord, NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import type { TableDraft } from '../../backend/network/tables.ts';
import type { Position } from '../../src/contract/index.ts';
import { ORIGIN, testTown } from '../support/network/testTown.ts';
import { CONTRACT_TABLES } from './networkStore.contract.ts';

const NORTH = 'design/North';
const SOUTH = 'design/South';
const RING: Position[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const AREA = { type: 'Polygon' as const, coordinates: [RING] };
const point = (coordinates: Position) => ({ type: 'Point' as const, coordinates });
const code = (wanted: string) => ({ error: { code: wanted } });

/** What every store keeps of edits outside tasks, and of designs that are made, posted and dropped. */
export function declareNetworkEditsContract(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<NetworkStore>,
): void {
  describe(`${name}: edits of the network`, () => {
    let store: NetworkStore;
    beforeEach(async () => {
      store = await create(testTown(3), CONTRACT_TABLES);
    });

    const recordsOf = async (table: string, design: string | null = null): Promise<NetworkRecord[]> =>
      (await store.begin().view(design)).table(table).recs();
    const polesOf = async (design: string | null = null) =>
      (await recordsOf('pole', design)).map(({ id, properties }) => `${id} ${properties.name}`);
    const inDesign = async (design: string, work: (view: NetworkDataView) => Promise<unknown>) => {
      const task = store.begin();
      await work(await task.view(design));
      await task.commit();
    };
    const inMaster = <T>(work: (master: NetworkDataView) => Promise<T>) =>
      store.edit(async (network) => work(await network.view()));
    const rename = (id: number, to: string) => (view: NetworkDataView) =>
      view.table('pole').update(id, { properties: { name: to } });

    describe('of master', () => {
      it('add, change and delete records, for all designs over it', async () => {
        const added = await inMaster(async (master) => {
          const poles = master.table('pole');
          await poles.update(1, { properties: { name: 'changed' }, geometry: point([-71, 42]) });
          await poles.delete(2);
          const record = await poles.insert({ geometry: point(ORIGIN), properties: { name: 'added' } });
          expect(record).toMatchObject({ design: null, urn: `pole/${record.id}` });
          expect(await poles.count()).toBe(2);
          return record;
        });
        expect(await polesOf()).toEqual(['1 changed', `${added.id} added`]);
        expect(await polesOf(NORTH)).toEqual(['1 changed', '3 P-009', `${added.id} added`]);
        expect(await polesOf(SOUTH)).toEqual(['1 changed', '4 S-1', `${added.id} added`]);
        const { features } = await store.features({ design: NORTH, tables: ['pole'], limit: 9 });
        expect(features.map(({ id }) => id)).toEqual(['pole/1', 'pole/3', added.urn]);
        const page = await store.features({ design: NORTH, tables: ['pole'], limit: 1, after: 'pole/1' });
        expect(page).toMatchObject({ features: [{ id: 'pole/3' }], next: 'pole/3' });
      });

      it('store nothing where the work rejects, and give the answer of the work', async () => {
        const failed = inMaster(async (master) => {
          await master.table('pole').delete(1);
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        expect(await polesOf()).toEqual(['1 M-1', '2 M-2']);
        expect(await inMaster(async (master) => master.table('pole').count())).toBe(2);
      });

      it('may write to master and to designs at once', async () => {
        await store.edit(async (network) => {
          await rename(1, 'both')(await network.view());
          await rename(3, 'both')(await network.view(NORTH));
        });
        expect(await polesOf(NORTH)).toEqual(['1 both', '2 M-2', '3 both']);
      });

      it('change streets, which no task and no design can', async () => {
        const street = await inMaster(async (master) => {
          const streets = master.table('street');
          await streets.update(1, { properties: { name: 'High Street' } });
          const line = { type: 'LineString' as const, coordinates: [ORIGIN, [-71, 42]] satisfies Position[] };
          await expect(streets.insert({ geometry: point(ORIGIN), properties: {} })).rejects.toMatchObject(
            code('invalid-record'),
          );
          return streets.insert({ geometry: line, properties: { name: 'New Street' } });
        });
        const { features } = await store.features({ tables: ['street'], limit: 9 });
        expect(features.map(({ id, properties }) => [id, properties.name])).toEqual([
          ['street/1', 'High Street'],
          [street.urn, 'New Street'],
        ]);
        await expect(
          store.edit(async (network) => (await network.view(NORTH)).table('street')),
        ).rejects.toMatchObject(code('unknown-table'));
      });

      it('at the same time all take place, each on what the other left', async () => {
        const count = async (master: NetworkDataView) => {
          const poles = master.table('pole');
          const before = Number((await poles.get(1))?.properties.count ?? 0);
          await poles.update(1, { properties: { count: before + 1 } });
        };
        await Promise.all([inMaster(count), inMaster(count), inMaster(count)]);
        expect((await recordsOf('pole'))[0]?.properties).toMatchObject({ count: 3 });
      });

      it('at the same time in one design as well, and a task that wrote before does not commit', async () => {
        const task = store.begin();
        await rename(3, 'of the task')(await task.view(NORTH));
        await store.edit(async (network) => rename(1, 'edited')(await network.view(NORTH)));
        await expect(task.commit()).rejects.toMatchObject(code('design-conflict'));
        expect(await polesOf(NORTH)).toEqual(['1 edited', '2 M-2', '3 P-009']);
      });

      it('do not disturb a task that works in a design', async () => {
        const task = store.begin();
        await rename(3, 'of the task')(await task.view(NORTH));
        await inMaster(rename(1, 'edited'));
        await task.commit();
        expect(await polesOf(NORTH)).toEqual(['1 edited', '2 M-2', '3 of the task']);
      });

      it('are refused to a task', async () => {
        const master = await store.begin().view();
        await expect(rename(1, 'x')(master)).rejects.toMatchObject(code('master-read-only'));
        for (const view of [master, await store.begin().view(NORTH)]) {
          const streets = view.table('street');
          expect((await streets.recs()).map(({ urn, design }) => [urn, design])).toEqual([
            ['street/1', null],
          ]);
          await expect(streets.update(1, { properties: {} })).rejects.toMatchObject(code('master-read-only'));
          await expect(streets.insert({ properties: {} })).rejects.toMatchObject(code('master-read-only'));
          await expect(streets.delete(1)).rejects.toMatchObject(code('master-read-only'));
          await expect(streets.reserveName('x')).rejects.toMatchObject(code('master-read-only'));
        }
      });
    });

    describe('designs', () => {
      it('are made empty, over master', async () => {
        await store.createDesign({ name: 'Nord & Süd/2', geometry: AREA });
        expect((await store.designs()).map((design) => design.name)).toEqual([
          'Nord & Süd/2',
          'North',
          'South',
        ]);
        expect(await polesOf('design/Nord & Süd/2')).toEqual(['1 M-1', '2 M-2']);
        await inDesign('design/Nord & Süd/2', rename(1, 'x'));
        expect(await polesOf('design/Nord & Süd/2')).toEqual(['1 x', '2 M-2']);
        await expect(store.createDesign({ name: 'North', geometry: AREA })).rejects.toMatchObject(
          code('design-exists'),
        );
      });

      it.each([
        [{ name: ' ', geometry: AREA }, /name is not a name/],
        [{ name: 'x'.repeat(194), geometry: AREA }, /name is not a name/],
        [{ name: 'a\0', geometry: AREA }, /name is not a name/],
        [{ name: 'x', geometry: point(ORIGIN) }, /geometry is of type 'Point'; give a Polygon/],
        [{ name: 'x', geometry: { ...AREA, coordinates: [RING.slice(1)] } }, /geometry is too short/],
      ])('are refused where they cannot be stored: %j', async (design, message) => {
        await expect(store.createDesign(design)).rejects.toThrow(message);
        expect(await store.designs()).toHaveLength(2);
      });

      it('are posted: what they added, changed and deleted is in master, under the same ids', async () => {
        const added = { id: 0, note: 0 };
        await inDesign(NORTH, async (view) => {
          await rename(1, 'renamed')(view);
          await view.table('pole').delete(2);
          added.id = (await view.table('pole').insert({ properties: { name: 'new', at: 'pole/3' } })).id;
          added.note = (await view.table('note').insert({ properties: { text: 'n' } })).id;
        });
        expect(await store.postDesign('North')).toEqual({ added: 3, changed: 1, deleted: 1 });
        expect(await polesOf()).toEqual(['1 renamed', '3 P-009', `${added.id} new`]);
        expect((await recordsOf('pole')).map(({ design }) => design)).toEqual([null, null, null]);
        expect((await recordsOf('note')).map(({ id }) => id)).toEqual([added.note]);
        expect(await polesOf(SOUTH)).toEqual(['1 renamed', '3 P-009', '4 S-1', `${added.id} new`]);
        expect((await store.designs()).map((design) => design.name)).toEqual(['South']);
        await expect(store.begin().view(NORTH)).rejects.toMatchObject(code('design-not-found'));
        await expect(store.postDesign('North')).rejects.toMatchObject(code('design-not-found'));
        await store.createDesign({ name: 'North', geometry: AREA });
        expect(await polesOf(NORTH)).toEqual(await polesOf());
      });

      it('that have changed what master has changed since are not posted, and the records are named', async () => {
        await inDesign(NORTH, async (view) => {
          await rename(1, 'design 1')(view);
          await view.table('pole').delete(2);
          await rename(3, 'own')(view);
        });
        await inMaster(rename(1, 'master 1'));
        await inMaster(rename(2, 'master 2'));
        // A second change in the design does not hide that the first one was made on the older record.
        await inDesign(NORTH, rename(1, 'design 1 again'));
        await expect(store.postDesign('North')).rejects.toMatchObject({
          error: {
            code: 'design-conflict',
            message: expect.stringMatching(/pole\/1, pole\/2; nothing was posted.*prefer/),
            details: { design: NORTH, records: ['pole/1', 'pole/2'], count: 2 },
          },
        });
        expect(await polesOf()).toEqual(['1 master 1', '2 master 2']);
        expect(await polesOf(NORTH)).toEqual(['1 design 1 again', '3 own']);
      });

      it.each([
        ['design' as const, ['1 design', '3 P-009'], { added: 1, changed: 1, deleted: 1 }],
        ['master' as const, ['1 master', '2 master', '3 P-009'], { added: 1, changed: 0, deleted: 0 }],
      ])('are posted over a conflict where the %s is preferred', async (prefer, poles, posted) => {
        await inDesign(NORTH, async (view) => {
          await rename(1, 'design')(view);
          await view.table('pole').delete(2);
        });
        await inMaster(rename(1, 'master'));
        await inMaster(rename(2, 'master'));
        expect(await store.postDesign('North', { prefer })).toEqual(posted);
        expect(await polesOf()).toEqual(poles);
      });

      it('that changed what master deleted conflict, and where both deleted it nothing is left to do', async () => {
        await inDesign(NORTH, async (view) => {
          await rename(1, 'kept')(view);
          await view.table('pole').delete(2);
        });
        await inMaster(async (master) => {
          await master.table('pole').delete(1);
          await master.table('pole').delete(2);
        });
        expect(await polesOf(NORTH)).toEqual(['1 kept', '3 P-009']);
        await expect(store.postDesign('North')).rejects.toMatchObject({
          error: { details: { records: ['pole/1'] } },
        });
        expect(await store.postDesign('North', { prefer: 'design' })).toEqual({
          added: 1,
          changed: 1,
          deleted: 0,
        });
        expect(await polesOf()).toEqual(['1 kept', '3 P-009']);
      });

      it('conflict with a design that was posted before', async () => {
        await inDesign(NORTH, rename(1, 'north'));
        await inDesign(SOUTH, rename(1, 'south'));
        await store.postDesign('North');
        await expect(store.postDesign('South')).rejects.toMatchObject(code('design-conflict'));
        await inDesign(SOUTH, rename(2, 'south'));
        await store.postDesign('South', { prefer: 'master' });
        expect(await polesOf()).toEqual(['1 north', '2 south', '3 P-009', '4 S-1']);
      });

      it('are dropped with all that was planned in them', async () => {
        await inDesign(NORTH, async (view) => {
          await rename(1, 'x')(view);
          await view.table('note').insert({ properties: {} });
          expect(await view.table('pole').reserveName('P-1')).toBe(true);
        });
        await store.dropDesign('North');
        expect((await store.designs()).map((design) => design.name)).toEqual(['South']);
        expect(await polesOf()).toEqual(['1 M-1', '2 M-2']);
        await expect(store.dropDesign('North')).rejects.toMatchObject(code('design-not-found'));
        await expect(store.dropDesign('\0')).rejects.toMatchObject(code('design-not-found'));
        await store.createDesign({ name: 'North', geometry: AREA });
        expect(await polesOf(NORTH)).toEqual(['1 M-1', '2 M-2']);
        expect(await recordsOf('note', NORTH)).toEqual([]);
        await inDesign(SOUTH, async (view) => {
          expect(await view.table('pole').reserveName('P-1')).toBe(true);
        });
      });

      it.each(['post', 'drop'] as const)(
        '%s: a task that wrote to one before stores nothing',
        async (how) => {
          const task = store.begin();
          const view = await task.view(NORTH);
          await view.table('pole').insert({ properties: { name: 'late' } });
          const idle = store.begin();
          const idleView = await idle.view(NORTH);
          if (how === 'post') await store.postDesign('North');
          else await store.dropDesign('North');
          // One of the same name is another design.
          await store.createDesign({ name: 'North', geometry: AREA });
          await expect(view.table('pole').reserveName('P-2')).rejects.toMatchObject(code('design-conflict'));
          await expect(task.commit()).rejects.toMatchObject(code('design-conflict'));
          const late = idleView.table('pole').insert({ properties: { name: 'later' } });
          await expect(late.then(() => idle.commit())).rejects.toMatchObject(code('design-conflict'));
          const poles = how === 'post' ? ['1 M-1', '2 M-2', '3 P-009'] : ['1 M-1', '2 M-2'];
          expect(await polesOf()).toEqual(poles);
          expect(await polesOf(NORTH)).toEqual(poles);
        },
      );

      it('posted while tasks commit to them lose nothing and double nothing', async () => {
        const tasks = await Promise.all(
          Array.from({ length: 6 }, async (_, i) => {
            const task = store.begin();
            const design = i % 2 === 0 ? NORTH : SOUTH;
            await (await task.view(design)).table('pole').insert({ properties: { name: `task ${i}` } });
            return { task, name: `task ${i}` };
          }),
        );
        const ends = tasks.map(({ task }) => task.commit());
        const posts = ['North', 'South'].map((design) => store.postDesign(design));
        const [committed] = await Promise.all([Promise.allSettled(ends), Promise.all(posts)]);
        const stored = tasks.flatMap(({ name }, i) => (committed[i]?.status === 'fulfilled' ? [name] : []));
        const names = (await recordsOf('pole')).map(({ properties }) => String(properties.name));
        expect(names.filter((of) => of.startsWith('task')).sort()).toEqual(stored);
        for (const end of committed) {
          if (end.status === 'rejected') expect(end.reason).toMatchObject(code('design-conflict'));
        }
        expect(await store.designs()).toEqual([]);
      });
    });
  });
}
