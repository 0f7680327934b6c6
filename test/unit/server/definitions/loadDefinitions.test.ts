import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const task = (name: string) => `
  import { defineTask } from 'lrt-server';
  const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
  export default defineTask({ name: '${name}', params, execute: async () => {} });`;

/** By what is in a module: what is said of it. */
const MODULES: [text: string, outcome: RegExp][] = [
  [task('greet'), /^customer_connection_task,lrt_task,plan_area_task,undo_task,greet$/],
  [
    `${task('one').replace('default ', 'const one = ')} export default [one];`,
    /^customer_connection_task,lrt_task,plan_area_task,undo_task,one$/,
  ],
  ['export default [];', /^customer_connection_task,lrt_task,plan_area_task,undo_task$/],
  [`${task('own')} export const tables = [{ name: 'inspection' }];`, /,own,inspection$/],
  [
    `${task('own')} export const tables = [{ name: 'pole' }];`,
    /tasks\.mjs: defineTables\("pole"\): "name" must be/,
  ],
  ['export default 7;', /tasks\.mjs: the default export must be a task/],
  ['export const task = {};', /tasks\.mjs: the default export must be a task/],
  ['export default [null];', /tasks\.mjs: the default export must be a task/],
  ['export default { name: "no spaces" };', /tasks\.mjs: defineTask\("no spaces"\): "name" must be/],
  ['import "./not-there.mjs";', /tasks\.mjs cannot be loaded: .*not-there\.mjs/],
  [
    'import "not-installed";',
    /Cannot find package 'not-installed'.*; run "npm install not-installed" in \/.+$/,
  ],
  ['export default const;', /tasks\.mjs cannot be loaded: Unexpected .*; "node .*tasks\.mjs" shows where$/],
  ['throw new Error("not today");', /tasks\.mjs cannot be loaded: not today$/],
  // The author's takes the place of the shipped one: it is last, where the authors' are, and there once.
  [task('customer_connection_task'), /^lrt_task,plan_area_task,undo_task,customer_connection_task$/],
];

let folder: string;
let outcomes: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-tasks-'));
  const files = MODULES.map((_, i) => join(folder, String(i), 'tasks.mjs'));
  for (const [i, [text]] of MODULES.entries()) {
    await mkdir(join(folder, String(i)));
    await writeFile(files[i] ?? '', text);
  }
  const lists = [...files.map((file) => [file]), [join(folder, 'no-such.mjs')], [files[0], files[0]]];
  // In Node itself: how it loads modules is what this is about.
  const script = `
    import { loadDefinitions } from '${join(import.meta.dirname, '../../../../server/src/definitions/loadDefinitions.ts')}';
    const outcomes = [];
    for (const files of ${JSON.stringify(lists)}) {
      outcomes.push(await loadDefinitions(files).then(
        ({ definitions, tables }) => [...definitions, ...tables].map(({ name }) => name).join(),
        (error) => error.name + ': ' + error.message,
      ));
    }
    console.log(JSON.stringify(outcomes));`;
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  outcomes = JSON.parse((await node).stdout);
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

test.each(MODULES.map(([text, outcome], i) => ({ text, outcome, i })))('$text', ({ outcome, i }) => {
  expect(outcomes[i]).toMatch(outcome);
  if (!/^[a-z_,]+$/.test(outcomes[i] ?? '')) expect(outcomes[i]).toMatch(/^ConfigError: --tasks /);
});

test('a file that is not there', () => {
  expect(outcomes.at(-2)).toMatch(/--tasks .*no-such\.mjs: there is no such file/);
});

test('two files with the same task', () => {
  expect(outcomes.at(-1)).toMatch(/the task "greet" is also one of .*tasks\.mjs; rename one of them/);
});
