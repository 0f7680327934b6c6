/** What every engine promises of a task that is undone, and done again. */
import { describe, expect, test } from 'vitest';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { isTerminal, type TaskSnapshot } from '../../src/contract/index.ts';
import { DESIGN } from '../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const admin = { owner: 'root', admin: true };

/** `parts` gives the engine of the test, and its store. */
export function declareUndoContract(parts: () => { engine: TaskEngine; store: NetworkStore }): void {
  describe('an undo', () => {
    async function ended(id: string, caller: Caller): Promise<TaskSnapshot | undefined> {
      const events = parts().engine.events({ cursors: { [id]: null } }, { caller });
      for await (const event of events) if (isTerminal(event.type)) break;
      return parts().engine.get(id, caller);
    }
    const start = async (name: string, params: Record<string, unknown>, caller: Caller = ann) =>
      (await parts().engine.enqueue({ name, params }, caller)).task.id;
    const run = async (name: string, params: Record<string, unknown>, caller: Caller = ann) =>
      ended(await start(name, params, caller), caller);
    const build = async () => (await run('write', { end: 'return' }))?.id ?? '';
    const undo = (task: string, caller: Caller = ann, more: object = {}) =>
      run('undo_task', { task, ...more }, caller);
    const poles = async () => {
      const { features } = await parts().store.features({ design: DESIGN, tables: ['pole'], limit: 100 });
      return features.map((feature) => JSON.stringify(feature));
    };
    const codeOf = (call: Promise<unknown>) =>
      call.then(
        () => 'no refusal',
        ({ error }) => error.code,
      );

    test('is seen before, takes back what was built, and is undone itself: the same records, with the same ids', async () => {
      const before = await poles();
      const id = await build();
      const after = await poles();
      const { engine } = parts();
      expect(await engine.preview({ name: 'undo_task', params: { task: id } }, ann)).toMatchObject({
        counts: [{ kind: 'pole', change: 'remove', count: 1 }],
        features: [{ id: expect.stringMatching(/^pole\//), properties: { change: 'remove' } }],
      });
      expect(await poles()).toEqual(after);
      const undone = await undo(id);
      expect(undone).toMatchObject({
        status: 'succeeded',
        tags: [`undo:${id}`],
        result: { task: id, designs: [DESIGN], removed: 1, restored: 0, changed: 0, kept: [], keptTotal: 0 },
      });
      expect(await poles()).toEqual(before);
      expect((await engine.list({ tag: `undo:${id}` }, ann)).tasks.map((task) => task.id)).toEqual([
        undone?.id,
      ]);
      expect(await codeOf(start('undo_task', { task: id }))).toBe('already-undone');
      expect(await undo(undone?.id ?? '')).toMatchObject({ result: { removed: 0, restored: 1 } });
      expect(await poles()).toEqual(after);
      // What is there again can be undone again.
      expect(await undo(id)).toMatchObject({ status: 'succeeded' });
      expect(await poles()).toEqual(before);
    });

    test('is refused where others have built on it, names the records, and leaves those alone if told to', async () => {
      const id = await build();
      const { engine, store } = parts();
      const { features } = await store.features({ design: DESIGN, tables: ['pole'], limit: 100 });
      const built = features.find(({ properties }) => properties.name === 'NEW');
      await store.edit(async (network) => {
        const closures = (await network.view(DESIGN)).table('splice_closure');
        await closures.insert({ properties: { housing: built?.id } });
      });
      const refusal = {
        code: 'undo-conflict',
        details: { count: 1, records: [{ record: 'splice_closure/1', reason: 'refers', to: built?.id }] },
      };
      const preview = await engine.preview({ name: 'undo_task', params: { task: id } }, ann);
      expect(preview.refusal).toMatchObject({ code: 'undo-conflict', details: { count: 1 } });
      await expect(start('undo_task', { task: id })).rejects.toMatchObject({
        error: { ...refusal, details: { count: 1 } },
      });
      expect(await codeOf(start('undo_task', { task: id, others: 'keep' }))).toBe('undo-nothing');
      expect(
        (await store.features({ design: DESIGN, limit: 100 })).features.map((feature) => feature.id),
      ).toContain(built?.id);
    });

    test('is for those who may see the task, and for nobody else', async () => {
      const id = await build();
      expect(await codeOf(start('undo_task', { task: id }, bob))).toBe('task-not-found');
      expect(await codeOf(start('undo_task', { task: 'none' }))).toBe('task-not-found');
      const seen = await parts().engine.preview({ name: 'undo_task', params: { task: id } }, bob);
      expect(seen.refusal).toMatchObject({ code: 'task-not-found' });
      expect(await undo(id, admin)).toMatchObject({ status: 'succeeded', owner: 'root' });
      const secret = await run('secret_task', {}, { ...ann, permissions: ['plan'] });
      expect(await codeOf(start('undo_task', { task: secret?.id }))).toBe('forbidden');
    });

    test('needs a task that has stored something, and a design that is still there', async () => {
      const failed = await run('write', { end: 'throw' });
      expect(await codeOf(start('undo_task', { task: failed?.id }))).toBe('not-undoable');
      const counted = await run('count', { to: 1 });
      expect(await codeOf(start('undo_task', { task: counted?.id }))).toBe('undo-not-kept');
      expect(await codeOf(start('undo_task', { task: 7 }))).toBe('invalid-params');
      const id = await build();
      await parts().store.dropDesign('Test');
      expect(await codeOf(start('undo_task', { task: id }))).toBe('undo-not-kept');
    });

    test('waits for the end of the task, and takes nothing back that a cancelled one never stored', async () => {
      const before = await poles();
      const id = await start('write', { end: 'wait' });
      const { engine } = parts();
      await expect.poll(async () => (await engine.get(id, ann))?.progress.percent).toBe(50);
      await expect(start('undo_task', { task: id })).rejects.toMatchObject({
        error: { code: 'not-undoable', details: { status: 'running' } },
      });
      await engine.cancel(id, ann);
      expect(await ended(id, ann)).toMatchObject({ status: 'cancelled' });
      await expect(start('undo_task', { task: id })).rejects.toMatchObject({
        error: { code: 'not-undoable', details: { status: 'cancelled' } },
      });
      expect(await poles()).toEqual(before);
    });

    test('goes back and forth as often as somebody likes, and names all that stands in the way, however much it is', async () => {
      const before = await poles();
      const id = await build();
      const after = await poles();
      let last = id;
      for (const state of [before, after, before, after]) {
        last = (await undo(last))?.id ?? '';
        expect(await poles()).toEqual(state);
      }
      const { store } = parts();
      const { features } = await store.features({ design: DESIGN, tables: ['pole'], limit: 100 });
      const built = features.find(({ properties }) => properties.name === 'NEW');
      const closures: number[] = [];
      for (let run = 0; run < 20; run += 1) {
        await store.edit(async (network) => {
          const table = (await network.view(DESIGN)).table('splice_closure');
          const { id: made } = await table.insert({ properties: { housing: built?.id } });
          closures[run] = made;
        });
      }
      const refused = await start('undo_task', { task: last }).catch(({ error }) => error);
      expect(refused).toMatchObject({ code: 'undo-conflict', details: { count: 20 } });
      expect(refused.details.records).toEqual(
        closures.map((made) => ({ record: `splice_closure/${made}`, reason: 'refers', to: built?.id })),
      );
      await store.edit(async (network) => {
        const table = (await network.view(DESIGN)).table('splice_closure');
        for (const made of closures) await table.delete(made);
      });
      // An edit, as an import makes it, is nobody's task.
      await store.edit(async (network) => {
        const table = (await network.view(DESIGN)).table('pole');
        await table.update(Number(built?.id.split('/')[1]), { properties: { height_m: 9 } });
      });
      await expect(start('undo_task', { task: last })).rejects.toMatchObject({
        error: { details: { records: [{ record: built?.id, reason: 'changed', task: null }] } },
      });
    });

    test('that is asked for twice at once happens once', async () => {
      const before = await poles();
      const id = await build();
      const both = await Promise.all(
        [1, 2].map(() => undo(id).catch(({ error }) => ({ status: error.code, error }))),
      );
      const codes = both.map((task) => (task?.status === 'failed' ? task.error?.code : task?.status)).sort();
      expect(codes[1]).toBe('succeeded');
      expect(codes[0]).toMatch(/^(already-undone|design-conflict)$/);
      expect(await poles()).toEqual(before);
    });
  });
}
