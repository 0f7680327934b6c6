import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import type { TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { type DesignFacts, isTerminal } from '../../src/contract/index.ts';
import { definitions, smallTown } from '../support/tasks/definitions.ts';
import type { EngineSetup } from './taskEngine.contract.ts';
import { WatchingClient } from './watch.contract.ts';

const ann = { owner: 'ann' };
const admin = { owner: 'root', admin: true };
const geometry = smallTown.designs[0]?.geometry ?? { type: 'Polygon' as const, coordinates: [] };

/** One design more than the small town, so that a change of one can be told from a change of the other. */
const town: TownData = { ...smallTown, designs: [...smallTown.designs, { name: 'Other', geometry }] };

/** A task that works on a design, and writes to it or not. */
export const plan = defineTask({
  name: 'plan',
  params: z.strictObject({ design: z.string(), writes: z.boolean() }),
  async execute({ design, writes }, { network }) {
    const poles = (await network.view(design)).table('pole');
    if (writes) await poles.insert({ properties: { name: 'planned' } });
    return { poles: await poles.count() };
  },
});

/** What tasks of every engine say of their design. `createEngine` is called anew for each test. */
export function declareDesignsContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{ engine: TaskEngine; store: NetworkStore }>,
): void {
  describe(`${name}: designs that change`, () => {
    let engine: TaskEngine;
    let store: NetworkStore;
    beforeEach(async () => {
      ({ engine, store } = await createEngine({ definitions: [...definitions, plan], town }));
    });
    afterEach(() => engine.close());

    const run = async (params: { design: string; writes: boolean }) => {
      const { task } = await engine.enqueue({ name: 'plan', params }, ann);
      for await (const event of engine.events({ cursors: { [task.id]: null } }, { caller: ann })) {
        if (isTerminal(event.type)) expect(event.type).toBe('succeeded');
      }
      return task.id;
    };
    const factsOf = ({ designChangedAt, designDeletedAt, designPostedAt }: DesignFacts) => [
      ...(designChangedAt ? ['changed'] : []),
      ...(designDeletedAt ? ['deleted'] : []),
      ...(designPostedAt ? ['posted'] : []),
    ];
    const facts = async (id: string) => factsOf((await engine.get(id, ann)) ?? {});
    const edit = (urn: string) =>
      store.edit(async (network) => {
        await (await network.view(urn)).table('pole').insert({ properties: { name: 'by hand' } });
      });

    test('the commit of another task changes it; the own commit, a task that only reads, and other designs do not', async () => {
      const first = await run({ design: 'design/Test', writes: true });
      const other = await run({ design: 'design/Other', writes: true });
      expect(await facts(first)).toEqual([]);
      const reader = await run({ design: 'design/Test', writes: false });
      expect(await facts(first)).toEqual([]);
      const last = await run({ design: 'design/Test', writes: true });
      expect([await facts(first), await facts(reader), await facts(last), await facts(other)]).toEqual([
        ['changed'],
        ['changed'],
        [],
        [],
      ]);
      const { tasks } = await engine.list({ design: 'design/Test' }, ann);
      expect(tasks.map(factsOf)).toEqual([[], ['changed'], ['changed']]);
      const { designChangedAt, finishedAt } = (await engine.get(first, ann)) ?? {};
      expect(Date.parse(designChangedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(finishedAt ?? ''));
    });

    test('an edit changes it, whoever posts or drops it says so, and a watch brings all of that', async () => {
      const [ofTest, ofOther] = [
        await run({ design: 'design/Test', writes: true }),
        await run({ design: 'design/Other', writes: true }),
      ];
      const page = await engine.list({}, ann);
      const watch = engine.watch({ filter: {}, after: page.watchCursor ?? '' }, { caller: ann });
      const client = new WatchingClient(watch, page.tasks);
      const shown = (id: string) => factsOf(client.tasks.get(id) ?? {}).join();
      await client.until(() => client.cursor !== undefined);
      await edit('design/Test');
      await client.until(() => shown(ofTest) === 'changed');
      await store.postDesign('Test');
      await store.dropDesign('Other');
      await client.until(() => shown(ofTest) === 'changed,posted' && shown(ofOther) === 'deleted');
      await client.close();
      // A design that is made again is another one. It does not give the old one back.
      await store.createDesign({ name: 'Other', geometry });
      expect(await facts(ofOther)).toEqual(['deleted']);
      const later = await run({ design: 'design/Other', writes: true });
      expect(await facts(later)).toEqual([]);
    }, 30_000);

    test('an application says what the store does not know, also of a task that waits; only an admin may', async () => {
      const gate = `${name} designs`;
      const { task } = await engine.enqueue(
        { name: 'plan', params: { design: 'design/Test', writes: true } },
        ann,
      );
      for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: ann }));
      const holders = [0, 1].map(() => engine.enqueue({ name: 'wait', params: { gate } }, ann));
      const held = await Promise.all(holders);
      const waiting = (
        await engine.enqueue({ name: 'plan', params: { design: 'design/Other', writes: true } }, ann)
      ).task.id;
      await expect(
        engine.noteDesign({ design: 'design/Test', change: 'changed' }, ann),
      ).rejects.toMatchObject({
        error: { code: 'forbidden' },
      });
      expect(await facts(task.id)).toEqual([]);
      await engine.noteDesign({ design: 'design/Test', change: 'changed' }, admin);
      await engine.noteDesign({ design: 'design/Other', change: 'changed' }, admin);
      await engine.noteDesign({ design: 'design/Other', change: 'deleted' }, admin);
      expect([await facts(task.id), await facts(waiting)]).toEqual([['changed'], ['deleted']]);
      await Promise.all(held.map(({ task: { id } }) => engine.cancel(id, ann)));
    });
  });
}
