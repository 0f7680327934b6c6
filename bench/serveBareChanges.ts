import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Our server gathers changes for so long before it reads the tasks, and so does the bare one before it writes. */
const GATHER_MS = 50;

/** A bare node:http writer of as many changes of as many tasks, in events of the same size. */
export async function serveBareChanges(
  origin: string,
  tasks: number,
): Promise<{ url: string; close(): void }> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': origin });
    response.write(': open\n\n');
    responses.add(response);
    response.on('close', () => responses.delete(response));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  let gathered = '';
  const change = (n: number, tick: number) => {
    const progress = { percent: tick % 100, step: 1, message: `at ${Date.now()}`, done: tick, total: 1_000 };
    const id = `0123456789abcdef0123456789abc${String(n).padStart(3, '0')}`;
    const facts = { id, name: 'clock', queue: 'default', status: 'running', progress, params: {} };
    const time = new Date().toISOString();
    const task = {
      ...facts,
      owner: 'local',
      tags: [],
      createdAt: time,
      startedAt: time,
      attempt: 1,
      seq: tick,
    };
    const cursor = `0123456789abcdef0123456789abcdef01234567-${tick.toString(36)}`;
    gathered += `event: task\ndata: ${JSON.stringify({ cursor, type: 'task', task })}\n\n`;
  };
  const timers = Array.from({ length: tasks }, (_, n) => {
    let tick = 0;
    // The tasks' phases are spread over the second, as those of tasks that started one after the other.
    return setTimeout(() => timers.push(setInterval(() => change(n, ++tick), 1_000)), (n * 1_000) / tasks);
  });
  timers.push(
    setInterval(() => {
      for (const response of responses) if (gathered) response.write(gathered);
      gathered = '';
    }, GATHER_MS),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      server.close();
    },
  };
}
