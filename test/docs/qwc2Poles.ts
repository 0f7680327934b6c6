import { createTaskClient } from 'lrt-plugin/client';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';

registerQwc2Plugin({
  system: createTaskClient({ baseUrl: '/lrt' }),
  describePole: ({ properties }) => ({
    id: Number(properties.pole_nr),
    title: `Pole ${properties.pole_nr}`,
    design: properties.project ? `design/${properties.project}` : undefined,
  }),
});
