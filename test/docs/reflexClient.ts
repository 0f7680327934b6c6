import { createReflexClient, createTaskClient } from 'lrt-plugin/client';

/** The tasks of a service in Python, to be watched. */
export const watched = createReflexClient({ baseUrl: 'http://localhost:8000', clientToken: 'tab-1' });

/** The tasks of this project's server, which can be started and cancelled by its own protocol. */
export const started = createReflexClient({
  baseUrl: '/api/reflex',
  clientToken: 'tab-1',
  commands: createTaskClient({ baseUrl: '/api' }),
});
