import { expect, test } from 'vitest';
import { createBackend } from '../../../backend/app.ts';
import { createServerApp } from '../../../server/src/http/createServerApp.ts';
import { startServer } from '../../../server/src/http/nodeServer.ts';
import { fuzzBackend } from '../../support/http/fuzzBackend.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

test('whatever is asked over HTTP, Redis and PostgreSQL do not make it a 500, nor a hang', {
  timeout: 300_000,
}, async () => {
  const { engine, store } = await openDistributed({ definitions, town: smallTown });
  const errors: unknown[] = [];
  const many = 100_000;
  const app = createServerApp({
    backend: createBackend({ engine, store, schedules: { schedules: () => [] } }),
    authenticate: () => ({ owner: 'test' }),
    limits: { requestsPerSecond: many, streamsPerOwner: many },
    cors: { origins: [] },
    ready: async () => ({}),
    logger: { info() {}, warn() {}, error: (fields) => errors.push(fields) },
  });
  const { url, close } = await startServer({ fetch: app.fetch, port: 0 });
  const statuses = await fuzzBackend(fetch, { baseUrl: url, seed: 2 });
  expect(errors).toEqual([]);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 404, 405, 409, 415]));
  app.drain();
  await engine.close();
  await close();
  await app.close();
});
