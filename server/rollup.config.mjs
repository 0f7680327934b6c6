// Builds the server's package. The build bundles the repository's own code (backend/, the contract of src/), and
// leaves dependencies external. Every file is two folders below the package, as the sources are: see
// src/config/packageFolder.ts.

import { rm } from 'node:fs/promises';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const ownCode = (id) => /^[./]|^\0|^[A-Za-z]:[\\/]/.test(id);
const external = (id) => !ownCode(id);
const library = { 'library/index': 'src/index.ts', 'library/service': 'src/service/index.ts' };

/** Nothing of an earlier build is left to be packed. */
const fromScratch = {
  name: 'from-scratch',
  async buildStart() {
    await rm('dist', { recursive: true, force: true });
  },
};

export default [
  {
    input: {
      'cli/main': 'src/cli/main.ts',
      // Beside the chunk that starts it as a thread.
      'chunks/attemptThread': 'src/distributed/worker/attemptThread.ts',
      ...library,
      // Beside the library, which starts it as a thread.
      'library/serviceThread': 'src/service/serviceThread.ts',
    },
    external,
    plugins: [fromScratch, esbuild({ target: 'node22.15', charset: 'utf8' })],
    output: {
      dir: 'dist',
      format: 'es',
      hoistTransitiveImports: false,
      sourcemap: true,
      chunkFileNames: 'chunks/[name].js',
    },
  },
  { input: library, external, plugins: [dts()], output: { dir: 'dist', format: 'es' } },
];
