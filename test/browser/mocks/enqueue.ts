import type { MockBackend } from '../../../mocks/index.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';

export const CALLER = { owner: 'local' };

/** Starts a customer connection task in design FTTH-North, with a fixed seed. */
export async function enqueue(backend: MockBackend, count: number): Promise<TaskSnapshot> {
  const { features } = await backend.store.features({
    design: 'design/FTTH-North',
    tables: ['pole'],
    limit: 1000,
  });
  const pole = features.find(({ properties }) => properties.name === 'N-1001');
  const { task } = await backend.engine.enqueue(
    {
      name: 'customer_connection_task',
      params: { design: 'design/FTTH-North', pole_id: Number(pole?.id.split('/')[1]), count, seed: 1 },
    },
    CALLER,
  );
  return task;
}

/** How many wall boxes are committed in design FTTH-North: one for each connection. */
export async function wallBoxes(backend: MockBackend): Promise<number> {
  const { features } = await backend.store.features({
    design: 'design/FTTH-North',
    tables: ['wall_box'],
    limit: 10_000,
  });
  return features.length;
}
