import { createBackend } from '../../../backend/app.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import { definitions, smallStore } from '../tasks/definitions.ts';

/** The backend that the protocol suites ask, see declareLrtProtocolContract, on an engine in this process. */
export function createTestBackend(basePath = '') {
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  return { engine, store, fetch: testBackend({ engine, store, basePath }) };
}

/** The same on any engine. Bearer tokens are owners' names; `nobody` is unknown, `banned` may not come in. */
export function testBackend(parts: { engine: TaskEngine; store: NetworkStore; basePath?: string }) {
  const { fetch } = createBackend({
    ...parts,
    // Every protocol is served.
    schedules: { schedules: () => [] },
    authenticate(request) {
      const owner = request.headers.get('authorization')?.replace('Bearer ', '') ?? 'local';
      if (owner === 'banned')
        throw new TaskRefusal({ code: 'forbidden', message: 'You may not use this server' });
      return owner === 'nobody' ? undefined : { owner };
    },
  });
  return fetch;
}
