// The command lines of the concurrent service template's steps 5 and 6, with curl, against `lrt-server serve` and a service.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serveService } from '../../../../server/src/service/index.ts';
import { longRunning } from '../../../../server/src/service/methods.ts';
import { Commands } from '../../../support/server/lrtServer.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** As the template has them. */
const SUBMIT = `curl -X POST http://localhost:8000/workflows \\
  -H "Content-Type: application/json" \\
  -d '{
    "blueprint": {
      "name": "My Pipeline",
      "pipeline_id": "my-pipeline",
      "creation_date": "2025-01-01",
      "type": "pipeline-topology/v2",
      "version": "2.0",
      "nodes": [{
        "container_name": "my-service",
        "proto_uri": "service.proto",
        "image": "my-service:latest",
        "node_type": "MLModel",
        "operation_signature_list": [{
          "operation_signature": {
            "operation_name": "LongProcess",
            "input_message_name": "Input",
            "output_message_name": "Output"
          },
          "connected_to": []
        }]
      }]
    },
    "dockerinfo": {
      "docker_info_list": [{
        "container_name": "my-service",
        "ip_address": "localhost",
        "port": "8080"
      }]
    }
  }'`;
const STATUS = 'curl http://localhost:8000/workflows/<workflow_id>';
const TASKS = 'curl http://localhost:8000/workflows/<workflow_id>/tasks';

const commands = new Commands();
const asked: { method: string; inputs: unknown }[] = [];
let folder: string;
let service: Awaited<ReturnType<typeof serveService>>;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-workflows-'));
  service = await serveService({
    port: 0,
    methods: {
      LongProcess: longRunning(async ({ method, inputs, taskId }, { updateProgress }) => {
        asked.push({ method, inputs });
        updateProgress(50);
        return { protocol: 's3', uri: `s3://bucket/${taskId}.json`, format: 'json' };
      }),
    },
  });
  const server = commands.start(['serve', '--insecure', '--port', '0'], { cwd: folder });
  await server.says(/^http:\S+\/tasks\s/m);
  [, url = ''] = /^(http:\/\/\S+)\/tasks\s/m.exec(server.printed()) ?? [];
});
afterAll(async () => {
  await commands.endAll();
  await service.close();
  await rm(folder, { recursive: true });
});

/** Runs a command line of the template at the addresses of this test. */
async function run(line: string, workflowId = '') {
  const port = new URL(service.url).port;
  const here = line
    .replace('http://localhost:8000', url)
    .replace('"8080"', `"${port}"`)
    .replace('<workflow_id>', workflowId);
  return JSON.parse((await promisify(execFile)('sh', ['-c', here])).stdout);
}

test('a workflow is submitted, monitored and looked into as the template says', async () => {
  const started = await run(SUBMIT);
  expect(started).toEqual({ workflow_id: expect.any(String), status: 'running' });
  const id = started.workflow_id;
  await expect.poll(async () => (await run(STATUS, id)).status, { timeout: 30_000 }).toBe('completed');
  const { tasks, workflow_id } = await run(TASKS, id);
  expect(workflow_id).toBe(id);
  expect(tasks).toMatchObject([
    {
      node_key: 'my-service:LongProcess',
      status: 'completed',
      error: null,
      output_refs: [{ protocol: 's3', uri: `s3://bucket/${tasks[0].lrt_task_id}.json`, format: 'json' }],
    },
  ]);
  expect(asked).toEqual([{ method: 'LongProcess', inputs: [] }]);
});

test('a workflow whose service is at an address that is not allowed is refused, with the node and the fix', async () => {
  const { detail } = await run(SUBMIT.replace('"localhost"', '"10.0.0.1"'));
  expect(detail).toMatch(/Node "my-service:LongProcess": .*10\.0\.0\.1.*--allow-host/);
});
