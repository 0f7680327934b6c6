import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtNames } from '../../scripts/entries.mjs';
import { consumer, tarball } from './packed.ts';

const folder = join(consumer, 'node_modules/lrt-plugin');

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

const packed = await filesIn(folder);

/** All that is meant to be in the tarball. What matches none of these was packed by mistake. */
const MEANT = [
  /^(package\.json|README\.md|ARCHITECTURE\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/THIRD_PARTY_LICENSES\.txt$/,
  /^dist\/(chunks\/)?[\w-]+(\/[\w-]+)*\.(js|js\.map|d\.ts)$/,
  /^docs\/[\w-]+\.md$/,
  /^docs\/images\/[\w-]+\.(webp|svg)$/,
  /^bin\/[\w-]+\.mjs$/,
  /^templates\//,
];

/** Paths of the machine that built: home and temporary folders, and the repository itself. */
const MACHINE_PATH = /file:\/\/\/|(?<![\w.:/@-])\/(?:home|root|Users|work|tmp|private|builds)\/[\w.-]+/;

/** Whether a built file, or one that it imports at once, imports React. */
async function importsReact(file: string, seen = new Set<string>()): Promise<boolean> {
  if (seen.has(file)) return false;
  seen.add(file);
  const code = await readFile(file, 'utf8');
  for (const [, id = ''] of code.matchAll(/^(?:import|export)\s[^'"]*['"]([^'"]+)['"]/gm)) {
    if (/^react(-dom)?($|\/)/.test(id)) return true;
    if (id.startsWith('.') && (await importsReact(join(file, '..', id), seen))) return true;
  }
  return false;
}

describe('what is in the tarball', () => {
  it('is what is meant to be, and nothing else', () => {
    expect(packed.filter((path) => !MEANT.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('is small: pictures below 100 kB each, the tarball below 2.3 MB', async () => {
    const pictures = packed.filter((path) => path.startsWith('docs/images/'));
    expect(pictures).not.toEqual([]);
    for (const path of pictures) expect((await stat(join(folder, path))).size, path).toBeLessThan(100_000);
    // 1 MB before the package had the monitor, a run's page, notices, and the clients of Reflex servers and of services; 1.6 MB
    // before it had workflows, their views, and the words of these in six languages; 1.8 MB before its backend read files of planners,
    // planned areas, undid runs and wrote files, and before it had the dialog of a plan. 2.2 MB before files of
    // eighty publishers were known by their columns and words.
    expect((await stat(tarball)).size).toBeLessThan(2_300_000);
  });

  it('has the pictures that its README shows', async () => {
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    const shown = [...readme.matchAll(/(?:src|srcset)="(docs\/[^"]+)"/g)].map(([, path]) => path);
    expect(shown).not.toEqual([]);
    expect(packed).toEqual(expect.arrayContaining(shown));
  });

  it('marks the entries that need React for bundlers that build for a server too, and only those', async () => {
    const marked: string[] = [];
    const needReact: string[] = [];
    for (const name of Object.keys(builtNames)) {
      const entry = join(folder, 'dist', `${name}.js`);
      if ((await readFile(entry, 'utf8')).startsWith("'use client';")) marked.push(name);
      if (await importsReact(entry)) needReact.push(name);
    }
    expect(marked).toEqual(needReact);
    expect(marked).toEqual(expect.arrayContaining(['index', 'parts', 'myworld', 'host', 'qwc2']));
    expect(marked).not.toContain('client');
  });

  it('has no tests but those of the templates', () => {
    const tests = packed.filter((path) => /\.(test|stories|contract)\.|__tests__/.test(path));
    expect(tests.filter((path) => !path.startsWith('templates/'))).toEqual([]);
  });

  it('has code, types and a source map of every entry', () => {
    for (const name of Object.keys(builtNames)) {
      expect(packed).toEqual(
        expect.arrayContaining([`dist/${name}.js`, `dist/${name}.js.map`, `dist/${name}.d.ts`]),
      );
    }
  });

  it('has the licences of what is bundled', async () => {
    const licences = await readFile(join(folder, 'dist/THIRD_PARTY_LICENSES.txt'), 'utf8');
    for (const name of ['hono', 'zod', 'kdbush', 'geokdbush', 'geographiclib-geodesic', 'idb-keyval'])
      expect(licences).toContain(`Name: ${name}\n`);
  });

  it('knows nothing of the machine that built it', async () => {
    const telling: string[] = [];
    for (const path of packed.filter((name) => !name.endsWith('.webp'))) {
      const found = MACHINE_PATH.exec(await readFile(join(folder, path), 'utf8'));
      if (found) telling.push(`${path}: ${found[0]}`);
    }
    expect(telling).toEqual([]);
  });

  it('has source maps that bring the sources along', async () => {
    const maps = packed.filter((path) => path.endsWith('.js.map'));
    for (const path of maps) {
      const { sources, sourcesContent }: { sources: string[]; sourcesContent?: (string | null)[] } =
        JSON.parse(await readFile(join(folder, path), 'utf8'));
      expect(sourcesContent?.length, path).toBe(sources.length);
      expect(sourcesContent, path).not.toContain(null);
    }
  });

  it('declares its types without the platform, which nobody can install', async () => {
    for (const path of packed.filter((name) => name.endsWith('.d.ts')))
      expect(await readFile(join(folder, path), 'utf8'), path).not.toMatch(/from ['"]myWorld-client/);
  });
});
