import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication } from 'lrt-plugin/host';

export const app = createApplication({
  system: createTaskClient({ baseUrl: '/lrt' }),
  plugins: { lrtPlugin: LrtPlugin },
  toolbar: ['lrtPlugin.dialog'],
});
