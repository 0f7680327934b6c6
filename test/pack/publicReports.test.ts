/**
 * Symptoms from the public bug reports of published packages, tried on ours as it is packed and installed. docs/tried.md
 * lists them.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { consumer } from './packed.ts';
import { run } from './run.ts';

const dist = join(consumer, 'node_modules/lrt-plugin/dist');

async function filesOf(ending: string): Promise<string[]> {
  const names = await readdir(dist, { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(dist, name));
}

const inNode = (script: string) => run('node', ['--input-type=module', '--eval', script], consumer);

it('colinhacks/zod#4461, #5414, scalar/scalar#8182: the mock backend evaluates no text, and leaves the page’s zod alone', async () => {
  const printed = await inNode(`
    let evaluated = 0;
    globalThis.Function = new Proxy(Function, { construct() { evaluated++; throw new EvalError('unsafe-eval'); } });
    const { createMockBackend } = await import('lrt-plugin/mocks');
    const backend = await createMockBackend();
    const body = JSON.stringify({ name: 'lrt_task', params: { design: 7 } });
    const headers = { 'content-type': 'application/json' };
    const { status } = await backend.fetch('http://mock/tasks', { method: 'POST', headers, body });
    await backend.close();
    console.log(status, evaluated, '__zod_globalConfig' in globalThis);`);
  expect(printed.trim()).toBe('400 0 false');
});

it('googlemaps/js-api-loader#1112, vuejs/pinia#1485, unjs/std-env#72: nothing needs a global "process", which a browser lacks', async () => {
  const printed = await inNode(`
    const { stdout } = process;
    delete globalThis.process;
    const { createTaskClient } = await import('lrt-plugin/client');
    const { createMockBackend } = await import('lrt-plugin/mocks');
    const backend = await createMockBackend();
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { tasks } = await client.listTasks();
    await backend.close();
    stdout.write(String(tasks.length));`);
  expect(printed.trim()).toBe('0');
});

it('timfish/forge-externals-plugin#12: a tool finds package.json', async () => {
  const printed = await inNode(`
    import { createRequire } from 'node:module';
    console.log(createRequire(process.cwd() + '/x.js')('lrt-plugin/package.json').version);`);
  expect(printed.trim()).toBe(packageJson.version);
});

it('mfix22/calendarx#14, MetaMask/core#153: each map that a file names is there', async () => {
  const named: string[] = [];
  for (const file of await filesOf('.js')) {
    const [, map] = /^\/\/# sourceMappingURL=(.+)$/m.exec(await readFile(file, 'utf8')) ?? [];
    if (map !== undefined) named.push(join(dirname(file), map));
  }
  expect(named).not.toEqual([]);
  expect(named.filter((map) => !existsSync(map))).toEqual([]);
});

it('JoschuaSchneider/use-error-boundary#9, davidcetinkaya/embla-carousel-react#24: there is no second React', async () => {
  expect(Object.keys(packageJson.dependencies)).toEqual(['@dagrejs/dagre', 'eventsource-parser']);
  expect(existsSync(join(consumer, 'node_modules/lrt-plugin/node_modules'))).toBe(false);
  for (const file of await filesOf('.js'))
    expect(await readFile(file, 'utf8'), file).not.toMatch(/CLIENT_INTERNALS|ReactCurrentDispatcher/);
});

it('joliss/node-walk-sync#42, maxdewald/moderndash#117: types come from what is installed with the package', async () => {
  const there = [
    'lrt-plugin',
    ...Object.keys(packageJson.dependencies),
    ...Object.keys(packageJson.peerDependencies),
  ];
  for (const file of await filesOf('.d.ts')) {
    const text = (await readFile(file, 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
      const known =
        /^(\.|node:)/.test(name) || there.some((each) => name === each || name.startsWith(`${each}/`));
      expect(known, `${name} in ${file}`).toBe(true);
    }
  }
});
