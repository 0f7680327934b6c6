import { createTaskClient } from 'lrt-plugin/client';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';
import { registerTasks } from './tasks.tsx';

// The task server, behind the web server that serves QWC2.
const system = createTaskClient({ baseUrl: '/lrt' });

// config.json says, per theme, which layer holds the poles.
registerQwc2Plugin({ system });
registerTasks(system);
