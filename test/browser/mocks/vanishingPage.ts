import { createMockBackend, generateTown } from '../../../mocks/index.ts';
import { enqueue } from './enqueue.ts';

/** What a page does that is gone before its task is done. */
export async function run(database: string): Promise<void> {
  const town = generateTown({ addresses: 300 });
  await enqueue(await createMockBackend({ town, persist: database, runSeconds: 600 }), 100);
}
