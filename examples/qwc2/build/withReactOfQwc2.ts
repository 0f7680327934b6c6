import type { Plugin } from 'vite';

/** What the file takes from QWC2 instead of bringing it: two copies of React in one tree do not work. */
const GLOBALS = {
  react: 'window.qwc2.libs.React',
  'react-dom': 'window.qwc2.libs.ReactDOM',
  // createRoot: of React 18 only, and never called, for everything is rendered in QWC2's own tree.
  'react-dom/client': 'window.qwc2.libs.ReactDOM',
};

// QWC2 has its libraries on `window` only once its API plugin is there; a script tag runs before.
const BANNER = `(function () { function start() {
if (!window.qwc2.libs.ReactDOM) throw new Error('lrt: window.qwc2.libs has no ReactDOM; use a newer QWC2');`;
const FOOTER = `} if (window.qwc2) start(); else window.addEventListener('QWC2ApiReady', start, { once: true }); })();`;

/** Builds one file for a script tag in QWC2's index.html. */
export function withReactOfQwc2(entry: string, name: string): Plugin {
  return {
    name: 'react-of-qwc2',
    apply: 'build',
    config: () => ({
      define: { 'process.env.NODE_ENV': '"production"' },
      publicDir: false,
      resolve: {
        alias: { 'react/jsx-runtime': new URL('./jsxRuntime.ts', import.meta.url).pathname },
      },
      build: {
        sourcemap: true,
        chunkSizeWarningLimit: 2000,
        lib: { entry, formats: ['iife'], name: 'lrt', fileName: () => `${name}.js` },
        rolldownOptions: {
          external: Object.keys(GLOBALS),
          // antd's files say 'use client', which means nothing here.
          onLog: (level, log, handle) =>
            log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log),
          output: { globals: GLOBALS, banner: BANNER, footer: FOOTER },
        },
      },
    }),
  };
}
