import { describe, expect, test } from 'vitest';
import { checkPacks } from '../../../../src/locales/check/index.ts';

const en = {
  create: 'Create connections',
  hello: 'Hello {name}',
  poles: '{count, plural, one {# pole} other {# poles}}',
};

/** What is wrong with a pack, as 'key problem'. */
function problems(language: string, pack: unknown): string[] {
  return checkPacks({ en, [language]: pack }).map(({ key, problem }) =>
    [key, problem].filter(Boolean).join(' '),
  );
}

const de = {
  create: 'Anschlüsse erstellen',
  hello: 'Hallo {name}',
  poles: '{count, plural, one {# Mast} other {# Masten}}',
};

describe('a pack', () => {
  test('that says what English says is well', () => {
    expect(problems('de', de)).toEqual([]);
    expect(
      problems('ja', { create: '接続を作成', hello: '{name}さん', poles: '{count, plural, other {#本}}' }),
    ).toEqual([]);
  });

  test.each([
    ['lacks a key', { hello: de.hello, poles: de.poles }, 'create is missing'],
    ['has another', { ...de, creat: 'x' }, 'creat is not a key of the English pack'],
    ['has an empty text', { ...de, create: ' ' }, 'create is empty'],
    ['has what is no text', { ...de, create: 3 }, 'create is not a text, but number'],
    ['has a key of the prototype', { ...de, toString: 'x' }, 'toString is not a key of the English pack'],
    ['forgets a placeholder', { ...de, hello: 'Hallo' }, 'hello lacks {name}'],
    ['invents one', { ...de, create: 'Los {wohin}' }, 'create has {wohin}, which is given no value'],
    ['is not translated', { ...de, create: en.create }, 'create is the English text'],
    ['is no object', ['a'], 'is not an object of texts by key'],
  ])('that %s is told so', (_, pack, problem) => {
    expect(problems('de', pack)).toEqual([problem]);
  });

  test('lacking a plural form of its language is told which, with the fix', () => {
    const ar = { ...de, poles: '{count, plural, one {#} two {#} other {#}}' };
    expect(checkPacks({ en, ar })).toEqual([
      {
        language: 'ar',
        key: 'poles',
        problem: '{count, plural} lacks zero, few, many',
        fix: 'add zero {…} few {…} many {…}',
        severity: 'error',
      },
    ]);
  });

  test('with a plural form that its language has not is warned', () => {
    const found = checkPacks({ en, ja: { ...de, poles: '{count, plural, one {#本} other {#本}}' } });
    expect(found).toMatchObject([
      { problem: "{count, plural} has one, which 'ja' never uses", severity: 'warning' },
    ]);
  });

  test.each([
    ['Hallo {name', '{name without its }, at character 7'],
    ['Hallo name}', 'a } without its {, at character 11'],
    [
      '{name, select, a {x} other {y}}',
      '{name, select is not known: there are number and plural, at character 1',
    ],
    ['{name, plural, one {x}}', "{name, plural} without the form 'other', at character 1"],
    ['{name, plural, one {x} eins {y} other {z}}', "'eins' is not a plural form, at character 24"],
    ['{name, plural, other {x} other {y}}', "the plural form 'other' twice, at character 26"],
    ['{name, plural, other {x}', '{name, plural without its }, at character 1'],
    ['{name, plural, other {x', 'a { without its }, at character 22'],
    ['{name, plural, other x}', "the plural form 'other' without its {text}, at character 22"],
    ['{} {name}', 'a { without a name after it, at character 1'],
  ])('with the malformed text %s is told where', (hello, problem) => {
    expect(problems('de', { ...de, hello })).toEqual([`hello ${problem}`]);
  });

  test('may lack keys, where that is allowed', () => {
    expect(checkPacks({ en, pt: { hello: 'Olá {name}' } }, { partial: true })).toEqual([]);
  });

  test('needs English to be compared with, and a language tag for a name', () => {
    expect(checkPacks({ de })).toMatchObject([{ problem: 'there is no English pack' }]);
    expect(problems('no tag', de)).toEqual(['is not a language tag']);
  });

  test('in English is checked like the others', () => {
    expect(checkPacks({ en: { poles: '{count, plural, other {# poles}}' } })).toMatchObject([
      { language: 'en', key: 'poles', problem: '{count, plural} lacks one' },
    ]);
  });
});
