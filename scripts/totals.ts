import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { leftOut } from './leftOut.ts';

const SLOWEST = 15;

/**
 * Closes a run for whoever reads its end: the seconds of each project, the slowest files, what was left out, what
 * failed, what passed at the second try only, and one plain line of totals after the output of all other reporters.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]) {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    const failures: string[] = [];
    const retried: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      if (module.errors().length > 0) failures.push(relative(process.cwd(), module.moduleId));
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        if (test.diagnostic()?.flaky) {
          // It was another error each time, perhaps: the first says most.
          const reason = errors[0]?.message.split('\n')[0] ?? 'no reason is known';
          retried.push(`${relative(process.cwd(), module.moduleId)}: ${test.fullName}\n    ${reason}`);
        }
        if (state === 'passed') passed += 1;
        else if (state === 'failed') {
          failed += 1;
          failures.push(`${relative(process.cwd(), module.moduleId)}: ${test.fullName}`);
        } else skipped += 1;
      }
    }
    const files = modules.map(timeOfFile);
    // The other reporters print first.
    process.once('exit', () => {
      console.log(`\n${secondsByProject(files)}\n\n${slowestFiles(files)}`);
      const missing = leftOut();
      if (missing) console.log(`\n${missing}`);
      if (retried.length > 0) console.log(`\n${named('Passed at the second try: each is a bug', retried)}`);
      if (failures.length > 0) console.log(`\n${named('Failed', failures)}`);
      console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    });
  }
}

export interface FileTime {
  project: string;
  /** Relative to the working directory. */
  file: string;
  /** In its tests and hooks. */
  testSeconds: number;
  /** Until its tests could run, without its environment. */
  loadSeconds: number;
  /** The worker took so long to make the environment. Files that share a worker have the same figure: it was made once. */
  environmentSeconds: number;
}

function timeOfFile(module: TestModule): FileTime {
  const time = module.diagnostic();
  return {
    project: module.project.name,
    file: relative(process.cwd(), module.moduleId),
    testSeconds: time.duration / 1000,
    loadSeconds: (time.prepareDuration + time.collectDuration + time.setupDuration) / 1000,
    environmentSeconds: time.environmentSetupDuration / 1000,
  };
}

/** One line for each project, the slowest first. Files run side by side: the sum is more than what a clock shows. */
export function secondsByProject(files: readonly FileTime[]): string {
  const projects = [...new Set(files.map(({ project }) => project))];
  const rows = projects.map((project) => {
    const own = files.filter((file) => file.project === project);
    const tests = sum(own.map(({ testSeconds }) => testSeconds));
    const environments = new Set(own.map(({ environmentSeconds }) => environmentSeconds));
    const load = sum([...own.map(({ loadSeconds }) => loadSeconds), ...environments]);
    return { project, count: own.length, tests, load };
  });
  const lines = rows
    .sort((one, other) => other.tests + other.load - one.tests - one.load)
    .map(
      ({ project, count, tests, load }) =>
        `${seconds(tests)}  ${project.padEnd(12)} ${count} ${count === 1 ? 'file' : 'files'}, ${load.toFixed(1)} s more to load`,
    );
  return ['Seconds in tests, by project', ...lines].join('\n');
}

export function slowestFiles(files: readonly FileTime[]): string {
  const slowest = files.toSorted((one, other) => other.testSeconds - one.testSeconds).slice(0, SLOWEST);
  const lines = slowest.map(
    ({ project, file, testSeconds }) => `${seconds(testSeconds)}  ${project.padEnd(12)} ${file}`,
  );
  return [`Slowest ${lines.length} files`, ...lines].join('\n');
}

const named = (title: string, names: readonly string[]) =>
  [title, ...names.map((name) => `  ${name}`)].join('\n');

const seconds = (value: number) => value.toFixed(1).padStart(7);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
