import { createTaskClient } from 'lrt-plugin/client';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';

registerQwc2Plugin({ system: createTaskClient({ baseUrl: '/lrt' }), poleLayer: 'poles' });
