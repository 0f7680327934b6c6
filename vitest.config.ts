import { resolve } from 'node:path';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { BrowserContextOptions } from 'playwright';
import type { Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';
import type { BrowserInstanceOption } from 'vitest/node';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { sourceAliases as alias } from './scripts/entries.mjs';
import LaneSequencer from './scripts/laneSequencer.ts';
import { leftOut, testsLeftOut } from './scripts/leftOut.ts';
import { memoryFolder } from './scripts/memoryFolder.ts';
import { standInHost } from './standin/vite/index.ts';
import { seedPlugin } from './test/support/host/seedPlugin.ts';

// Anew for each project: Vitest writes the project's name into it.
const browser = (
  contextOptions: BrowserContextOptions,
  ...instances: Omit<BrowserInstanceOption, 'browser'>[]
) => ({
  enabled: true,
  headless: true,
  // Vitest's own page around the tests costs time and is not seen.
  ui: false,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions(), contextOptions }),
  instances: instances.map((instance) => ({ browser: 'chromium' as const, ...instance })),
});

/** A user who asks for less motion: drawing it is an eighth of a page's work. */
const STILL: BrowserContextOptions = { reducedMotion: 'reduce' };

/**
 * Tests of modules whose state is the page's: the platform's application, and a plugin that is bound to it. Each of these
 * files has a page of its own. All others share one, and load React and antd once.
 */
const NEED_A_PAGE = [
  'test/browser/docs/myworld.test.tsx',
  'test/browser/host/platform.test.tsx',
  'test/browser/plugin/myworldEntry.test.tsx',
];

/** Named by scripts/quickTests.ts. */
const LEFT_TO_WHOLE_RUN = process.env.LEFT_TO_WHOLE_RUN?.split(',').filter(Boolean) ?? [];

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
  'fflate',
  'papaparse',
  'proj4',
  'saxes',
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

/**
 * Libraries are bundled, and sent to the page, without source maps. Vite would make one anew for each library and send it
 * with the code: more bytes than the code itself.
 */
const librariesWithoutMaps = {
  name: 'libraries-without-maps',
  enforce: 'post' as const,
  config: () => ({
    optimizeDeps: {
      rolldownOptions: {
        plugins: [
          {
            name: 'libraries-without-maps',
            outputOptions: (output: Rolldown.OutputOptions) => ({ ...output, sourcemap: false }),
          },
        ],
      },
    },
  }),
  transform: {
    order: 'post' as const,
    filter: { id: /\/deps\/[^/]+\.js(\?|$)/ },
    handler: (code: string) => ({ code, map: { mappings: '' as const } }),
  },
};

const IN_COMPONENTS = ['antd', 'react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime'];

// In CI it throws.
leftOut();
const without = testsLeftOut();

/**
 * Three lanes, one after the other, for a machine with two cores. The projects of a lane run side by side, their pages beside
 * their workers. A file waits for timers, frames, processes and npm for a third to a half of its time, so each lane has more
 * workers than there are cores. `computing`: tests without services. `waiting`: npm and whole pages. `serving`: servers, Redis
 * and PostgreSQL. Vitest wants one number of workers for all projects of a lane.
 */
const computing = { sequence: { groupOrder: 0 }, maxWorkers: 3 };
const waiting = { sequence: { groupOrder: 1 }, maxWorkers: 3 };
const serving = { sequence: { groupOrder: 2 }, maxWorkers: 4 };

/** Files that share a worker share the modules that it has loaded: half of their time was loading the same ones again. */
const sharedModules = { isolate: false, restoreMocks: true, unstubGlobals: true, unstubEnvs: true };

// Databases, browsers and npm write thousands of small files that nobody needs afterwards.
const temporary = process.env.TMPDIR ?? memoryFolder();
if (temporary) process.env.TMPDIR = temporary;

// Servers, workers and builds that tests start as processes load their code faster from a cache.
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/node');

/** How long a condition is waited for: a busy machine is slow, and what never comes fails all the same. */
const patient = { expect: { poll: { timeout: 15_000 } }, testTimeout: 60_000, hookTimeout: 60_000 };

/** The same for conditions that are not polled by `expect`. */
const setupFiles = [resolve('test/support/patience.ts')];

/** Tests against a real Redis and PostGIS. */
const withServices = (name: string, timeoutSeconds: number) => ({
  resolve: { alias },
  test: {
    name,
    ...serving,
    ...sharedModules,
    setupFiles,
    expect: patient.expect,
    environment: 'node' as const,
    include: [`test/${name}/**/*.test.ts`],
    exclude: without.files,
    globalSetup: 'test/server/globalSetup.ts',
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: timeoutSeconds * 1000,
  },
});

export default defineConfig({
  test: {
    reporters: ['default', './scripts/totals.ts'],
    sequence: { sequencer: LaneSequencer },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          ...computing,
          ...sharedModules,
          setupFiles,
          ...patient,
          environment: 'node',
          include: ['test/unit/**/*.test.ts'],
          exclude: without.files,
        },
      },
      {
        // The dialog, the parts and the plugin against the mock backend, without a browser.
        resolve: { alias },
        plugins: [react()],
        test: {
          name: 'component',
          ...computing,
          ...sharedModules,
          // antd as one file: hundreds of small ones take longer to load than the tests to run.
          deps: { optimizer: { client: { enabled: true, include: IN_COMPONENTS } } },
          environment: 'jsdom',
          include: ['test/component/**/*.test.tsx'],
          setupFiles: [...setupFiles, 'test/component/setup.ts'],
          expect: patient.expect,
          testTimeout: patient.testTimeout,
        },
      },
      {
        resolve: { alias },
        plugins: [librariesWithoutMaps, seedPlugin(), standInHost({ modules: 'harness/samples' }), react()],
        publicDir: 'harness/public',
        optimizeDeps: { include: FOUND_EARLY },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          ...computing,
          ...patient,
          setupFiles,
          browser: browser(
            {},
            {
              name: 'browser',
              include: ['test/browser/**/*.test.{ts,tsx}'],
              exclude: [...NEED_A_PAGE, ...LEFT_TO_WHOLE_RUN],
              isolate: false,
            },
            { name: 'page', include: NEED_A_PAGE },
          ),
        },
      },
      {
        // What may differ on the oldest React and antd that are promised: the contracts with a host, every state of the
        // dialog, and that these versions run at all. As root, the folder with these two is where `dedupe` finds them for
        // all that import them, antd's own packages included.
        root: 'test/react18',
        resolve: { alias, dedupe: ['react', 'react-dom', 'antd'] },
        plugins: [
          librariesWithoutMaps,
          seedPlugin(),
          standInHost({ modules: resolve('harness/samples') }),
          react(),
        ],
        publicDir: resolve('harness/public'),
        cacheDir: resolve('node_modules/.vite/react18'),
        optimizeDeps: { include: FOUND_EARLY },
        test: {
          name: 'react18',
          ...waiting,
          ...patient,
          setupFiles,
          browser: browser(STILL, { name: 'react18', isolate: false }),
          dir: resolve('test'),
          include: [
            'react18/*.test.tsx',
            'browser/host/*{c,C}ontract*.test.tsx',
            'browser/plugin/in*Host.test.tsx',
            'browser/modal/states.test.tsx',
          ],
        },
      },
      {
        plugins: [librariesWithoutMaps, storybookTest({ configDir: '.storybook' })],
        test: { ...waiting, ...patient, browser: browser(STILL, { name: 'storybook', isolate: false }) },
      },
      {
        test: {
          name: 'e2e',
          ...waiting,
          setupFiles,
          // Each look at a page costs it time to draw.
          expect: { poll: { ...patient.expect.poll, interval: 200 } },
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          exclude: without.files,
          globalSetup: 'test/e2e/globalSetup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'pack',
          ...waiting,
          setupFiles,
          expect: patient.expect,
          environment: 'node',
          include: ['test/pack/**/*.test.ts'],
          globalSetup: 'test/pack/globalSetup.ts',
          // Builds of whole applications, and npm.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      // Named in scripts/leftOut.ts.
      ...[withServices('server', 60), withServices('faults', 120)].filter(
        ({ test }) => !without.projects.includes(test.name),
      ),
    ],
  },
});
