import { createTaskClient } from 'lrt-plugin/client';
import type { TasksOf } from 'lrt-plugin/mocks';
import type { labelPoles } from './task.ts';

/** Labels the poles of a design from a program of your own: a script, another page, a server. */
export async function label(
  baseUrl: string,
  design: string,
  fetch?: typeof globalThis.fetch,
): Promise<number> {
  const client = createTaskClient<TasksOf<[typeof labelPoles]>>({ baseUrl, fetch });
  const { id } = await client.enqueueTask('label_poles', { design, prefix: 'P-' });
  const { labelled } = await client.waitFor(id, { signal: AbortSignal.timeout(600_000) });
  return labelled;
}
