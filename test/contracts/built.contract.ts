/** What every store of the network knows of the records that a task has built, long after the task. */
import { describe, expect, it } from 'vitest';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { Position } from '../../src/contract/index.ts';
import { ORIGIN } from '../support/network/testTown.ts';

const NORTH = 'design/North';
const SOUTH = 'design/South';
const RING: Position[] = [ORIGIN, [-71, 42], [-71, 43], ORIGIN];
const geometry = { type: 'Point' as const, coordinates: ORIGIN };

/** `store` gives the store of the test, with `testTown` in it and the tables of the network's contract. */
export function declareBuiltContract(store: () => NetworkStore): void {
  describe('what a task has built', () => {
    /** Inserts records of these names, as the task. */
    async function build(taskId: string | undefined, design: string, table: string, names: string[]) {
      const transaction = store().begin(taskId === undefined ? undefined : { taskId });
      const records = (await transaction.view(design)).table(table);
      const ids: number[] = [];
      for (const name of names) ids.push((await records.insert({ geometry, properties: { name } })).id);
      await transaction.commit();
      return ids;
    }
    async function builtBy(task: string, more: object = {}): Promise<unknown[]> {
      const { features } = await store().features({ limit: 1_000, ...more, task });
      return features.map(({ properties: { table, name, design } }) => `${table} ${name} ${design}`);
    }

    it('is found among what others have built, and in no other task', async () => {
      await build('a', NORTH, 'pole', ['A-1', 'A-2']);
      await build('b', NORTH, 'pole', ['B-1']);
      await build(undefined, NORTH, 'pole', ['nobody']);
      await build('a', SOUTH, 'inspection', ['A-3']);
      expect(await builtBy('a')).toEqual([
        `pole A-1 ${NORTH}`,
        `pole A-2 ${NORTH}`,
        `inspection A-3 ${SOUTH}`,
      ]);
      expect(await builtBy('b')).toEqual([`pole B-1 ${NORTH}`]);
      for (const unknown of ['c', '', "'; --", '__proto__']) expect(await builtBy(unknown)).toEqual([]);
      expect(await builtBy('a', { tables: ['inspection'] })).toEqual([`inspection A-3 ${SOUTH}`]);
      expect(await builtBy('a', { bbox: [0, 0, 1, 1] })).toEqual([]);
    });

    it('comes in pages', async () => {
      const names = Array.from({ length: 40 }, (_, i) => `A-${i}`);
      await build('a', NORTH, 'pole', names);
      await build('b', NORTH, 'pole', ['B-1']);
      const found: unknown[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store().features({ task: 'a', limit: 15, ...(after !== undefined && { after }) });
        found.push(page.features.map(({ properties }) => properties.name));
        if (page.next === undefined) break;
        after = page.next;
      }
      expect(found).toEqual([names.slice(0, 15), names.slice(15, 30), names.slice(30)]);
    });

    it('is told apart where two tasks insert in turn, and a record was undone or changed before the commit', async () => {
      const [a, b] = [store().begin({ taskId: 'a' }), store().begin({ taskId: 'b' })];
      const ofA = (await a.view(NORTH)).table('pole');
      const ofB = (await b.view(SOUTH)).table('pole');
      const insert = (table: typeof ofA, name: string) => table.insert({ geometry, properties: { name } });
      const { id } = await insert(ofA, 'A-1');
      await insert(ofB, 'B-1');
      const savepoint = a.savepoint();
      await insert(ofA, 'undone');
      savepoint.undo();
      await insert(ofB, 'B-2');
      await insert(ofA, 'A-2');
      await ofA.update(id, { properties: { name: 'A-1 changed' } });
      await ofA.delete((await insert(ofA, 'deleted')).id);
      // The task has not built these.
      await ofA.update(1, { properties: { name: 'of master' } });
      await ofA.update(3, { properties: { name: 'of the design' } });
      await a.commit();
      await b.commit();
      expect(await builtBy('a')).toEqual([`pole A-1 changed ${NORTH}`, `pole A-2 ${NORTH}`]);
      expect(await builtBy('b')).toEqual([`pole B-1 ${SOUTH}`, `pole B-2 ${SOUTH}`]);
    });

    it('is nothing where the task was rolled back', async () => {
      const transaction = store().begin({ taskId: 'a' });
      await (await transaction.view(NORTH)).table('pole').insert({ geometry, properties: { name: 'A-1' } });
      transaction.rollback();
      await build('b', NORTH, 'pole', ['B-1']);
      expect(await builtBy('a')).toEqual([]);
    });

    it('is as it stands now: changed, deleted, and in master once the design was posted', async () => {
      const [changed = 0, deleted = 0] = await build('a', NORTH, 'pole', ['A-1', 'A-2', 'A-3']);
      await store().edit(async (network) => {
        const poles = (await network.view(NORTH)).table('pole');
        await poles.update(changed, { properties: { name: 'moved' } });
        await poles.delete(deleted);
      });
      expect(await builtBy('a')).toEqual([`pole moved ${NORTH}`, `pole A-3 ${NORTH}`]);
      await store().postDesign('North');
      expect(await builtBy('a')).toEqual(['pole moved null', 'pole A-3 null']);
      await build('b', SOUTH, 'pole', ['B-1']);
      await store().edit(async (network) => {
        for (const design of [null, SOUTH]) {
          await (await network.view(design))
            .table('pole')
            .update(changed, { properties: { name: `${design}` } });
        }
      });
      expect(await builtBy('a')).toEqual(['pole null null', 'pole A-3 null']);
    });

    it('goes with its design, and comes with no other one of the name', async () => {
      await build('a', NORTH, 'pole', ['posted']);
      await store().postDesign('North');
      await store().createDesign({ name: 'North', geometry: { type: 'Polygon', coordinates: [RING] } });
      await build('a', NORTH, 'pole', ['dropped']);
      expect(await builtBy('a')).toEqual(['pole posted null', `pole dropped ${NORTH}`]);
      await store().dropDesign('North');
      expect(await builtBy('a')).toEqual(['pole posted null']);
    });
  });
}
