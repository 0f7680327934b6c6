/**
 * Symptoms from the public bug reports of libraries for translations and for progress bars, tried on the words and numbers
 * that users read. docs/tried.md lists them.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { formatMessage } from '../../../src/locales/format.ts';
import { formatDuration, formatPercent } from '../../../src/locales/intl.ts';
import { shippedLocales } from '../../../src/locales/loadLocale.ts';

const TREES = '{count, plural, =0 {none} one {# tree} two {two} few {# few} many {# many} other {# trees}}';
const say = (count: number, language: string) => formatMessage(TREES, { count }, language);

describe('plural forms', () => {
  it('miniflux/v2#4130, ibitcy/eo-locale#122: Arabic has six, in each of its regions', () => {
    for (const language of ['ar', 'ar-SA', 'ar_SA', 'ar-EG-u-nu-latn']) {
      const forms = [0, 1, 2, 3, 11, 100].map((count) =>
        say(count, language).replace(/[\d\u0660-\u0669]+/g, 'N'),
      );
      expect(forms, language).toEqual(['none', 'N tree', 'two', 'N few', 'N many', 'N trees']);
    }
  });

  it('Couchers-org/couchers#8028, mashpie/i18n-node#245: a region without rules of its own has those of its language', () => {
    expect([say(1, 'es-419'), say(2, 'de-XX'), say(1, 'pt_BR')]).toEqual(['1 tree', '2 trees', '1 tree']);
  });

  it('rmariuzzo/Lang.js#64: an English text that stands in for a missing one has English forms', () => {
    const english = { trees: '{count, plural, one {# tree} other {# trees}}' };
    const { find } = createTranslator({ locale: { language: 'ja', messages: {}, english } });
    expect(find('trees', { count: 1 })).toMatch(/1 tree(?!s)/);
  });

  it('Skeptick/libres#54: a language that nobody knows is no error', () => {
    for (const language of ['xx', 'tlh', 'not a language', '', 'x-private'])
      expect(say(2, language), language).toBe('2 trees');
  });
});

describe('values', () => {
  it('jamesarosen/ember-i18n#1: a value that is missing is no error', () => {
    expect(formatMessage('Hello {name}', { name: undefined }, 'en')).toBe('Hello {name}');
    expect(formatMessage(TREES, {}, 'en')).toContain('none');
    expect(formatMessage('Hello {constructor}', {}, 'en')).toBe('Hello {constructor}');
  });

  it('CNCKitchen/stlTexturizer#104: a value is read neither as a template nor as markup', () => {
    const name = '{count, plural, other {<img src=x onerror=alert(1)>}} #';
    expect(formatMessage('Saved {name}', { name, count: 3 }, 'en')).toBe(`Saved ${name}`);
  });
});

describe('words that are missing', () => {
  const english = { close: 'Close', intro: 'This takes minutes' };

  it('aissat/easy_localization#493: a text that a translator left empty counts as missing', () => {
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => void vi.unstubAllEnvs());
    const locale = { language: 'de', messages: { close: '', intro: ' ' }, english };
    const { find } = createTranslator({ locale, lookup: () => '' });
    expect([find('close'), find('intro')]).toEqual(['Close', 'This takes minutes']);
    // Whoever gives the plugin an empty text wants none.
    expect(createTranslator({ locale, overrides: { intro: '' } }).find('intro')).toBe('');
  });

  it('angular-translate/angular-translate#972, esphome/device-builder-frontend#1517: where a language does not load, the words are English, and it is asked for again', async () => {
    let asked = 0;
    const german = async () => {
      if (++asked === 1) throw new Error('the chunk is not there');
      return { messages: { close: 'Schließen' } };
    };
    const none = async () => ({ messages: {} });
    const locales = shippedLocales(english, { en: none, de: german, fr: none, es: none, ja: none, ar: none });
    const word = () => createTranslator({ locale: locales.of('de') }).find('close');
    await locales.load('de').catch(() => {});
    expect(word()).toBe('Close');
    await locales.load('de');
    expect(word()).toBe('Schließen');
  });
});

describe('numbers', () => {
  it('alphagov/notifications-admin#1344, spack/spack#51830, pycondor/pycondor#52: 100 % is said at the end, and not of 99.6', () => {
    expect([99.4, 99.6, 99.999, 100].map((percent) => formatPercent(percent, 'en'))).toEqual([
      '99%',
      '99%',
      '99%',
      '100%',
    ]);
  });

  it('npkgz/cli-progress#16: a duration has whole minutes and no sixtieth second', () => {
    expect([59.6, 119.7, 3_599.6, 3_691].map((seconds) => formatDuration(seconds, 'en'))).toEqual([
      '1 min',
      '2 min',
      '1 hr',
      '1 hr 1 min',
    ]);
  });
});
