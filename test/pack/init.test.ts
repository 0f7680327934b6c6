import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarball } from './packed.ts';
import { run } from './run.ts';

const MINUTES = 60_000;
const timings: string[] = [];
let folder: string;
let project: string;

const FROM_TARBALL = ['--yes', '--prefer-offline', '--package', tarball, 'lrt-plugin'];

/** The platform has the plugin once `register.js` of the docs was loaded. */
const REGISTERED = `
it('is registered', async () => {
  const { default: myw } = await import('myWorld-client');
  await import('../register.js');
  expect(myw.applicationDefinition.plugins.placeClosures).toBeTypeOf('function');
});
`;

async function importsOf(file: string): Promise<Set<string | undefined>> {
  const code = await readFile(join(project, file), 'utf8');
  return new Set([...code.matchAll(/from\s*["']([^"']+)["']/g)].map(([, source]) => source));
}

async function timed(name: string, work: () => Promise<string>): Promise<string> {
  const start = performance.now();
  const printed = await work();
  timings.push(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return printed;
}

const npm = (...args: string[]) => timed(`npm ${args.join(' ')}`, () => run('npm', args, project));

// What a newcomer types, from an empty folder, with nothing but the packed package.
describe('npx lrt-plugin init', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lrt-init-'));
    project = join(folder, 'my-plugin');
    await timed('npx lrt-plugin init', () => run('npx', [...FROM_TARBALL, 'init', 'my-plugin'], folder));
    await npm('install', '--prefer-offline', '--no-audit', '--no-fund');
  }, 10 * MINUTES);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    console.log(`init to green: ${timings.join(', ')}`);
  });

  it('its types fit, and a mistake is found', { timeout: 2 * MINUTES }, async () => {
    await npm('run', 'types');
    const wrong = join(project, 'src', 'wrong.ts');
    await writeFile(
      wrong,
      `import { createTaskSession } from 'lrt-plugin/parts';\ncreateTaskSession({ app: {}, taskName: 1, pluginId: 'x' });\n`,
    );
    await expect(run('npm', ['run', 'types'], project)).rejects.toThrow(/src\/wrong\.ts.*taskName|TS2322/s);
    await rm(wrong);
  });

  it('its tests are green: the task, its words, the plugin and the monitor as the user sees them, and the stories', {
    timeout: 5 * MINUTES,
  }, async () => {
    const printed = await npm('test');
    expect(printed).toMatch(/13 passed/);
    expect(printed).not.toContain('stderr |');
  });

  it('it builds a plugin that brings nothing that the application has', {
    timeout: 2 * MINUTES,
  }, async () => {
    await npm('run', 'build');
    expect(await importsOf('dist/index.js')).toEqual(
      new Set(['antd', 'lrt-plugin/host', 'lrt-plugin/parts', 'react', 'react/jsx-runtime']),
    );
  });

  it('its stories build', { timeout: 4 * MINUTES }, async () => {
    await npm('run', 'build:storybook');
    const index = JSON.parse(await readFile(join(project, 'storybook-static', 'index.json'), 'utf8'));
    expect(Object.keys(index.entries)).toHaveLength(3);
  });

  it('with the changes of docs/write-a-plugin.md and --host myworld: green on the stand-in, built for the platform', {
    timeout: 5 * MINUTES,
  }, async () => {
    for (const change of ['anotherParameter', 'anotherButton']) {
      await run('git', ['apply', resolve(`test/docs/${change}.diff`)], project);
    }
    const installed = join(project, 'node_modules/.bin/lrt-plugin');
    await run(installed, ['init', 'theirs', '--host', 'myworld'], folder);
    for (const file of ['host.ts', 'myWorld-client.d.ts']) {
      await cp(join(folder, 'theirs', 'src', file), join(project, 'src', file));
    }
    await run('npm', ['run', 'types'], project);
    await run('npm', ['run', 'build'], project);
    expect(await importsOf('dist/index.js')).toEqual(
      new Set([
        'antd',
        'lrt-plugin/parts',
        'myWorld-client',
        'myWorld-client/react',
        'react',
        'react/jsx-runtime',
      ]),
    );
    await cp('test/docs/registerInPlatform.js', join(project, 'register.js'));
    await appendFile(join(project, 'test', 'plugin.test.tsx'), REGISTERED);
    expect(await run('npm', ['test'], project)).toMatch(/16 passed/);
  });
});
