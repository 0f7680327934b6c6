// Builds both packages, lrt-plugin into dist/ and lrt-server into server/dist/, for whoever packs or checks them. An
// earlier build of the same files is kept: several steps of CI need the build, and only the first makes it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** All that decides what a build contains. */
const INPUTS = [
  'src',
  'backend',
  'mocks',
  'standin',
  'server/src',
  'scripts/build.ts',
  'scripts/entries.mjs',
  'rollup.config.mjs',
  'server/rollup.config.mjs',
  'package.json',
  'server/package.json',
  'package-lock.json',
  'tsconfig.json',
];
const OUTPUTS = ['dist', 'server/dist'];

/** This file holds the hashes of the last build and of the files that it was made of. */
const RECORD = join(root, 'node_modules/.cache/lrt-plugin/build.json');

/** One hash over names and contents of all files below the paths, which are relative to the repository. */
export function hashOf(paths: readonly string[], folder = root): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(folder, path))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder: string, path: string): string[] {
  const full = join(folder, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const current = () => JSON.stringify({ inputs: hashOf(INPUTS), outputs: hashOf(OUTPUTS) });

/** Both packages are built when this returns. Throws an Error when the bundler fails; its output is shown. */
export function build(): void {
  if (existsSync(RECORD) && readFileSync(RECORD, 'utf8') === current()) {
    console.log('dist and server/dist were built from these very sources: nothing to do.');
    return;
  }
  for (const folder of [root, join(root, 'server')]) {
    const rollup = join(root, 'node_modules/rollup/dist/bin/rollup');
    const args = [rollup, '--config', 'rollup.config.mjs'];
    const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error(`The build of ${folder} failed`);
  }
  mkdirSync(dirname(RECORD), { recursive: true });
  writeFileSync(RECORD, current());
}

if (import.meta.main) build();
