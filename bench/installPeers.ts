import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Installs the heavy peers of bench/package.json for a bench that is about to load them, unless they are there. They are no
 * part of the repository's own installation, which everybody waits for. Throws where npm cannot install them.
 */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return;
  console.log('installing the peers of bench/package.json ...');
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Error(
      `The peers could not be installed (${error ?? `npm ended with ${status}`}): run "npm ci" in bench/`,
    );
  }
}
