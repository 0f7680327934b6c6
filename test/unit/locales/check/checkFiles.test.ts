import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkFiles } from '../../../../src/locales/check/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** The report with the folder's own path left out. */
async function check(paths = [folder], options = {}): Promise<{ lines: string[]; failed: boolean }> {
  const { text, failed } = await checkFiles(paths, options);
  return { lines: text.replaceAll(`${folder}/`, '').split('\n'), failed };
}

describe('the check of files', () => {
  test('finds packs by the language in their name, and says file, key, what and fix', async () => {
    write({
      'src/locales/en.mjs': "export const en = { hello: 'Hello {name}', bye: 'Good bye' };",
      'src/locales/de.mjs': "export const messages = { hello: 'Hallo' };",
      'src/locales/index.mjs': "throw new Error('not a pack: never loaded')",
      'src/map/it.mjs': "throw new Error('no English beside it: never loaded')",
    });
    expect(await check()).toEqual({
      failed: true,
      lines: [
        'src/locales/de.mjs',
        '  error    bye is missing: translate "Good bye"',
        '  error    hello lacks {name}: put {name} where its value belongs',
        '2 packs, 2 errors, 0 warnings',
      ],
    });
  });

  test('finds message files by the language of their folder, group by group', async () => {
    write({
      'public/locales/en/app.msg': '{ "APP": { "hello": "Hello" } }',
      'public/locales/de/app.msg': '\uFEFF{ "APP": { "hello": "Hallo", "bye": "Tschüss" } }',
    });
    const { lines } = await check();
    expect(lines).toEqual([
      'public/locales/de/app.msg',
      '  error    APP.bye is not a key of the English pack: remove it, or mend its name',
      '2 packs, 1 error, 0 warnings',
    ]);
  });

  test('compares a host’s group LRT with our English: it replaces only what it names', async () => {
    write({
      'locales/de/host.msg':
        '{ "LRT": { "create": "Los", "error_our-own": "Unser Fehler", "crate": "x", "server_said": "Er sagt" } }',
    });
    const { lines } = await check();
    expect(lines.slice(1, -1)).toEqual([
      '  error    LRT.crate is not a key of the English pack: remove it, or mend its name',
      '  error    LRT.server_said lacks {message}: put {message} where its value belongs',
    ]);
  });

  test('compares a pack that is given itself with our English', async () => {
    write({ 'pt.json': '{ "create": "Criar ligações", "crate": "x" }' });
    const whole = await check([join(folder, 'pt.json')]);
    expect(whole.lines).toContain('  error    close is missing: translate "Close"');
    const partial = await check([join(folder, 'pt.json')], { partial: true });
    expect(partial.lines.slice(0, 2)).toEqual([
      'pt.json',
      '  error    crate is not a key of the English pack: remove it, or mend its name',
    ]);
  });

  test('names a file that cannot be read, and checks the others', async () => {
    write({
      'locales/en/app.msg': '{ "APP": { "hello": "Hello" } }',
      'locales/de/app.msg': '{ "APP": { "hello": "Hallo", } }',
      'locales/fr/app.msg': '[]',
      'locales/es/app.msg': '{ "APP": { "hello": "" } }',
      'words/en.mjs': "export const en = { a: 'A' };",
      'words/de.mjs': 'export const de = 3;',
    });
    const { lines, failed } = await check();
    expect(failed).toBe(true);
    expect(lines.join('\n')).toMatch(/de\/app\.msg\n {2}error {4}cannot be read: .*JSON.*position 29/);
    expect(lines).toContain("  error    exports no pack: export it: export const messages = { key: 'text' }");
    expect(lines).toContain('  error    APP.hello is empty: write a text, or leave the key out');
  });

  test('says so where there is nothing to check', async () => {
    expect((await check()).lines.join('\n')).toContain('there are no language packs: name them after');
    expect((await check([join(folder, 'nowhere')])).lines.join('\n')).toContain('does not exist');
    write({ 'words.json': '{}' });
    expect((await check([join(folder, 'words.json')])).lines.join('\n')).toContain(
      'has no language in its path',
    );
  });
});
