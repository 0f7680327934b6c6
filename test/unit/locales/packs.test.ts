import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkRepository } from '../../../scripts/locales.ts';
import { ERROR_CODES } from '../../../src/contract/index.ts';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { connectionLocales } from '../../../src/locales/customerConnection/connectionLocales.ts';
import { titles } from '../../../src/locales/customerConnection/titles.ts';
import { en } from '../../../src/locales/en.ts';
import { enErrors } from '../../../src/locales/enErrors.ts';
import { loadLocale, packFor, partsLocales } from '../../../src/locales/loadLocale.ts';
import { en as previewEn } from '../../../src/locales/preview/en.ts';

const languages = Object.keys(titles);

test('every pack of the repository is as `npm run locales` wants it', async () => {
  const { text, failed } = await checkRepository();
  expect(failed, text).toBe(false);
  expect(text).not.toContain('error ');
});

test.each(languages)(
  'the %s pack has words for every error that an engine or protocol may give',
  async (language) => {
    const translator = createTranslator({ locale: await loadLocale(language, connectionLocales) });
    const missing = ERROR_CODES.filter((code) => /⟦|^$/.test(translator.find(`error_${code}`) ?? ''));
    expect(missing).toEqual([]);
  },
);

test.each(languages)(
  'the %s pack calls the tool what the toolbar calls it before the pack is there',
  async (language) => {
    const translator = createTranslator({ locale: await loadLocale(language, connectionLocales) });
    expect(translator.msg('title')).toBe(Object.entries(titles).find(([tag]) => tag === language)?.[1]);
  },
);

test('the parts use no words of the plugin that connects customers', () => {
  const used = readdirSync('src/parts').flatMap((file) => {
    const source = readFileSync(`src/parts/${file}`, 'utf8').replace(/^ *\*.*$/gm, '');
    return [...source.matchAll(/\bmsg\(\s*'([\w-]+)'/g)].map(([, key]) => key);
  });
  expect(used.length).toBeGreaterThan(30);
  const parts = { ...en, ...enErrors, ...previewEn };
  expect(used.filter((key = '') => !Object.hasOwn(parts, key))).toEqual([]);
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
    const { language, messages } = await loadLocale('de-CH', partsLocales);
    expect(language).toBe('de-CH');
    expect(messages?.close).toBe('Schließen');
  });

  test('without a pack has English words and English numbers', async () => {
    const { language, messages, english } = await loadLocale('ru', partsLocales);
    expect({ language, messages, close: english.close }).toEqual({
      language: 'en',
      messages: undefined,
      close: 'Close',
    });
  });

  test('is there at once the second time', async () => {
    await loadLocale('fr', partsLocales);
    expect(partsLocales.of('fr-CA')).toMatchObject({ complete: true, messages: { close: 'Fermer' } });
  });
});
