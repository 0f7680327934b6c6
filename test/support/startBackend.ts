import { createBackend } from '../../backend/app.ts';
import { EmbeddedEngine } from '../../backend/tasks/EmbeddedEngine.ts';
import { TaskRefusal } from '../../backend/tasks/TaskRefusal.ts';
import { definitions, smallStore } from './definitions.ts';

/** The backend that the protocol suites ask: see declareLrtProtocolContract. */
export function createTestBackend(basePath = '') {
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  const { fetch } = createBackend({
    engine,
    store,
    basePath,
    authenticate(request) {
      const owner = request.headers.get('authorization')?.replace('Bearer ', '') ?? 'local';
      if (owner === 'banned')
        throw new TaskRefusal({ code: 'forbidden', message: 'You may not use this server' });
      return owner === 'nobody' ? undefined : { owner };
    },
  });
  return { engine, store, fetch };
}
