import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { SERVER_SENT_EVENTS } from '../../../backend/http/EventFormat.ts';
import { eventStreamResponse } from '../../../backend/http/eventStreamResponse.ts';
import { startServer } from '../../../server/src/http/nodeServer.ts';
import { builtInTown, readTown } from '../../../server/src/readTown.ts';
import { logEvent, playedEvents } from '../../support/playedEvents.ts';

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

  test('rejects where the port is taken', async () => {
    const fetch = () => new Response();
    const server = await startServer({ port: 0, fetch });
    const port = Number(new URL(server.url).port);
    await expect(startServer({ port, fetch })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });
});

describe('readTown', () => {
  test('puts one design around the addresses, with a pole to start from', async () => {
    const { addresses, poles, streets } = builtInTown();
    const folder = await mkdtemp(join(tmpdir(), 'town-'));
    for (const [name, layer] of Object.entries({ addresses, poles, streets })) {
      await writeFile(join(folder, `${name}.geojson`), JSON.stringify(layer));
    }
    const town = await readTown(folder);
    expect(town.addresses.features).toHaveLength(24);
    expect(town.designs.map(({ name }) => name)).toEqual(['FTTH']);
    expect(town.designPoles?.features[0]?.properties).toMatchObject({ design: 'FTTH' });
    await rm(folder, { recursive: true });
  });

  test('rejects a folder that lacks a file, naming it', async () => {
    await expect(readTown(join(tmpdir(), 'no-town-here'))).rejects.toThrow('addresses.geojson');
  });
});
