// Makes a fresh clone ready: dependencies, with --browser a Chromium for the tests, with --services Redis, PostgreSQL,
// nginx, pgbouncer, GDAL and Python's websockets where they can be installed (--services=needed: or it fails without the first two). Does nothing the second time, needs no
// network then. Plain JavaScript without dependencies: it runs on Node 20 before anything is there.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { findServices, installServices } from './services/findServices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** Runs a command with its output shown. @returns {boolean} whether it succeeded. */
function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows }).status === 0;
}

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function dependenciesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    fail(
      'The dependencies could not be installed. Is the npm registry reachable? Then run the command again.',
    );
  }
}

function ensureChromium() {
  if (findChromium()) return;
  console.log('No Chromium found; installing one for the tests.');
  const root = process.getuid?.() === 0;
  if (root && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium']);
  }
  if (!findChromium()) run('npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium']);
  if (!findChromium()) {
    fail(
      'The tests drive a real Chromium and none could be installed. Install one with your system’s package manager ' +
        '(Debian, Ubuntu: "sudo apt-get install chromium"), or set CHROMIUM_PATH to the one you have.',
    );
  }
}

/** Where they are not needed, tests are left out without them, and say so. */
function ensureServices({ needed }) {
  if (needed && !findServices().missing) return;
  installServices();
  const { missing } = findServices();
  if (missing && needed) fail(missing);
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
ensureDependencies();
if (process.argv.includes('--browser')) ensureChromium();
if (process.argv.includes('--services')) ensureServices({ needed: false });
if (process.argv.includes('--services=needed')) ensureServices({ needed: true });
