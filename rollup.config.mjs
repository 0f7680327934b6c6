import { rm } from 'node:fs/promises';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import license from 'rollup-plugin-license';
import { builtNames } from './scripts/entries.mjs';

// One build, one entry per export. What a host shares with us stays outside; what only the mock backend uses
// (hono, zod, the spatial index, ...) goes into its file, so that installing the plugin brings one dependency.
const external = [
  /^node:/,
  /^(react|react-dom|antd|msw|eventsource-parser|@dagrejs\/dagre|ol|maplibre-gl|vite|myWorld-client)($|\/)/,
];
const ownCode = (id) => /^[./]|^\0|^[A-Za-z]:[\\/]/.test(id);

/** Chunks are named after what is in them, without a hash: what bundlers and reports see stays the same over builds. */
const output = { dir: 'dist', format: 'es', hoistTransitiveImports: false };

/** The words of the plugin, the monitor, the notices and the parts have the same file names: each chunk says which ones it holds. */
const chunkFileNames = ({ facadeModuleId }) => {
  const group = facadeModuleId?.match(/\/locales\/(monitor|notices|plan|run)\//)?.[1];
  if (group) return `chunks/${group}-[name].js`;
  return facadeModuleId?.includes('/customerConnection/')
    ? 'chunks/connection-[name].js'
    : 'chunks/[name].js';
};

/**
 * Marks the entries that need React in the browser, for bundlers that also build for a server of React components. They
 * take everything that such an entry imports for the browser's too.
 */
const useClient = {
  name: 'use-client',
  banner({ isEntry, facadeModuleId }) {
    const seen = new Set();
    const needsReact = (id) => {
      if (/^react(-dom)?($|\/)/.test(id)) return true;
      if (seen.has(id)) return false;
      seen.add(id);
      return this.getModuleInfo(id)?.importedIds.some(needsReact) ?? false;
    };
    return isEntry && facadeModuleId && needsReact(facadeModuleId) ? "'use client';" : '';
  },
};

/** Nothing of an earlier build is left to be packed. */
const fromScratch = {
  name: 'from-scratch',
  async buildStart() {
    await rm('dist', { recursive: true, force: true });
  },
};

/** Libraries inside `mocks` have no place in our source maps: theirs would be six times ours. */
const librariesUnmapped = {
  name: 'libraries-unmapped',
  transform: (code, id) => (id.includes('node_modules') ? { code, map: { mappings: '' } } : null),
};

/**
 * The zod inside `mocks` has a configuration of its own, in place of the page's, and compiles no schemas. It would try
 * whether it may evaluate text as code, and each page with a content security policy would report that.
 */
const zodWithoutEval = {
  name: 'zod-without-eval',
  transform(code, id) {
    if (!/[\\/]zod[\\/]v4[\\/]core[\\/]core\.js$/.test(id)) return null;
    const changed = code.replace(
      'globalConfig = globalThis.__zod_globalConfig;',
      'globalConfig = { jitless: true };',
    );
    if (changed === code) this.error('zod keeps its configuration elsewhere now: see zodWithoutEval');
    return { code: changed.replace(/^\(_a = globalThis\)\.__zod_globalConfig .*$/m, ''), map: null };
  },
};

/** A debugger stops at a line. Maps of every token would be a sixth of the package. */
const mapsByLine = {
  name: 'maps-by-line',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.map')) continue;
      const map = JSON.parse(file.source);
      const isNewLine = (segment, i, line) =>
        i === 0 || segment[1] !== line[i - 1][1] || segment[2] !== line[i - 1][2];
      map.mappings = encode(decode(map.mappings).map((line) => line.filter(isNewLine)));
      file.source = JSON.stringify(map);
    }
  },
};

export default [
  {
    input: builtNames,
    external,
    // Notes on annotations and cycles inside libraries: theirs, and not ours to mend.
    onLog(level, log, handler) {
      if (log.id?.includes('node_modules') || log.ids?.every((id) => id.includes('node_modules'))) return;
      handler(level, log);
    },
    plugins: [
      fromScratch,
      nodeResolve({ browser: true }),
      commonjs({ include: /node_modules/ }),
      zodWithoutEval,
      esbuild({ target: 'es2022', jsx: 'automatic', charset: 'utf8' }),
      librariesUnmapped,
      useClient,
      mapsByLine,
      license({ thirdParty: { output: 'dist/THIRD_PARTY_LICENSES.txt' } }),
    ],
    output: { ...output, sourcemap: true, chunkFileNames },
  },
  {
    input: builtNames,
    external: (id) => !ownCode(id),
    plugins: [dts()],
    output: { ...output, chunkFileNames: 'chunks/[name].d.ts' },
  },
];
