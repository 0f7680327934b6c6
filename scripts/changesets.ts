// Runs Changesets for whoever writes a changeset (`npm run changeset`) or makes a release (`npm run version-packages`).
// Changesets looks for packages among the workspaces. npm does not want the root among them, though it is a package that is
// published; so the root is one of them for as long as Changesets looks.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const changesets = createRequire(import.meta.url).resolve('@changesets/cli/bin.js');

interface Manifest {
  workspaces: string[];
}

/** Changes the list of workspaces in `folder`, and nothing else of the file that a formatter would notice. */
function setWorkspaces(folder: string, change: (workspaces: string[]) => string[]): void {
  const file = join(folder, 'package.json');
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  const changed = { ...manifest, workspaces: change(manifest.workspaces) };
  writeFileSync(file, `${JSON.stringify(changed, null, 2)}\n`);
}

/** Runs Changesets in the repository in `folder`. Returns the exit code; the user talks to Changesets. */
function runChangesets(folder: string, args: readonly string[]): number {
  // Ctrl-C ends Changesets, and package.json is put right all the same.
  process.on('SIGINT', () => {});

  setWorkspaces(folder, (workspaces) => ['.', ...workspaces]);
  try {
    return spawnSync(process.execPath, [changesets, ...args], { cwd: folder, stdio: 'inherit' }).status ?? 1;
  } finally {
    setWorkspaces(folder, (workspaces) => workspaces.filter((path) => path !== '.'));
  }
}

process.exitCode = runChangesets(process.cwd(), process.argv.slice(2));
