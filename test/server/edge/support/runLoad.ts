import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../faults/support/until.ts';
import { json } from '../../../support/server/startTestServer.ts';

/**
 * Calls the server all the time: each lane starts a task, reads it and lists tasks, and so on. Every second enqueue has an
 * idempotency key. No call is repeated here, so each that fails is one that a client would notice.
 */
export function runLoad(
  call: (path: string, init?: RequestInit) => Promise<Response>,
  { lanes }: { lanes: number },
) {
  const failures: string[] = [];
  let calls = 0;
  let tasks = 0;
  let isOver = false;
  const one = async (path: string, init?: RequestInit): Promise<{ id?: string } | undefined> => {
    calls += 1;
    try {
      const response = await call(path, init);
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      failures.push(`${init?.method ?? 'GET'} ${path}: ${response.status} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(`${init?.method ?? 'GET'} ${path}: ${error}`);
    }
    return undefined;
  };
  const lane = async (_: unknown, index: number) => {
    for (let round = 0; !isOver; round += 1) {
      const key = round % 2 === 0 ? { idempotencyKey: `${index}-${round}` } : {};
      const task = await one('/tasks', json({ name: 'steps', params: { seconds: 0 }, ...key }));
      tasks += 1;
      await one(`/tasks/${task?.id}`);
      await one('/tasks?limit=5');
      await pause(20);
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    /** Resolves when so many further calls have been made. */
    more(count: number) {
      const enough = calls + count;
      return until(`${count} further calls`, () => calls >= enough);
    },
    async stop() {
      isOver = true;
      await running;
      return { calls, failures, tasks };
    },
  };
}
