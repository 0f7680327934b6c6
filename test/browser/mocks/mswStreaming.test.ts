import { expect, test, vi } from 'vitest';
import { createMockBackend, type EventReader, generateTown, type MockBackend } from '../../../mocks/index.ts';
import { CALLER, enqueue } from './enqueue.ts';
import { startWorker } from './startWorker.ts';

const town = generateTown({ addresses: 400 });

/** The event streams that the backend serves: how many were opened, how many of them are over. */
function watchStreams(backend: MockBackend) {
  const readers: EventReader[] = [];
  const events = backend.engine.events.bind(backend.engine);
  vi.spyOn(backend.engine, 'events').mockImplementation((filter, options) => {
    const reader = events(filter, options);
    readers.push(reader);
    return reader;
  });
  return {
    opened: () => readers.length,
    open: () => readers.filter(({ over }) => !over).length,
  };
}

test('a running task streams its progress live through the service worker', async () => {
  const backend = await createMockBackend({ town, runSeconds: 1 });
  const baseUrl = await startWorker(backend);
  const { id } = await enqueue(backend, 200);
  const response = await fetch(`${baseUrl}/tasks/${id}/events`);
  expect(response.headers.get('Content-Type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (found: () => boolean) => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      text += part.value;
      if (found()) break;
    }
  };
  await readUntil(() => text.includes('event: progress'));
  expect(await backend.engine.get(id, CALLER)).toMatchObject({ status: 'running' });

  await readUntil(() => false);
  expect(text.match(/event: progress/g)?.length).toBeGreaterThan(3);
  expect(text.match(/event: succeeded/g)).toHaveLength(1);
});

test('the backend notices that a client has left', async () => {
  const backend = await createMockBackend({ town, runSeconds: 60 });
  const streams = watchStreams(backend);
  const baseUrl = await startWorker(backend);
  const { id } = await enqueue(backend, 200);
  const leave = new AbortController();
  const first = await fetch(`${baseUrl}/tasks/${id}/events`, { signal: leave.signal });
  const second = await fetch(`${baseUrl}/tasks/${id}/events`);
  const [readerOfFirst, readerOfSecond] = [first.body?.getReader(), second.body?.getReader()];
  await readerOfFirst?.read();
  await readerOfSecond?.read();
  expect(streams.open()).toBe(2);

  await readerOfSecond?.cancel();
  await expect.poll(streams.open).toBe(1);
  leave.abort();
  await readerOfFirst?.cancel().catch(() => undefined);
  await expect.poll(streams.open).toBe(0);
});

test('what the backend refuses arrives as problem+json', async () => {
  const backend = await createMockBackend({ town });
  const baseUrl = await startWorker(backend);
  const response = await fetch(`${baseUrl}/tasks/none`);
  expect(response.status).toBe(404);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ type: 'urn:problem-type:lrt:task-not-found' });
});
