// Runs, for whoever is at work on a change, the tests that the change can break and that need seconds: those of the
// projects unit, component and browser that import a changed file. Changed means: since the last commit; where all is
// committed, since the branch left main. Further arguments go to Vitest: `npm run test:quick -- --watch`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const PROJECTS = ['unit', 'component', 'browser'];
const MAIN = ['main', 'origin/main'];

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** The commit that `vitest --changed` compares the work with. Undefined stands for the last commit. */
function baseOfWork(): string | undefined {
  if (git('status', '--porcelain') !== '') return undefined;
  for (const main of MAIN) {
    const base = git('merge-base', 'HEAD', main);
    if (base && base !== git('rev-parse', 'HEAD')) return base;
  }
  return 'HEAD~1';
}

const base = baseOfWork();
console.log(`Tests of what changed since ${base ? `commit ${base.slice(0, 10)}` : 'the last commit'}`);
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...PROJECTS.flatMap((project) => ['--project', project]),
    base ? `--changed=${base}` : '--changed',
    '--passWithNoTests',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
