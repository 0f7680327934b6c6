import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { withReactOfQwc2 } from '../../../../../examples/qwc2/build/withReactOfQwc2.ts';
import { sourceAliases } from '../../../../../scripts/entries.mjs';

/** The file that examples/qwc2 makes for a script tag, of the sources here instead of the published package. */
async function buildFile(): Promise<string> {
  const root = new URL('../../../../../examples/qwc2', import.meta.url).pathname;
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: sourceAliases },
    plugins: [withReactOfQwc2('src/plugin.ts', 'lrt')],
    build: { write: false, minify: false },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const chunks = output?.output.filter((file) => file.type === 'chunk') ?? [];
  expect(chunks.map(({ fileName }) => fileName)).toEqual(['lrt.js']);
  return chunks[0]?.code ?? '';
}

/** A page with so much of QWC2 that a plugin can be registered. */
function openPage(libs: object) {
  const window = new EventTarget();
  const addPlugin = vi.fn();
  const nothing = () => {};
  const qwc2 = {
    ...Object.fromEntries(
      [
        'removePlugin',
        'setCurrentTask',
        'addLayerFeatures',
        'removeLayer',
        'refreshLayer',
        'zoomToExtent',
        'panTo',
      ].map((name) => [name, nothing]),
    ),
    addPlugin,
    getState: () => ({ locale: { current: 'de-CH', messages: {} } }),
    LayerRole: { THEME: 2, SELECTION: 4 },
    CoordinatesUtils: { reproject: nothing, reprojectBbox: nothing },
    libs: { connect: () => (component: unknown) => component, ...libs },
    components: {},
  };
  const globals = {
    window,
    console,
    setTimeout,
    clearTimeout,
    queueMicrotask,
    Event,
    EventTarget,
    TextDecoder,
    URL,
    AbortController,
    Intl,
  };
  return {
    addPlugin,
    run: (code: string) => runInNewContext(code, globals),
    apiReady() {
      Object.assign(window, { qwc2 });
      window.dispatchEvent(new Event('QWC2ApiReady'));
    },
  };
}

const react18 = createRequire(new URL('../../../../react18/package.json', import.meta.url));
const react19 = createRequire(import.meta.url);

describe('the file for QWC2', () => {
  let code = '';
  beforeAll(async () => {
    code = await buildFile();
  }, 60_000);

  it.each([
    ['18', react18],
    ['19', react19],
  ])('waits for the API, then registers with its React %s', (version, load) => {
    const React: { version: string } = load('react');
    expect(React.version.split('.')[0]).toBe(version);
    const page = openPage({ React, ReactDOM: load('react-dom') });
    page.run(code);
    expect(page.addPlugin).not.toHaveBeenCalled();
    page.apiReady();
    expect(page.addPlugin).toHaveBeenCalledWith('LrtPlugin', expect.anything(), expect.anything());
    const tasks = { 'de-CH': { appmenu: { items: { LrtTasks: 'Aufgaben' } } } };
    expect(page.addPlugin).toHaveBeenCalledWith(
      'LrtTasksPlugin',
      expect.anything(),
      expect.objectContaining(tasks),
    );
  });

  it('brings no React of its own', () => {
    expect(code.includes('Minified React error')).toBe(false);
  });

  it('is one file, which loads nothing else', () => {
    const withoutComments = code.replace(/\/\*[\s\S]*?\*\//g, '');
    expect(withoutComments.match(/\brequire\(|\bimport\(/g)).toBeNull();
  });
});
