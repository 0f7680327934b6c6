/**
 * Symptoms from the public bug reports of job queues and of types for what travels as JSON, tried on typed tasks and on
 * waitFor. docs/tried.md lists them.
 */
import { getEventListeners } from 'node:events';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { JsonOf, TasksOf } from '../../mocks/index.ts';
import { createMockBackend, defineTask, generateTown } from '../../mocks/index.ts';
import { createTaskClient } from '../../src/client/index.ts';

const town = generateTown({ addresses: 40 });

const dig = defineTask({ name: 'dig', params: z.strictObject({}), execute: async () => ({ dug: 2 }) });
const waits = defineTask({
  name: 'waits',
  params: z.strictObject({}),
  execute: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
});
const nothing = defineTask({ name: 'nothing', params: z.strictObject({}), execute: async () => {} });
const survey = defineTask({
  name: 'survey',
  params: z.strictObject({ since: z.coerce.date() }),
  execute: async ({ since }) => ({ since, poles: [{ seen: since, name: 'P-1' }], note: undefined }),
});

async function openClient() {
  const backend = await createMockBackend({ town, tasks: [dig, waits, nothing, survey] });
  onTestFinished(() => backend.close());
  const client = createTaskClient<TasksOf<[typeof dig, typeof waits, typeof nothing, typeof survey]>>({
    baseUrl: 'http://mock',
    fetch: backend.fetch,
  });
  return { backend, client };
}

describe('waiting for a task', () => {
  it('OptimalBits/bull#1906, graphile/worker#560: one that ended before anybody waited', async () => {
    const { client } = await openClient();
    const { id } = await client.enqueueTask('dig', {});
    await expect.poll(async () => (await client.getTask(id)).status).toBe('succeeded');
    expect(await client.waitFor(id)).toEqual({ dug: 2 });
    expect(await Promise.all([client.waitFor(id), client.waitFor(id)])).toEqual([{ dug: 2 }, { dug: 2 }]);
  });

  it('taskforcesh/bullmq#2341: one that is not there, or was removed while somebody waited', async () => {
    const { client: before, backend } = await openClient();
    await expect(before.waitFor('never')).rejects.toMatchObject({ code: 'task-not-found' });
    const { backend: without } = await openClient();
    let connections = 0;
    // The first connection is lost, and behind the next one nobody knows the task any more.
    const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
      if (++connections > 1) return without.fetch(new Request(input, init));
      const { body, headers } = await backend.fetch(new Request(input, init));
      const reader = body?.getReader();
      return new Response(
        new ReadableStream({
          async pull(controller) {
            const read = await reader?.read();
            if (read?.value) controller.enqueue(read.value);
            await reader?.cancel();
            controller.close();
          },
        }),
        { headers },
      );
    };
    const { id } = await before.enqueueTask('waits', {});
    const client = createTaskClient({ baseUrl: 'http://mock', fetch });
    await expect(client.waitFor(id)).rejects.toMatchObject({ code: 'task-not-found' });
    expect(connections).toBeGreaterThan(1);
  });

  it('alrra/travis-after-all#20, hapifhir/hapi-fhir#7576: one that is cancelled', async () => {
    const { client } = await openClient();
    const { id } = await client.enqueueTask('waits', {});
    const waiting = client.waitFor(id);
    await client.cancelTask(id);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.waitFor(id)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('sindresorhus/p-retry#71, deeplay-io/abort-controller-x#11: many, with one signal that lives on', async () => {
    const { client } = await openClient();
    const { signal } = new AbortController();
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => warnings.push(name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    for (let i = 0; i < 15; i++) {
      const { id } = await client.enqueueTask('dig', {}, { signal });
      await client.waitFor(id, { signal });
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('sindresorhus/got#2388, automerge/automerge-repo#704: the reason of the signal is the reason of the rejection', async () => {
    const { client } = await openClient();
    const { id } = await client.enqueueTask('waits', {});
    await expect(client.waitFor(id, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    const reason = new Error('the page was left');
    const left = new AbortController();
    const waiting = client.waitFor(id, { signal: left.signal });
    left.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    // The task runs on.
    expect((await client.getTask(id)).status).toBe('running');
  });

  it('one without a result, which is null for the compiler too', async () => {
    const { client } = await openClient();
    const { id } = await client.enqueueTask('nothing', {});
    const result = await client.waitFor(id);
    expectTypeOf(result).toEqualTypeOf<null>();
    expect(result).toBeNull();
  });
});

describe('the types of what travels', () => {
  it('triggerdotdev/trigger.dev#280, windmill-labs/windmill#10367: a date in a result is a text, for the compiler as in the page', async () => {
    const { client } = await openClient();
    const { id } = await client.enqueueTask('survey', { since: '2026-01-02' });
    const result = await client.waitFor(id);
    expectTypeOf(result.since).toEqualTypeOf<string>();
    expectTypeOf(result.poles).toEqualTypeOf<{ seen: string; name: string }[]>();
    expect(result).toEqual({
      since: '2026-01-02T00:00:00.000Z',
      poles: [{ seen: '2026-01-02T00:00:00.000Z', name: 'P-1' }],
    });
  });

  it('triggerdotdev/trigger.dev#280: what nobody knows stays unknown, and what JSON lacks is left out', () => {
    interface Pole {
      readonly id: number;
      name?: string;
      kinds: readonly ['wood' | 'steel', Date];
      describe(): string;
    }
    expectTypeOf<JsonOf<unknown>>().toEqualTypeOf<unknown>();
    expectTypeOf<JsonOf<undefined>>().toEqualTypeOf<undefined>();
    expectTypeOf<JsonOf<Pole>>().toEqualTypeOf<{
      readonly id: number;
      name?: string;
      kinds: readonly ['wood' | 'steel', string];
    }>();
    expectTypeOf<JsonOf<(string | undefined)[]>>().toEqualTypeOf<(string | null)[]>();
    expectTypeOf<JsonOf<{ a: 1 } | null>>().toEqualTypeOf<{ a: 1 } | null>();
    expectTypeOf<JsonOf<{ url: URL; extra: Record<string, Date> }>>().toEqualTypeOf<{
      url: string;
      extra: Record<string, string>;
    }>();
  });

  it('sindresorhus/type-fest#778, #815: params that are an interface of one’s own are taken', async () => {
    interface Trench {
      depth: { metres: number };
    }
    const trench: Trench = { depth: { metres: 2 } };
    const { client } = await openClient();
    const untyped = createTaskClient({ baseUrl: 'http://mock', fetch: async () => Response.error() });
    expectTypeOf(untyped.enqueueTask).toBeCallableWith('dig', trench);
    // And a typed client knows what the task takes: text, where the schema makes a date of it.
    expectTypeOf(client.enqueueTask<'survey'>).toBeCallableWith('survey', { since: '2026-01-02' });
  });
});
