import { createTaskClient } from 'lrt-plugin/client';
import { startApplication } from 'lrt-plugin/host/myworld-client';

// On the mock backend of `lrt-plugin/mocks`, or on any server that speaks its protocol.
export const app = startApplication({ system: createTaskClient({ baseUrl: '/lrt' }) });
