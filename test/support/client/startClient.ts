import { afterEach } from 'vitest';
import { createTaskClient, type TaskClientOptions, type TaskSnapshot } from '../../../src/client/index.ts';
import { type Script, startScriptedEventServer } from './scriptedEventServer.ts';

const undoing: (() => unknown)[] = [];

/** Undone after the test, the last one first. */
export function cleanUp(undo: () => unknown): void {
  undoing.push(undo);
}

/** Once in each file that uses startClient or cleanUp. */
export function cleanUpAfterEach(): void {
  afterEach(async () => {
    for (const undo of undoing.splice(0).reverse()) await undo();
  });
}

/** A client of a server that does as it is told. */
export async function startClient(scripts: Script[], options: Partial<TaskClientOptions> = {}) {
  const server = await startScriptedEventServer(...scripts);
  cleanUp(server.close);
  const client = createTaskClient({ baseUrl: `${server.url}/api/`, ...options });
  return { server, client };
}

export function snapshot(change: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    id: 't1',
    name: 'dig',
    queue: 'default',
    status: 'running',
    progress: { percent: 10, step: 1, message: 'digging' },
    params: { depth: 2 },
    owner: 'local',
    tags: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    attempt: 1,
    seq: 1,
    ...change,
  };
}

export const problem = (code: string, status: number, rest: object = {}) => ({
  type: `urn:problem-type:lrt:${code}`,
  title: code,
  status,
  detail: `This is ${code}`,
  ...rest,
});
