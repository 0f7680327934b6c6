// Runs the steps of .ci/run after the dependencies are there. Steps that need nothing of each other run side by side; the
// output of each is printed in one piece when it has ended, and the tests write theirs as it comes, last.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Step {
  /** The name of a script in package.json, and its arguments. */
  command: readonly string[];
  /** Steps that go before it. */
  after?: readonly string[];
}

/** The longest first: two at a time keep two cores busy. */
const STEPS: Record<string, Step> = {
  build: { command: ['build'] },
  'build:storybook': { command: ['build:storybook', '--', '--quiet'] },
  lint: { command: ['lint'] },
  types: { command: ['types'] },
  knip: { command: ['knip'] },
  locales: { command: ['locales'] },
  'api:check': { command: ['api:check'], after: ['build'] },
  weight: { command: ['weight'], after: ['build'] },
  'build:examples': { command: ['build:examples'], after: ['build'] },
};
const AT_A_TIME = 2;

const started = performance.now();
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(0).padStart(4);
const times: string[] = [];

/** Resolves with the exit code. `shown`: the output goes to the terminal as it comes. */
function run(args: readonly string[], { shown = false } = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd: root,
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += part));
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => {
      process.stdout.write(output);
      resolve(code ?? 1);
    });
  });
}

async function runStep(name: string, { command }: Step): Promise<boolean> {
  const begin = performance.now();
  const code = await run(['run', ...command]);
  times.push(`${seconds(begin)} s  ${name}${code === 0 ? '' : '  FAILED'}`);
  return code === 0;
}

/** Resolves with whether all passed. After a failure no further step is begun. */
async function runSteps(): Promise<boolean> {
  const left = new Map(Object.entries(STEPS));
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  let passed = true;
  for (;;) {
    for (const [name, step] of left) {
      const isReady = passed && (step.after ?? []).every((other) => done.has(other));
      if (!isReady || running.size >= AT_A_TIME) continue;
      left.delete(name);
      const ended = runStep(name, step).then((ok) => {
        passed &&= ok;
        done.add(name);
        running.delete(name);
      });
      running.set(name, ended);
    }
    if (running.size === 0) return passed;
    await Promise.race(running.values());
  }
}

const passed = await runSteps();
console.log(`\nSteps before the tests, ${seconds(started).trim()} s in all\n${times.join('\n')}\n`);
process.exitCode = passed ? await run(['test', '--', '--retry=1'], { shown: true }) : 1;
