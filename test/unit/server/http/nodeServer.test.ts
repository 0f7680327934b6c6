import { describe, expect, test, vi } from 'vitest';
import { SERVER_SENT_EVENTS } from '../../../../backend/http/EventFormat.ts';
import { eventStreamResponse } from '../../../../backend/http/eventStreamResponse.ts';
import { startServer } from '../../../../server/src/http/nodeServer.ts';
import { say } from '../../../support/server/rawHttp.ts';
import { logEvent, playedEvents } from '../../../support/tasks/playedEvents.ts';

describe('startServer', () => {
  test('serves on loopback, and close() cuts streams that would never end', async () => {
    const server = await startServer({
      port: 0,
      fetch: () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(1)) })),
    });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const reader = (await fetch(server.url)).body?.getReader();
    await reader?.read();
    const next = reader?.read();
    await Promise.all([server.close(), expect(next).rejects.toThrow()]);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  test('ends the events of a client that goes away', async () => {
    const played = playedEvents(logEvent(1));
    const server = await startServer({
      port: 0,
      fetch: (request) => eventStreamResponse(request, played.events, { format: SERVER_SENT_EVENTS }),
    });
    const client = new AbortController();
    await (await fetch(server.url, { signal: client.signal })).body?.getReader().read();
    expect(played.isClosed).toBe(false);
    client.abort();
    await vi.waitFor(() => expect(played.isClosed).toBe(true));
    await server.close();
  });

  test.each([
    ['/tasks?limit=1', '/gis/lrt/tasks?limit=1'],
    ['/gis/lrt/tasks', '/gis/lrt/tasks'],
    ['/gis/lrt', '/gis/lrt'],
    ['/gis/lrt?x', '/gis/lrt?x'],
    ['/gis/lrtasks', '/gis/lrt/gis/lrtasks'],
    ['http://x.test/tasks', '/gis/lrt/tasks'],
    ['http://x.test/gis/lrt/tasks', '/gis/lrt/tasks'],
  ])('a request for %s has the path %s under a base path', async (target, path) => {
    const server = await startServer({
      port: 0,
      basePath: '/gis/lrt',
      fetch: ({ url }) => new Response(new URL(url).pathname + new URL(url).search),
    });
    const answer = await say(
      server.url,
      `GET ${target} HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain(`\r\n\r\n${path}`);
    await server.close();
  });

  test('rejects where the port is taken', async () => {
    const fetch = () => new Response();
    const server = await startServer({ port: 0, fetch });
    const port = Number(new URL(server.url).port);
    await expect(startServer({ port, fetch })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });
});
