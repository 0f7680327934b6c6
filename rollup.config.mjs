import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import license from 'rollup-plugin-license';

// One build, one entry per export. What a host shares with us stays outside; what only the mock backend uses
// (hono, zod, the spatial index, ...) goes into its file, so that installing the plugin brings one dependency.
const input = {
  index: 'src/index.ts',
  client: 'src/client/index.ts',
  host: 'src/host/index.ts',
  mocks: 'mocks/index.ts',
};
const external = [
  /^react($|\/)/,
  /^react-dom($|\/)/,
  /^antd($|\/)/,
  /^msw($|\/)/,
  /^eventsource-parser($|\/)/,
];

export default [
  {
    input,
    external,
    // Notes on annotations and cycles inside libraries: theirs, and not ours to mend.
    onLog(level, log, handler) {
      if (log.id?.includes('node_modules') || log.ids?.every((id) => id.includes('node_modules'))) return;
      handler(level, log);
    },
    plugins: [
      nodeResolve({ browser: true }),
      commonjs({ include: /node_modules/ }),
      esbuild({ target: 'es2022', jsx: 'automatic', charset: 'utf8' }),
      license({ thirdParty: { output: 'dist/THIRD_PARTY_LICENSES.txt' } }),
    ],
    output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: 'chunks/[name]-[hash].js' },
  },
  {
    input,
    external: [...external, /^[^./]/],
    plugins: [dts()],
    output: { dir: 'dist', format: 'es', chunkFileNames: 'chunks/[name]-[hash].d.ts' },
  },
];
