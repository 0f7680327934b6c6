// Runs, for whoever is at work on a change, the tests that the change can break and that need seconds: those of the
// projects unit, component and browser that import a changed file. Some files try each button, each phase and each host of
// the dialog, and take longer than all others together. `npm test` runs them, and this run does so where they themselves
// changed.
// Changed means: since the last commit; where all is committed, since the branch left main. Further arguments go to
// Vitest: `npm run test:quick -- --watch`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const PROJECTS = ['unit', 'component', 'browser'];
const ONLY_IN_WHOLE_RUN = [
  'test/browser/modal/accessibility.test.tsx',
  'test/browser/modal/doubleClick.test.tsx',
  'test/browser/modal/layout.test.tsx',
  'test/browser/plugin/inMinimalHost.test.tsx',
  'test/browser/plugin/inStandInHost.test.tsx',
  'test/browser/qwc2/plugin.test.tsx',
];
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

/** The files that differ from the commit, relative to the root; new ones as well. */
function changedSince(commit = 'HEAD'): string[] {
  const listed = [git('diff', '--name-only', commit), git('ls-files', '--others', '--exclude-standard')];
  return listed.flatMap((names) => names?.split('\n') ?? []);
}

const base = baseOfWork();
const changed = changedSince(base);
const leftOut = ONLY_IN_WHOLE_RUN.filter((file) => !changed.includes(file));
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
  // Vitest's --exclude does not reach the browser's own lists of files.
  { cwd: root, stdio: 'inherit', env: { ...process.env, LEFT_TO_WHOLE_RUN: leftOut.join(',') } },
);
console.log(`Left to npm test: ${leftOut.join(', ') || 'nothing'}`);
process.exitCode = status ?? 1;
