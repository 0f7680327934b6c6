import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';

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
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] } },
      {
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
        test: { name: 'browser', browser: browser(), include: ['test/browser/**/*.test.{ts,tsx}'] },
      },
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: { name: 'storybook', browser: browser() },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
