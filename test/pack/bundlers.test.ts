import { describe, expect, it } from 'vitest';
import { bundlers } from './bundle.ts';
import { consumer } from './packed.ts';

/** The package's files among a bundle's modules, from its `dist`. */
function ofPackage(modules: readonly string[]): string[] {
  const dist = 'node_modules/lrt-plugin/dist/';
  return modules.filter((path) => path.startsWith(dist)).map((path) => path.slice(dist.length));
}

/** The installed packages that a bundle has code of. */
function packagesOf(modules: readonly string[]): string[] {
  const names = modules.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

const ENTRIES = {
  application: 'app/application.js',
  clientOnly: 'app/clientOnly.js',
  pluginOnly: 'app/pluginOnly.js',
};

describe.each(Object.entries(bundlers))('%s', (_name, bundle) => {
  const building = lazily(() => bundle(consumer, ENTRIES));

  it('builds an application of plugin, client, parts and host', async () => {
    const { modules, warnings } = (await building()).application;
    expect(packagesOf(modules)).toEqual(expect.arrayContaining(['lrt-plugin', 'react', 'antd']));
    expect(ofPackage(modules)).not.toContain('mocks.js');
    expect(warnings).toEqual([]);
  });

  it('brings no React and no antd with the client', async () => {
    const { modules } = (await building()).clientOnly;
    expect(packagesOf(modules).sort()).toEqual(['eventsource-parser', 'lrt-plugin']);
  });

  it('brings neither mocks, client nor languages at once with the plugin', async () => {
    const { modules } = (await building()).pluginOnly;
    const files = ofPackage(modules);
    const languages = ['chunks/de.js', 'chunks/ar.js', 'chunks/connection-de.js', 'chunks/connection-ar.js'];
    for (const file of ['mocks.js', 'client.js', ...languages]) expect(files).not.toContain(file);
    for (const name of ['msw', 'eventsource-parser', 'ol', 'maplibre-gl', 'vite'])
      expect(packagesOf(modules)).not.toContain(name);
  });
});

/** The first test that needs the result makes it, and the others share it. */
function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
