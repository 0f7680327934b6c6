import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { consumer } from './packed.ts';
import { run } from './run.ts';

const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

/** Declarations of antd and maplibre-gl do not stand such strict settings themselves; ours do. */
function isOurs(line: string): boolean {
  return line.includes(': error TS') && !/^node_modules\/(?!lrt-plugin\/)/.test(line);
}

beforeAll(async () => {
  // One of every entry, so that each one's declarations are checked whole.
  const lines = Object.keys(entries).map(
    (entry, index) => `export * as entry${index} from 'lrt-plugin${entry.slice(1)}';\n`,
  );
  await writeFile(join(consumer, 'types/everyEntry.ts'), lines.join(''));
});

// The stricter of the two looks into every declaration. The other one then has the same files: it is asked whether it
// finds them all. Most of the time goes into the declarations of antd, OpenLayers and MapLibre.
it.each([
  ['nodenext', 'NodeNext', 'declarations included'],
  ['bundler', 'ESNext', 'every entry found'],
])('type-checks in a consumer under %s, %s', async (moduleResolution, module, extent) => {
  const config = join(consumer, `tsconfig.${moduleResolution}.json`);
  await writeFile(
    config,
    JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: extent !== 'declarations included',
        noEmit: true,
        target: 'ES2022',
        lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable', 'ESNext.Disposable'],
        jsx: 'react-jsx',
        types: ['node'],
        module,
        moduleResolution,
      },
      include: ['types'],
    }),
  );
  const printed = await run('node', [tsc, '-p', config], consumer).catch((error: Error) => error.message);
  expect(printed.split('\n').filter(isOurs)).toEqual([]);
});
