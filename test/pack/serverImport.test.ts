import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { consumer } from './packed.ts';
import { run } from './run.ts';

const modules = Object.keys(packageJson.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => `lrt-plugin${entry.slice(1)}`);

describe('on a server, in Node', () => {
  it.each(modules)('%s can be imported', async (module) => {
    // Node has a `navigator`, which a page's code may take for a browser's.
    const script = `
      if (typeof window !== 'undefined' || typeof document !== 'undefined') throw new Error('a page, not a server');
      console.log(Object.keys(await import('${module}')).length);`;
    const printed = await run('node', ['--input-type=module', '--eval', script], consumer);
    expect(Number(printed)).toBeGreaterThan(0);
  });

  it('runs the mock backend without MSW, which only its handlers need', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(name, context, next) {
          if (/^msw(\\/|$)/.test(name)) throw new Error('msw is not installed');
          return next(name, context);
        },
      });
      const { createMockBackend } = await import('lrt-plugin/mocks');
      const backend = await createMockBackend();
      console.log((await backend.fetch('http://mock/tasks')).status);
      try {
        backend.handlers('http://mock');
      } catch (error) {
        console.log(error.message, error.cause.message);
      }
      await backend.close();`;
    const printed = await run('node', ['--input-type=module', '--eval', script], consumer);
    expect(printed).toMatch(/^200\nMockBackend.handlers\(\) needs MSW.*npm install.*msw is not installed/);
  });

  it('renders to a string what the stand-in host shows', async () => {
    const script = `
      import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
      import { LrtPlugin } from 'lrt-plugin';
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      const app = createApplication({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] });
      console.log(renderToString(createElement(HostProvider, { app }, createElement(Toolbar))));`;
    expect(await run('node', ['--input-type=module', '--eval', script], consumer)).toContain('<button');
  });
});
