import { expect, expectTypeOf, it, vi } from 'vitest';
import { z } from 'zod';
import type { customerConnectionTask } from '../../../../../backend/definitions/customerConnection.ts';
import { defineTask, type TasksOf } from '../../../../../backend/tasks/defineTask.ts';
import { createTaskClient, type SystemClient } from '../../../../../src/client/index.ts';
import { cleanUpAfterEach, snapshot, startClient } from '../../../../support/client/startClient.ts';

cleanUpAfterEach();

const send = (seq: number, type: string, rest: object) => ({
  type,
  taskId: 't1',
  seq,
  at: '2026-01-01T00:00:00.000Z',
  attempt: 1,
  ...rest,
});

it('waits through a lost connection', async () => {
  const { client, server } = await startClient([
    (connection) => {
      connection.event(1, send(1, 'snapshot', { task: snapshot() }), 'snapshot');
      connection.reset();
    },
    (connection) => connection.event(2, send(2, 'succeeded', { result: { dug: 2 } }), 'succeeded'),
  ]);
  expect(await client.waitFor('t1')).toEqual({ dug: 2 });
  expect(server.requests).toHaveLength(2);
});

it('gives up with the reason of its signal, and lets go of the connection', async () => {
  const { client, server } = await startClient([(connection) => connection.head()]);
  const caller = new AbortController();
  const waiting = client.waitFor('t1', caller);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  caller.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await vi.waitFor(() => expect(server.requests[0]?.closed).toBe(true));
});

it('asks nobody where its signal was aborted before', async () => {
  const { client, server } = await startClient([(connection) => connection.head()]);
  await expect(client.waitFor('t1', { signal: AbortSignal.abort('late') })).rejects.toBe('late');
  expect(server.requests).toEqual([]);
});

it('leaves no listener on the signal of a caller that lives on', async () => {
  const { client } = await startClient([
    (connection) => connection.event(1, send(1, 'succeeded', { result: 1 }), 'succeeded'),
  ]);
  const { signal } = new AbortController();
  const remove = vi.spyOn(signal, 'removeEventListener');
  await client.waitFor('t1', { signal });
  expect(remove).toHaveBeenCalledTimes(1);
});

const digTask = defineTask({
  name: 'dig',
  params: z.strictObject({ depthMetres: z.number(), width: z.number().default(1) }),
  execute: async ({ depthMetres, width }) => ({ dug: depthMetres * width }),
});
type Tasks = TasksOf<[typeof digTask, typeof customerConnectionTask]>;

it('the types of tasks come from their definitions', () => {
  expectTypeOf<keyof Tasks>().toEqualTypeOf<'dig' | 'customer_connection_task'>();
  expectTypeOf<Tasks['dig']['result']>().toEqualTypeOf<{ dug: number }>();
  // A parameter with a default may be left out.
  expectTypeOf<{ depthMetres: number }>().toExtend<Tasks['dig']['params']>();
  expectTypeOf<{ depth: number }>().not.toExtend<Tasks['dig']['params']>();

  const client = createTaskClient<Tasks>({ baseUrl: '/api' });
  // A host takes it as it takes any client.
  expectTypeOf(client).toExtend<SystemClient>();
  const use = async () => {
    const { id } = await client.enqueueTask('dig', { depthMetres: 2 });
    expectTypeOf(await client.waitFor(id)).toEqualTypeOf<{ dug: number }>();
    client.streamTaskProgress(id, {
      onSuccess: (result) => expectTypeOf(result).toEqualTypeOf<{ dug: number }>(),
    });
    expectTypeOf((await client.getTask(id)).result).toEqualTypeOf<{ dug: number } | undefined>();
    const again = await client.retryTask(id);
    expectTypeOf(await client.waitFor(again.id)).toEqualTypeOf<{ dug: number }>();
    // An id that comes from elsewhere says nothing of its result.
    expectTypeOf(await client.waitFor('t1')).toEqualTypeOf<unknown>();
    // @ts-expect-error: there is no such task
    await client.enqueueTask('fly', {});
    // @ts-expect-error: its parameter is called otherwise
    await client.enqueueTask('dig', { depth: 2 });
    // Without types every task may be started, with any params.
    await createTaskClient({ baseUrl: '/api' }).enqueueTask('fly', { high: true });
  };
  expect(use).toBeTypeOf('function');
});
