import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The modules that an import brings at once, without what comes by `import()`. */
async function atOnce(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'dist',
    write: false,
    metafile: true,
    jsx: 'automatic',
    external: ['react', 'react-dom', 'react/*', 'react-dom/*', 'antd', 'antd/*'],
  });
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') visit(imported);
    }
  };
  const start = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === entry);
  if (start) visit(start);
  return [...found].flatMap((path) => [path, ...Object.keys(metafile.outputs[path]?.inputs ?? {})]);
}

test.each(['src/index.ts', 'src/host/index.ts'])('%s brings no language but English', async (entry) => {
  const modules = await atOnce(entry);
  expect(modules.length).toBeGreaterThan(10);
  const packs =
    /src\/locales\/(?:customerConnection\/)?(?:de|fr|es|ja|ar|enErrors|packs)\.ts|locales\/check|antd\/locale/;
  expect(modules.filter((path) => packs.test(path))).toEqual([]);
});
