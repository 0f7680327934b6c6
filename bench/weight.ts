import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { main, type Row } from './row.ts';

const HOST_MODULES = ['react', 'react-dom', 'react/*', 'react-dom/*', 'antd', 'antd/*'];

/** Leaves out modules whose path matches, for the weight of what stands on them. */
function without(...patterns: RegExp[]): Plugin {
  return {
    name: 'without',
    setup(builder) {
      builder.onResolve({ filter: /^\./ }, ({ path, kind }) =>
        kind !== 'entry-point' && patterns.some((pattern) => pattern.test(path))
          ? { path, external: true }
          : undefined,
      );
    },
  };
}

/** What `lrt-plugin/client` brings; the task store is not among it, so it counts for the plugin. */
const CLIENT = /\/client\/(?!task(Store|Reducer)|onceAFrame|safely)/;
const HOST = /\/host\//;

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
    charset: 'utf8',
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
      name: 'plugin + modal + task store, without react, antd, the client and the host',
      measured: await gzippedKilobytes('src/index.ts', [without(CLIENT, HOST)]),
      unit: 'kB min+gzip',
      max: 14,
    },
    {
      name: 'the same with what they use of the stand-in host',
      measured: await gzippedKilobytes('src/index.ts', [without(CLIENT)]),
      unit: 'kB min+gzip',
    },
  ];
}

if (import.meta.main) await main(run);
