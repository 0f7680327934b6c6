/**
 * Measures the shipped task at its largest, 100,000 addresses, in the backend that a page has (`createMockBackend`), with a
 * client that stays and one that reloads half way: memory above idle, and the longest time for which nothing else ran.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockBackend } from '../mocks/createMockBackend.ts';
import { createTaskClient } from '../src/client/index.ts';
import { gridTown } from './connections.ts';
import { main, type Row } from './row.ts';

const COUNT = 100_000;

export async function run(): Promise<Row[]> {
  const mock = await createMockBackend({ town: gridTown(COUNT, 1) });
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  let percent = 0;
  const follow = (id: string) => {
    const got = { features: 0, largest: 0 };
    return new Promise<typeof got>((resolve, reject) => {
      client.streamTaskProgress(id, {
        onFeatures(features) {
          got.features += features.length;
          got.largest = Math.max(got.largest, features.length);
        },
        onProgress: (progress) => {
          percent = progress.percent ?? 0;
        },
        onFailure: reject,
        onSuccess: () => resolve(got),
      });
    });
  };
  const idle = process.memoryUsage().rss;
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  stalls.enable();
  const began = performance.now();
  const { id } = await client.enqueueTask('customer_connection_task', {
    design: 'design/Bench1',
    pole_id: 1,
    count: COUNT,
  });
  const staying = follow(String(id));
  while (percent < 50) await delay(10);
  const [stayed, reloaded] = await Promise.all([staying, follow(String(id))]);
  const seconds = (performance.now() - began) / 1_000;
  stalls.disable();
  clearInterval(watching);
  await mock.close();
  return [
    { name: `${COUNT} addresses in the backend of a page`, measured: seconds, unit: 's' },
    { name: 'features that a client which stayed received', measured: stayed.features, unit: '' },
    {
      name: 'features that a client which reloaded half way received',
      measured: reloaded.features,
      unit: '',
    },
    { name: 'features of the largest event', measured: Math.max(stayed.largest, reloaded.largest), unit: '' },
    { name: 'memory above idle, with the network that is built', measured: (peak - idle) / 1e6, unit: 'MB' },
    { name: 'the longest stall', measured: stalls.max / 1e6, unit: 'ms' },
    { name: 'stalls, p99', measured: stalls.percentile(99) / 1e6, unit: 'ms' },
  ];
}

if (import.meta.main) await main(run);
