import { defineMain } from '@storybook/react-vite/node';
import { mergeConfig } from 'vite';
import { sourceAliases } from '../scripts/entries.mjs';
import { standInHost } from '../standin/vite/index.ts';

export default defineMain({
  framework: '@storybook/react-vite',
  stories: ['../harness/docs/*.mdx', '../harness/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: ['../harness/public', { from: '../docs/images', to: '/docs/images' }],
  features: { sidebarOnboardingChecklist: false },
  // The harness asks nothing of the network.
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal: (config) =>
    mergeConfig(config, {
      resolve: { alias: sourceAliases },
      plugins: [standInHost({ modules: 'harness/samples' })],
      // The worker that reads files loads these on demand. What Vite finds only then reloads the page under its user.
      optimizeDeps: { include: ['fflate', 'papaparse', 'proj4', 'saxes'] },
      worker: { format: 'es' },
    }),
});
