import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { connectionLocales } from '../../../src/locales/customerConnection/connectionLocales.ts';
import { en as connectionEn } from '../../../src/locales/customerConnection/en.ts';
import { en } from '../../../src/locales/en.ts';
import { loadLocale } from '../../../src/locales/loadLocale.ts';
import type { Words } from '../../../src/locales/types.ts';

const english = { language: 'en', english: { ...en, ...connectionEn } };
const german = () => loadLocale('de', connectionLocales);
/** A host's words by language. */
const hostWith = (words: Record<string, Words>) => (key: string, language: string) =>
  new Map(Object.entries(words[language] ?? {})).get(key);

afterEach(() => vi.unstubAllEnvs());

describe('the order', () => {
  test('of a German user: option, German host, German pack, English host, English', async () => {
    const locale = await german();
    const layers = {
      locale,
      lookup: hostWith({ de: { create: 'Los', retry: 'Nochmal' }, en: { create: 'Go', close: 'Shut' } }),
      overrides: { create: 'Start' },
    };
    const translator = createTranslator(layers);
    expect(translator.msg('create')).toBe('Start');
    expect(translator.msg('retry')).toBe('Nochmal');
    // The host says this in English only: our German goes before it.
    expect(translator.msg('close')).toBe('Schließen');
    expect(translator.msg('back')).toBe('Zurück');
  });

  test('of an English user: option, host, ours', () => {
    const translator = createTranslator({
      locale: english,
      lookup: hostWith({ en: { close: 'Shut', create: 'Go' } }),
      overrides: { create: 'Build {count, number}' },
    });
    expect(translator.msg('close')).toBe('Shut');
    expect(translator.msg('create', { count: 1000 })).toBe('Build 1,000');
    expect(translator.msg('retry')).toBe('Try again');
  });

  test('of a language that nobody has a pack for: its words of the host, then English of the host, then ours', () => {
    const translator = createTranslator({
      locale: english,
      hostLanguage: 'pl',
      lookup: hostWith({ pl: { close: 'Zamknij' }, en: { create: 'Go' } }),
    });
    expect([translator.msg('close'), translator.msg('create'), translator.msg('back')]).toEqual([
      'Zamknij',
      'Go',
      'Back',
    ]);
  });

  test('a host can add words for codes that we do not know', () => {
    const translator = createTranslator({ locale: english, lookup: hostWith({ en: { error_x: 'X!' } }) });
    expect(translator.find('error_x')).toBe('X!');
    expect(translator.find('error_y')).toBeUndefined();
    expect(translator.find('constructor')).toBeUndefined();
  });

  test("the host's words are formatted for the host's language, even where we have no pack", () => {
    const translator = createTranslator({
      locale: english,
      hostLanguage: 'pl',
      overrides: { result_heading: '{count, plural, one {# a} few {# b} many {# c} other {# d}}' },
    });
    expect(translator.msg('result_heading', { count: 3 })).toBe('3 b');
  });
});

test('a host that answers with no text is passed over', () => {
  const lookup = () => ({}) as unknown as string;
  expect(createTranslator({ locale: english, lookup }).msg('retry')).toBe('Try again');
});

describe('a key that a pack lacks', () => {
  const portuguese = {
    locale: { language: 'pt', messages: { close: 'Fechar' }, english: english.english },
    lookup: hostWith({ en: { back: 'Return' } }),
  };

  test('is said in English within marks in development, and its numbers are English', () => {
    const translator = createTranslator(portuguese);
    expect(translator.msg('close')).toBe('Fechar');
    expect(translator.msg('result_heading', { count: 2000 })).toBe('⟦2,000 addresses connected⟧');
    expect(translator.msg('back')).toBe('⟦Return⟧');
  });

  test('is said in English without a mark in production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    const translator = createTranslator(portuguese);
    expect(translator.msg('retry')).toBe('Try again');
    expect(translator.msg('back')).toBe('Return');
  });

  test('and without a mark where nobody can say what it is: an unbundled page has no process', () => {
    vi.stubGlobal('process', undefined);
    try {
      expect(createTranslator(portuguese).msg('retry')).toBe('Try again');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('is isolated in Arabic, so that its full stop and number stay where they are', () => {
    vi.stubEnv('NODE_ENV', 'production');
    const locale = { language: 'ar', messages: { close: 'إغلاق' }, english: english.english };
    const translator = createTranslator({ locale });
    expect(translator.msg('close')).toBe('إغلاق');
    expect(translator.msg('retry')).toBe('\u2066Try again\u2069');
  });

  test('of an English user needs no mark', () => {
    expect(createTranslator({ locale: english }).msg('retry')).toBe('Try again');
  });
});
