import { expect, test } from 'vitest';
import {
  combine,
  createMockBackend,
  duplicates,
  generateTown,
  htmlInsteadOfStream,
  lostCursor,
  streamCut,
} from '../../../mocks/index.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import { countTask } from '../../support/tasks/countTask.ts';
import { followTask } from '../../support/tasks/followTask.ts';
import { startWorker } from './startWorker.ts';

const town = generateTown({ addresses: 20 });

test.each([
  ['no scenario', null, false],
  ['a reset connection', streamCut({ everyMs: 200, how: 'reset' }), true],
  ['a cleanly ended stream', streamCut({ everyMs: 200, how: 'eof' }), true],
  ['a lost cursor', combine('both', streamCut({ everyMs: 200, how: 'eof' }), lostCursor()), true],
  ['duplicates', duplicates(), false],
])(
  'with %s the client sees the task to its end, once, through the service worker',
  async (_, scenario, isCut) => {
    const backend = await createMockBackend({ town, tasks: [countTask], runSeconds: 0.8, scenario });
    const client = createTaskClient({ baseUrl: await startWorker(backend) });
    const { id } = await client.enqueueTask('count', { steps: 200 });
    const seen = followTask(client, id);
    await seen.ended;
    expect(seen).toMatchObject({ endings: ['success', 'end'], result: { counted: 200 }, drawnTwice: [] });
    expect(seen.connections.includes('reconnecting')).toBe(isCut);
  },
);

test('a web page in place of the stream is told as that', async () => {
  const backend = await createMockBackend({ town, tasks: [countTask], scenario: htmlInsteadOfStream() });
  const client = createTaskClient({ baseUrl: await startWorker(backend) });
  const { id } = await client.enqueueTask('count', { steps: 2 });
  const seen = followTask(client, id);
  await seen.ended;
  expect(seen.error).toMatchObject({
    code: 'invalid-response',
    message: expect.stringContaining('text/html'),
  });
});
