import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../src/contract.ts';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { en } from '../../../src/locales/en.ts';
import { enErrors } from '../../../src/locales/enErrors.ts';
import { formatMessage } from '../../../src/locales/format.ts';
import { loadedLocale, loadLocale, packFor } from '../../../src/locales/loadLocale.ts';
import { titles } from '../../../src/locales/titles.ts';

const languages = Object.keys(titles);
const english: Record<string, string> = { ...en, ...enErrors };

/** Names in a template, without the branches of plurals. */
function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] ?? ''))].sort();
}

describe.each(languages)('the %s pack', (language) => {
  test('has every key, and none besides', async () => {
    const { messages } = await loadLocale(language);
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    expect(Object.entries(messages).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('has the placeholders of the English text', async () => {
    const { messages } = await loadLocale(language);
    for (const [key, text] of Object.entries(messages)) {
      const missing = placeholders(english[key] ?? '').filter((name) => !text.includes(`{${name}`));
      const unknown = placeholders(text).filter((name) => !(english[key] ?? '').includes(`{${name}`));
      expect({ key, missing, unknown }).toEqual({ key, missing: [], unknown: [] });
    }
  });

  test('has every plural form of its language', async () => {
    const { messages } = await loadLocale(language);
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, text] of Object.entries(messages)) {
      if (!text.includes(', plural,')) continue;
      const missing = pluralCategories.filter((category) => !new RegExp(`\\b${category} \\{`).test(text));
      expect({ key, missing }).toEqual({ key, missing: [] });
    }
  });

  test('is well formed: every template can be filled', async () => {
    const { messages } = await loadLocale(language);
    for (const [key, text] of Object.entries(messages)) {
      const values = Object.fromEntries(placeholders(text).map((name) => [name, 3]));
      expect(`${key}: ${formatMessage(text, values, language)}`).not.toMatch(/[{}]/);
    }
  });

  test('has words for every error that an engine or protocol may give', async () => {
    const translator = createTranslator({ locale: await loadLocale(language) });
    const missing = ERROR_CODES.filter((code) => translator.find(`error_${code}`) === undefined);
    expect(missing).toEqual([]);
  });
});

describe('a language', () => {
  test.each([
    ['de-AT', 'de'],
    ['pt_BR', 'en'],
    ['AR-eg', 'ar'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('%s is served by the pack %s', (language, pack) => {
    expect(packFor(language)).toBe(pack);
  });

  test('keeps its region for numbers', async () => {
    const { language, messages } = await loadLocale('de-CH');
    expect(language).toBe('de-CH');
    expect(messages.close).toBe('Schließen');
  });

  test('without a pack has English words and English numbers', async () => {
    expect((await loadLocale('ru')).language).toBe('en');
  });

  test('is there at once the second time', async () => {
    await loadLocale('fr');
    expect(loadedLocale('fr-CA')?.messages.close).toBe('Fermer');
  });
});

describe('layers', () => {
  const locale = { language: 'en', messages: en };

  test('the host goes before the pack, the option before the host', () => {
    const host: Record<string, string> = { close: 'Shut', create: 'Go' };
    const translator = createTranslator({
      locale,
      lookup: (key) => host[key],
      overrides: { create: 'Build {count, number}' },
    });
    expect(translator.msg('close')).toBe('Shut');
    expect(translator.msg('create', { count: 1000 })).toBe('Build 1,000');
    expect(translator.msg('retry')).toBe('Try again');
  });

  test('a host can add words for codes that we do not know', () => {
    const translator = createTranslator({ locale, lookup: (key) => (key === 'error_x' ? 'X!' : undefined) });
    expect(translator.find('error_x')).toBe('X!');
    expect(translator.find('error_y')).toBeUndefined();
    expect(translator.find('constructor')).toBeUndefined();
  });

  test("the host's words are formatted for the host's language, even where we have no pack", () => {
    const translator = createTranslator({
      locale,
      hostLanguage: 'pl',
      overrides: { result_heading: '{count, plural, one {# a} few {# b} many {# c} other {# d}}' },
    });
    expect(translator.msg('result_heading', { count: 3 })).toBe('3 b');
  });
});
