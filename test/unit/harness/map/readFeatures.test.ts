import { expect, onTestFinished, test } from 'vitest';
import { readFeatures } from '../../../../harness/map/readFeatures.ts';
import { startServer } from '../../../../server/src/http/nodeServer.ts';
import { createTestBackend } from '../../../support/http/startBackend.ts';

test('the map gets all pages of what is stored, each feature once', async () => {
  const { fetch: answer, store } = createTestBackend();
  const requests: string[] = [];
  const server = await startServer({
    fetch(request) {
      requests.push(request.url);
      return answer(request);
    },
    port: 0,
  });
  onTestFinished(() => server.close());
  const stored = (await store.features({ limit: 50_000 })).features.map(({ id }) => id);
  const read = await readFeatures(fetch, `${server.url}/features?limit=2`);
  expect(read.map(({ id }) => id).sort()).toEqual(stored.sort());
  expect(requests.length).toBeGreaterThan(1);
});
