import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';

export const portuguese = () =>
  createApplication({
    language: 'pt-BR',
    plugins: { lrtPlugin: [LrtPlugin, { packs: { pt: () => import('./pt.ts') } }] },
    toolbar: ['lrtPlugin.dialog'],
  });
