import { expect, test } from 'vitest';
import { createBackend } from '../../../backend/app.ts';
import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import { fuzzBackend } from '../../support/http/fuzzBackend.ts';
import { definitions, smallStore } from '../../support/tasks/definitions.ts';

test('whatever is asked, the answer is one of the document, and there is one', {
  timeout: 120_000,
}, async () => {
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  const { fetch } = createBackend({ engine, store, schedules: { schedules: () => [] } });
  const statuses = await fuzzBackend((request) => fetch(request), {
    methods: ['FOO', '__proto__'],
    // Requests of this seed meet a conflict (409).
    seed: 3,
  });
  // It was asked well enough to be worth something.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 404, 405, 409, 415]));
  await engine.close();
});
