import { createTaskClient } from 'lrt-plugin/client';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';

// The task server, behind the web server that serves QWC2. Which layer holds the poles says config.json, per theme.
registerQwc2Plugin({ system: createTaskClient({ baseUrl: '/lrt' }) });
