import { describe, expect, it } from 'vitest';
import { findMessageFiles, localesModule, parseMessageFile } from '../../../../standin/vite/messageFiles.ts';

const samples = new URL('../../../../harness/samples', import.meta.url).pathname;

describe('message files', () => {
  it('are found below a folder, by module and language', () => {
    const found = findMessageFiles(samples, ['.']);
    expect(new Set(found.map(({ module }) => module))).toEqual(
      new Set([
        'connect_addresses',
        'connect_dialog',
        'pole_connections',
        'pole_editor',
        'pole_names',
        'pole_report',
      ]),
    );
    expect(found.filter(({ module }) => module === 'pole_names').map(({ language }) => language)).toEqual([
      'ar',
      'de',
      'en',
      'es',
      'fr',
      'ja',
    ]);
  });

  it('are none where the folder does not exist', () => {
    expect(findMessageFiles(samples, ['no-such-folder'])).toEqual([]);
  });

  it('become code that loads each one once it is asked for', () => {
    const found = [
      { module: 'custom', language: 'en', file: '/a/en/custom.msg' },
      { module: 'custom', language: 'de', file: '/a/de/custom.msg' },
    ];
    expect(localesModule(found)).toBe(
      'provideModuleLocales({ "custom": { "en": () => import("/a/en/custom.msg"), "de": () => import("/a/de/custom.msg") } });',
    );
  });

  it('are JSON, with or without a byte order mark', () => {
    expect(parseMessageFile('\uFEFF{ "G": { "k": "t" } }', 'x.msg')).toEqual({ messages: { G: { k: 't' } } });
  });

  it.each([
    ['{ "G": {\n  "k": "t",\n} }', 'x.msg:3:1', 'remove the comma after the last entry'],
    ['{ "G": {\n  "k": \'t\' } }', 'x.msg:2:8', 'put texts in double quotes'],
    ['{ "G": {\n  // words\n "k": "t" } }', 'x.msg:2:3', 'remove the comment'],
    ['{ "G": {\n  "k": "t"\n  "l": "u" } }', 'x.msg:3:3', 'a comma is missing before this entry'],
    ['{ "G": {\n  "k": "t" ', 'x.msg:2', 'the file ends too early'],
    ['', 'x.msg:1', 'the file ends too early'],
    ['[1]', 'x.msg:1', 'must be an object of message groups'],
  ])('that are not: %j', (code, where, advice) => {
    const parsed = parseMessageFile(code, 'x.msg');
    expect(parsed).toMatchObject({
      problem: expect.stringContaining(advice),
      at: { line: Number(where.split(':')[1]) },
    });
    expect('problem' in parsed && parsed.problem).toContain(where);
  });
});
