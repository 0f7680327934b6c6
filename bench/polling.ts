// This bench counts how often a service is asked for a task, and how late its end is noticed: by our control client beside @azure/core-lro at its
// defaults (a question every 2 s), on one service at the same time.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createControlClient } from '../src/client/protocols/control/createControlClient.ts';
import { isRecord } from '../src/contract/index.ts';
import { installPeers } from './installPeers.ts';
import { main, type Row } from './row.ts';

/** Each client follows a task of each of these lengths, with and without progress. A fraction, so that no end meets a whole second. */
const SECONDS = Array.from({ length: 30 }, (_, i) => 4 + 2.87 * i);
const TASK_MINUTES = SECONDS.reduce((sum, seconds) => sum + seconds, 0) / 60;

interface Work {
  begunAt: number;
  seconds: number;
  says: boolean;
  questions: number;
}

/** A service whose tasks take as long as their caller says, and which counts the questions. */
async function startService() {
  const works = new Map<string, Work>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const answer = (value: object) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const [, , route = '', id = ''] = (request.url ?? '').split('/');
    if (route === 'execute') {
      const value: unknown = JSON.parse(body);
      const { task_id: taskId, parameters } = isRecord(value) ? value : {};
      const { seconds, says } = isRecord(parameters) ? parameters : {};
      works.set(`${taskId}`, {
        begunAt: performance.now(),
        seconds: Number(seconds),
        says: says === true,
        questions: 0,
      });
      return answer({ status: 'running', task_id: taskId, output: null, error: null });
    }
    const work = works.get(id);
    if (!work) return response.writeHead(404).end();
    if (route === 'output') return answer({ output: { protocol: 'inline', uri: btoa('1'), format: 'json' } });
    work.questions += 1;
    const done = (performance.now() - work.begunAt) / 1_000 / work.seconds;
    const progress = Math.floor(100 * Math.min(done, 1));
    answer({
      status: done >= 1 ? 'complete' : 'running',
      progress: work.says ? progress : null,
      error: null,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { works, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

type Start = (id: string, parameters: { seconds: number; says: boolean }) => Promise<unknown>;

/** Resolves with the questions a minute of a task, and the 95th percentile of the seconds from its end to the client. */
async function measure(works: ReadonlyMap<string, Work>, name: string, says: boolean, start: Start) {
  const late = await Promise.all(
    SECONDS.map(async (seconds, i) => {
      const id = `${name}-${i}`;
      await start(id, { seconds, says });
      const { begunAt } = works.get(id) ?? { begunAt: Number.NaN };
      return (performance.now() - begunAt) / 1_000 - seconds;
    }),
  );
  const questions = SECONDS.map((_, i) => works.get(`${name}-${i}`)?.questions ?? Number.NaN);
  return {
    perMinute: questions.reduce((sum, count) => sum + count, 0) / TASK_MINUTES,
    p95: late.sort((a, b) => a - b)[Math.floor(late.length * 0.95)] ?? Number.NaN,
  };
}

export async function run(): Promise<Row[]> {
  installPeers();
  const { pollWithPeer } = await import('./pollingPeer.mjs');
  const { works, url, close } = await startService();
  const client = createControlClient({ baseUrl: url });
  const ours: Start = async (id, parameters) => {
    await client.enqueueTask('Work', parameters, { idempotencyKey: id });
    await client.waitFor(id);
  };
  const peer: Start = (id, parameters) =>
    pollWithPeer(url, { method: 'Work', workflow_id: 'bench', task_id: id, inputs: [], parameters }, id);
  const [withProgress, without, theirs] = await Promise.all([
    measure(works, 'ours', true, ours),
    measure(works, 'silent', false, ours),
    measure(works, 'peer', true, peer),
  ]);
  close();
  return [
    { name: 'questions a task-minute', measured: withProgress.perMinute, unit: '', max: 20 },
    { name: 'end noticed, p95', measured: withProgress.p95, unit: 's', max: 2 },
    { name: 'questions a task-minute, no progress said', measured: without.perMinute, unit: '', max: 20 },
    { name: 'end noticed, p95, no progress said', measured: without.p95, unit: 's' },
    { name: 'questions a task-minute, @azure/core-lro', measured: theirs.perMinute, unit: '' },
    { name: 'end noticed, p95, @azure/core-lro', measured: theirs.p95, unit: 's' },
  ];
}

if (import.meta.main) await main(run);
