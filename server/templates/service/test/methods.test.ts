import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createService } from 'lrt-server/service';
import { methods } from '../methods.ts';

const service = createService({ methods });
after(() => service.close());

async function call(path: string, body?: object) {
  const init = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  const response = await service.fetch(new Request(`http://service/control/${path}`, body && init));
  return response.json();
}

/** Runs a method to its end, as an orchestrator does. */
async function run(method: string, parameters: object) {
  const task_id = `${method}-test`;
  let state = await call('execute', { method, workflow_id: 'test', task_id, inputs: [], parameters });
  while (state.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    state = await call(`status/${task_id}`);
  }
  assert.equal(state.status, 'complete', state.error);
  return (await call(`output/${task_id}`)).output;
}

const inline = (uri: string) => JSON.parse(Buffer.from(uri, 'base64').toString());

test('QuickTask says hello', async () => {
  assert.deepEqual(inline((await run('QuickTask', { name: 'Mara' })).uri), { hello: 'Mara' });
});

test('LongProcess ends with a reference to its data', async () => {
  assert.deepEqual(await run('LongProcess', { steps: 2 }), {
    protocol: 's3',
    uri: 's3://bucket/LongProcess-test.json',
    format: 'json',
  });
});

test('Simulate counts primes in a thread', async () => {
  assert.deepEqual(inline((await run('Simulate', { below: 100 })).uri), { primes: 25 });
});
