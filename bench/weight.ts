import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { main, type Row } from './row.ts';

const HOST_MODULES = ['react', 'react-dom', 'react/*', 'react-dom/*', 'antd', 'antd/*'];

/** Leaves src/client out, for the weight of what stands on it. */
const withoutClient: Plugin = {
  name: 'without-client',
  setup(builder) {
    builder.onResolve({ filter: /\/client\// }, ({ path }) => ({ path, external: true }));
  },
};

/** Outputs that load with the entry: itself and what it imports statically, without what comes on demand. */
function loadedAtOnce(metafile: Metafile, entry: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) visit(imported);
    }
  };
  const start = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === entry);
  if (start) visit(start);
  return [...found];
}

async function gzippedKilobytes(entry: string, plugins: Plugin[]): Promise<number> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: 'dist',
    write: false,
    metafile: true,
    external: HOST_MODULES,
    plugins,
  });
  const paths = loadedAtOnce(metafile, entry);
  const files = outputFiles.filter((file) => paths.some((path) => file.path.endsWith(path)));
  return files.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0) / 1000;
}

export async function run(): Promise<Row[]> {
  return [
    {
      name: 'lrt-plugin/client with eventsource-parser',
      measured: await gzippedKilobytes('src/client/index.ts', []),
      unit: 'kB min+gzip',
      max: 5,
    },
    {
      name: 'plugin + modal without react, antd and the client',
      measured: await gzippedKilobytes('src/index.ts', [withoutClient]),
      unit: 'kB min+gzip',
      max: 14,
    },
  ];
}

if (import.meta.main) await main(run);
