import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { sourceAliases as alias } from './scripts/entries.mjs';

// Anew for each project: Vitest writes the project's name into it.
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions() }),
  instances: [{ browser: 'chromium' as const }],
});

export default defineConfig({
  test: {
    reporters: ['default', './scripts/totals.ts'],
    // One project after the other (groupOrder): two cores are soon busy with two browsers.
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          environment: 'node',
          include: ['test/unit/**/*.test.ts'],
        },
      },
      {
        resolve: { alias },
        plugins: [react()],
        publicDir: 'harness/public',
        optimizeDeps: {
          // What is found only while tests run reloads the page under them.
          include: [
            'react/jsx-dev-runtime',
            'react-dom/client',
            'antd',
            'msw',
            'msw/browser',
            'hono',
            'zod',
            'idb-keyval',
            'kdbush',
            'geokdbush',
            'geographiclib-geodesic',
            'eventsource-parser',
          ],
        },
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          browser: browser(),
          include: ['test/browser/**/*.test.{ts,tsx}'],
        },
      },
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: { name: 'storybook', sequence: { groupOrder: 2 }, browser: browser() },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/globalSetup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
