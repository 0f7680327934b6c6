import { createTaskClient } from 'lrt-plugin/client';

globalThis.client = createTaskClient({ baseUrl: '/lrt' });
