// Tests that anyone who looks for the tests of a source file finds them by its path: test/unit has the folders of the
// sources.
import { existsSync, globSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { expect, it } from 'vitest';

/** `test/unit/client` holds the tests of `src/client`, `test/unit/server/http` those of `server/src/http`. */
function sourceFolders(folder: string): string[] {
  return [folder, `src/${folder}`, folder.replace(/^server\b/, 'server/src')];
}

it('test/unit has the folders of the sources, and no other', () => {
  const folders = new Set(
    globSync('test/unit/**/*.test.ts').map((file) => dirname(relative('test/unit', file))),
  );
  expect(folders.size).toBeGreaterThan(20);
  expect(
    [...folders].filter((folder) => !sourceFolders(folder).some((source) => existsSync(source))),
  ).toEqual([]);
});
