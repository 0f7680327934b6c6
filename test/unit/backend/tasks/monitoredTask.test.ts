import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from '@typescript/typescript6';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import * as zod from 'zod';
import { reflexTaskOf } from '../../../../backend/protocols/reflex/reflexTask.ts';
import type { ResultOf } from '../../../../backend/tasks/defineTask.ts';
import { monitoredTask, monitoredTasksOf } from '../../../../backend/tasks/monitoredTask.ts';
import { createMockBackend, type MockBackend } from '../../../../mocks/createMockBackend.ts';
import * as mocks from '../../../../mocks/index.ts';
import { createReflexClient, createTaskClient, type TaskSnapshot } from '../../../../src/client/index.ts';
import type * as monitoredMethod from '../../../docs/monitoredMethod.ts';
import { processData } from '../../../docs/monitoredTask.ts';

let mock: MockBackend | undefined;
afterEach(() => mock?.close());

/** Runs a task of these to its end, and gives each status that a Reflex client would see. */
async function run(tasks: mocks.TaskDefinition[], name: string, params: object) {
  mock = await createMockBackend({ tasks });
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const { id } = await client.enqueueTask(name, params);
  const seen: TaskSnapshot[] = [];
  await new Promise<void>((resolve) => {
    client.streamTaskProgress(id, { onSnapshot: (task) => void seen.push(task), onEnd: resolve });
  });
  return { id, client, task: await client.getTask(id), seen };
}

describe('as a function', () => {
  test('the id, STARTING, FINISHED and the result come by themselves', async () => {
    const { id, task } = await run([processData], 'process_data', { batches: 3 });
    expect(task).toMatchObject({ id, status: 'succeeded', result: { batches: 3 } });
    expect(reflexTaskOf(task)).toMatchObject({ status: 'FINISHED', progress: 100 });
  });

  test('what it throws is ERROR and the reason', async () => {
    const failing = monitoredTask({ name: 'failing', params: z.strictObject({}) }, async () => {
      throw new Error('no pole');
    });
    const { task } = await run([failing], 'failing', {});
    expect(task.status).toBe('failed');
    expect(reflexTaskOf(task).status).toMatch(/^ERROR: .*no pole/);
  });

  test('update: either field, a state word that says nothing new, and the signal of a cancellation', async () => {
    let reach = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const waiting = monitoredTask({ name: 'waiting', params: z.strictObject({}) }, async (_, task) => {
      await task.update({ status: 'Counting' });
      await task.update({ progress: 40 });
      reach();
      await new Promise((_, reject) => {
        task.signal.addEventListener('abort', () => reject(task.signal.reason));
      });
    });
    mock = await createMockBackend({ tasks: [waiting] });
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
    const { id } = await client.enqueueTask('waiting', {});
    await reached;
    const reflex = createReflexClient({
      baseUrl: 'http://mock/reflex',
      clientToken: 'local',
      fetch: mock.fetch,
    });
    await expect
      .poll(() => reflex.getTask(id))
      .toMatchObject({ status: 'running', progress: { percent: 40, message: 'Counting' } });
    await client.cancelTask(id);
    await expect.poll(async () => (await client.getTask(id)).status).toBe('cancelled');
  });

  test('a wrong draft, and a wrong update, name the field', async () => {
    expect(() => monitoredTask({ name: '7', params: z.strictObject({}) }, async () => {})).toThrow(/"name"/);
    const wrong = monitoredTask({ name: 'wrong', params: z.strictObject({}) }, async (_, task) => {
      await task.update(JSON.parse('{"progress":"half"}'));
    });
    const { task } = await run([wrong], 'wrong', {});
    expect(task.error?.message).toContain('percent');
  });

  test('types infer', () => {
    expectTypeOf<ResultOf<typeof processData>>().toEqualTypeOf<{ batches: number }>();
    expectTypeOf(processData.name).toEqualTypeOf<'process_data'>();
    // @ts-expect-error: the schema has no such parameter
    monitoredTask({ name: 'x', params: z.strictObject({ a: z.number() }) }, async ({ b }) => b);
  });
});

/** Vitest leaves decorators as they are, and Node does not know them yet. So the snippet is compiled as its reader would. */
function compiledSnippet(): typeof monitoredMethod {
  const source = readFileSync(join(import.meta.dirname, '../../../docs/monitoredMethod.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const modules: Record<string, unknown> = { 'lrt-plugin/mocks': mocks, zod };
  const exported: typeof monitoredMethod = Object.create(null);
  new Function('require', 'exports', outputText)((name: string) => modules[name], exported);
  return exported;
}
const { Batches } = compiledSnippet();
const { z } = zod;

describe('as a standard decorator', () => {
  test('a method is the work of a task, with its object', async () => {
    const tasks = monitoredTasksOf(new Batches('North'));
    expect(tasks.map(({ name }) => name)).toEqual(['process_batches']);
    const { task } = await run(tasks, 'process_batches', { batches: 2 });
    expect(task).toMatchObject({ status: 'succeeded', result: { place: 'North' } });
  });

  test('each object has tasks of its own, and one without the decorator has none', () => {
    const north = monitoredTasksOf(new Batches('North'));
    expect(monitoredTasksOf(new Batches('South'))[0]).not.toBe(north[0]);
    expect(monitoredTasksOf({})).toEqual([]);
  });
});
