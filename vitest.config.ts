import { resolve } from 'node:path';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { sourceAliases as alias } from './scripts/entries.mjs';
import { leftOut, NEED_SERVICES } from './scripts/leftOut.ts';
import { standInHost } from './standin/vite/index.ts';

// Anew for each project: Vitest writes the project's name into it.
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions() }),
  instances: [{ browser: 'chromium' as const }],
});

// What is found only while tests run reloads the page under them.
const FOUND_EARLY = [
  'react/jsx-dev-runtime',
  'react-dom/client',
  'antd',
  'antd/locale/ar_EG.js',
  'antd/locale/de_DE.js',
  'msw',
  'msw/browser',
  'hono',
  'zod',
  'idb-keyval',
  'kdbush',
  'geokdbush',
  'geographiclib-geodesic',
  'eventsource-parser',
  'maplibre-gl',
  'ol/Observable.js',
  'ol/extent.js',
  'ol/format/GeoJSON.js',
  'ol/layer/Group.js',
  'ol/layer/Image.js',
  'ol/proj.js',
  'ol/source/ImageCanvas.js',
  'ol/source/Vector.js',
];

const services = leftOut() === undefined;

/** Tests against a real Redis and PostGIS. */
const withServices = (
  name: string,
  {
    groupOrder,
    timeoutSeconds,
    maxWorkers,
  }: { groupOrder: number; timeoutSeconds: number; maxWorkers: number },
) => ({
  resolve: { alias },
  test: {
    name,
    sequence: { groupOrder },
    environment: 'node' as const,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: 'test/server/globalSetup.ts',
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: timeoutSeconds * 1000,
    maxWorkers,
  },
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
        // The dialog, the parts and the plugin against the mock backend, without a browser.
        resolve: { alias },
        plugins: [react()],
        test: {
          name: 'component',
          sequence: { groupOrder: 0 },
          environment: 'jsdom',
          include: ['test/component/**/*.test.tsx'],
          setupFiles: ['test/component/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        plugins: [standInHost({ modules: 'harness/samples' }), react()],
        publicDir: 'harness/public',
        optimizeDeps: { include: FOUND_EARLY },
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          browser: browser(),
          include: ['test/browser/**/*.test.{ts,tsx}'],
        },
      },
      {
        // The same tests on the oldest React and antd that are promised. As root, the folder with these two is where
        // `dedupe` finds them for all that import them, antd's own packages included.
        root: 'test/react18',
        resolve: { alias, dedupe: ['react', 'react-dom', 'antd'] },
        plugins: [standInHost({ modules: resolve('harness/samples') }), react()],
        publicDir: resolve('harness/public'),
        cacheDir: resolve('node_modules/.vite/react18'),
        optimizeDeps: { include: FOUND_EARLY },
        test: {
          name: 'react18',
          sequence: { groupOrder: 4 },
          browser: browser(),
          dir: resolve('test'),
          include: [
            'react18/*.test.tsx',
            'browser/{plugin,modal,host,parts,samples,qwc2}/**/*.test.{ts,tsx}',
          ],
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
          exclude: services ? [] : NEED_SERVICES.files,
          globalSetup: 'test/e2e/globalSetup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'pack',
          sequence: { groupOrder: 5 },
          environment: 'node',
          include: ['test/pack/**/*.test.ts'],
          globalSetup: 'test/pack/globalSetup.ts',
          // Builds of whole applications, and npm.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // Named in scripts/leftOut.ts.
      ...(services
        ? [
            // They wait more than they work, each on a database of its own.
            withServices('server', { groupOrder: 6, timeoutSeconds: 30, maxWorkers: 2 }),
            withServices('faults', { groupOrder: 7, timeoutSeconds: 120, maxWorkers: 2 }),
          ]
        : []),
    ],
  },
});
