/**
 * Symptoms from the public bug reports of databases, feature servers and batch jobs, tried on this one: what a task
 * changes in a table, and what it says of its items. docs/tried.md lists them.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { NetworkTable } from '../../backend/network/NetworkStore.ts';
import { createMockBackend, defineTask, generateTown } from '../../mocks/index.ts';
import { createTaskClient } from '../../src/client/index.ts';
import type { TaskItem } from '../../src/contract/index.ts';

const town = generateTown({ addresses: 40 });
const DESIGN = 'design/FTTH-North';

describe('what a task changes in a table', () => {
  /** Runs a function on the poles of a design, and resolves with its result. */
  async function inTask(work: (poles: NetworkTable) => Promise<unknown>) {
    const task = defineTask({
      name: 'work_on_poles',
      params: z.strictObject({}),
      execute: async (_, { network }) => work((await network.view(DESIGN)).table('pole')),
    });
    const backend = await createMockBackend({ town, tasks: [task] });
    onTestFinished(() => backend.close());
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { id } = await client.enqueueTask('work_on_poles', {});
    return new Promise((onSuccess, onFailure) => client.streamTaskProgress(id, { onSuccess, onFailure }));
  }

  async function firstPole(poles: NetworkTable) {
    const [pole] = await poles.recs();
    if (!pole) throw new Error('the town has a pole');
    return pole;
  }

  it('atviriduomenys/spinta#418: a row with a geometry is changed without naming it, and deleted', async () => {
    const result = await inTask(async (poles) => {
      const { id, geometry } = await firstPole(poles);
      const changed = await poles.update(id, { properties: { height: 9 } });
      const same = JSON.stringify(changed.geometry) === JSON.stringify(geometry);
      await poles.delete(id);
      return { same, left: (await poles.recs()).some((pole) => pole.id === id) };
    });
    expect(result).toEqual({ same: true, left: false });
  });

  it('duckdb/duckdb#11500, Urigo/accounter-fullstack#749: a property that is set to null is null, and the others stay', async () => {
    const result = await inTask(async (poles) => {
      const { id, properties } = await firstPole(poles);
      await poles.update(id, { properties: { height: 9 } });
      const changed = await poles.update(id, { properties: { height: null } });
      return { height: changed.properties.height, name: changed.properties.name === properties.name };
    });
    expect(result).toEqual({ height: null, name: true });
  });

  it('BeamLabEU/phoenix_kit#657: two changes of one row in a task lose neither', async () => {
    const result = await inTask(async (poles) => {
      const { id } = await firstPole(poles);
      await Promise.all([
        poles.update(id, { properties: { height: 9 } }),
        poles.update(id, { properties: { owner: 'city' } }),
      ]);
      return (await poles.recs()).find((pole) => pole.id === id)?.properties;
    });
    expect(result).toMatchObject({ height: 9, owner: 'city' });
  });

  it('surrealdb/surrealdb.js#179, usegraffy/graffy#129: an empty change removes nothing', async () => {
    const result = await inTask(async (poles) => {
      const before = await firstPole(poles);
      const after = await poles.update(before.id, { properties: {} });
      return JSON.stringify(after.properties) === JSON.stringify(before.properties);
    });
    expect(result).toBe(true);
  });

  it('a row that was deleted is not changed afterwards, in the same task', async () => {
    const late = inTask(async (poles) => {
      const { id } = await firstPole(poles);
      await poles.delete(id);
      await poles.update(id, { properties: { height: 9 } });
    });
    await expect(late).rejects.toMatchObject({ code: 'record-not-found' });
  });

  it('ponder-sh/ponder#2340: a record that was read is no way to change the row: it is frozen, and says so', async () => {
    const careless = inTask(async (poles) => {
      const { properties } = await firstPole(poles);
      Object.assign(properties, { height: 99 });
    });
    await expect(careless).rejects.toMatchObject({ message: expect.stringContaining('not extensible') });
  });

  it('ponder-sh/ponder#2340: a record that was read stays as it was when the row is changed', async () => {
    const result = await inTask(async (poles) => {
      const before = await firstPole(poles);
      await poles.update(before.id, { properties: { height: 9 } });
      return before.properties.height ?? 'none';
    });
    expect(result).toBe('none');
  });
});

describe('what a task says of its items', () => {
  /** Runs a task that reports these items, one call after the other, and resolves with its snapshot. */
  async function withItems(...reports: TaskItem[][]) {
    const runs: (readonly string[] | undefined)[] = [];
    const task = defineTask({
      name: 'survey',
      params: z.strictObject({}),
      async execute(_, { items, progress }) {
        runs.push(items);
        for (const report of reports) await progress({ items: report });
      },
    });
    const backend = await createMockBackend({ town, tasks: [task] });
    onTestFinished(() => backend.close());
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { id } = await client.enqueueTask('survey', {});
    await expect.poll(async () => (await client.getTask(id)).status).toBe('succeeded');
    return { client, id, runs, items: (await client.getTask(id)).items };
  }

  const failed = (id: string, message = 'A fence'): TaskItem => ({ id, code: 'no-access', message });
  const good = (id: string): TaskItem => ({ id, ok: true });

  it('aws-samples/sample-voice-of-customer-datalake#304: a failure that is reported twice counts once', async () => {
    const { items } = await withItems([failed('a'), failed('a'), good('b')], [failed('a')]);
    expect(items).toMatchObject({ ok: 1, failed: 1 });
  });

  it('developerz-ai/wurk#112: an item that failed and then succeeded in the same run is no failure', async () => {
    const { items } = await withItems([failed('a'), failed('b')], [good('a')]);
    expect(items).toMatchObject({ ok: 1, failed: 1, failures: [{ id: 'b' }] });
  });

  it('apache/airflow#67284: every failure is kept with its reason, not the first alone', async () => {
    const { items } = await withItems([failed('a', 'A fence'), failed('b', 'A dog'), failed('c', 'A river')]);
    expect(items?.failures.map(({ message }) => message)).toEqual(['A fence', 'A dog', 'A river']);
  });

  it('maximhq/bifrost#1673: a retry of what failed leaves the first summary as it was', async () => {
    const { client, id } = await withItems([failed('a'), good('b')]);
    await client.retryTask(id, { items: 'failed' });
    expect((await client.getTask(id)).items).toMatchObject({ ok: 1, failed: 1 });
  });

  it('hail-is/hail#15628: the retry is a task of its own, which is given the failed ones alone', async () => {
    const { client, id, runs } = await withItems([failed('a'), good('b'), failed('c')]);
    const again = await client.retryTask(id, { items: 'failed' });
    expect(again.id).not.toBe(id);
    await expect.poll(() => runs).toEqual([undefined, ['a', 'c']]);
  });

  it('sanity-io/sanity#13798: where every item failed, all of them can be retried', async () => {
    const { client, id, runs } = await withItems([failed('a'), failed('b')]);
    await client.retryTask(id, { items: 'failed' });
    await expect.poll(() => runs[1]).toEqual(['a', 'b']);
  });

  it('triggerdotdev/trigger.dev#3766: a retry where nothing failed is refused, and starts nothing', async () => {
    const { client, id, runs } = await withItems([good('a')]);
    await expect(client.retryTask(id, { items: 'failed' })).rejects.toMatchObject({
      code: expect.any(String),
    });
    expect(runs).toHaveLength(1);
  });
});
