import { afterEach, describe, expect, test, vi } from 'vitest';
import { localesWith } from '../../../src/locales/customerConnection/connectionLocales.ts';
import { messages as connection } from '../../../src/locales/customerConnection/de.ts';
import { loadLocale, packTools, partsLocales } from '../../../src/locales/loadLocale.ts';
import { localesOf } from '../../../src/locales/packs.ts';
import type { Packs } from '../../../src/locales/types.ts';

const reported = vi.fn();

afterEach(() => {
  reported.mockReset();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** What came from outside TypeScript, such as a JSON file. */
const unchecked = (packs: unknown) => packs as Packs;

describe('an application’s own packs', () => {
  test('add a language, as an object or fetched: its module’s messages, its default, or the words themselves', async () => {
    const words = { create: 'Criar ligações' };
    const sources: Packs[string][] = [
      words,
      async () => words,
      async () => ({ messages: words }),
      async () => ({ default: words }),
    ];
    for (const source of sources) {
      const locales = localesWith({ pt: source });
      expect(await loadLocale('pt-BR', locales)).toMatchObject({
        language: 'pt-BR',
        messages: words,
        english: { error_cancelled: 'The task was cancelled.' },
      });
    }
  });

  test('of a region go over those of the language, and both over ours', async () => {
    const locales = localesWith({
      'de-CH': { close: 'Schliessen' },
      de: { close: 'Zu', retry: 'Nochmal' },
    });
    const swiss = await loadLocale('de-CH', locales);
    expect(swiss.messages).toMatchObject({ close: 'Schliessen', retry: 'Nochmal', back: 'Zurück' });
    const german = await loadLocale('de', locales);
    expect(german.messages).toMatchObject({ close: 'Zu', retry: 'Nochmal', back: 'Zurück' });
  });

  test('in English leave our other languages as they are', async () => {
    const locales = localesWith({ en: { close: 'Shut' } });
    expect((await loadLocale('en', locales)).english.close).toBe('Shut');
    expect((await loadLocale('de', locales)).messages?.close).toBe('Schließen');
  });

  test('are fetched once, and only in the language that is asked for', async () => {
    const pt = vi.fn(async () => ({ close: 'Fechar' }));
    const it = vi.fn(async () => ({ close: 'Chiudi' }));
    const locales = localesWith({ pt, it });
    expect(locales.of('pt').complete).toBe(false);
    await loadLocale('pt', locales);
    await loadLocale('pt', locales);
    expect(locales.of('pt')).toMatchObject({ complete: true, messages: { close: 'Fechar' } });
    expect([pt.mock.calls.length, it.mock.calls.length]).toEqual([1, 0]);
  });
});

describe('another plugin’s packs', () => {
  const packs: Packs = { en: { title: 'Labels' }, de: { title: 'Beschriftung' } };

  test('have the parts’ words beside them', async () => {
    const { messages } = await loadLocale('de', localesOf(packs, packTools(partsLocales), true));
    expect(messages).toMatchObject({ title: 'Beschriftung', retry: 'Erneut versuchen' });
  });

  test('never say our words for a key of their own', async () => {
    const { messages, english } = await loadLocale('fr', localesOf(packs, packTools(partsLocales), true));
    expect(messages?.retry).toBe('Réessayer');
    expect(messages?.title).toBeUndefined();
    expect(english.title).toBe('Labels');
  });

  test('have no words of the plugin that connects customers beside them', async () => {
    const { messages } = await loadLocale('de', localesOf({ en: {} }, packTools(partsLocales), true));
    expect(messages).toHaveProperty('error_timeout');
    for (const key of Object.keys(connection)) expect(messages).not.toHaveProperty([key]);
  });
});

describe('a pack that is none', () => {
  const wrong: [string, unknown, string][] = [
    ['cannot be fetched', () => Promise.reject(new Error('offline')), "'pt' could not be loaded"],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      "'pt' could not be loaded",
    ],
    ['is an array', () => Promise.resolve(['a']), "'pt' must be texts by key"],
    ['has groups', { LRT: { close: 'Fechar' } }, "'pt' must be texts by key"],
    ['is nothing', null, "'pt' must be texts by key"],
    ['is undefined', () => undefined, "'pt' must be texts by key"],
    ['is a text', 'Fechar', "'pt' must be texts by key"],
  ];

  test.each(wrong)(
    'because it %s leaves the user with English, and is reported',
    async (_, pack, problem) => {
      vi.stubGlobal('reportError', reported);
      const locales = localesWith(unchecked({ pt: pack }));
      expect(await loadLocale('pt', locales)).toMatchObject({ language: 'en', messages: undefined });
      expect(reported).toHaveBeenCalledOnce();
      expect(String(reported.mock.calls[0])).toContain(problem);
    },
  );

  test('is not reported in production', async () => {
    vi.stubGlobal('reportError', reported);
    vi.stubEnv('NODE_ENV', 'production');
    await loadLocale('pt', localesWith(unchecked({ pt: 5 })));
    expect(reported).not.toHaveBeenCalled();
  });

  test('is asked for again by the next call', async () => {
    vi.stubGlobal('reportError', reported);
    const pt = vi.fn(async () => ({ close: 'Fechar' })).mockRejectedValueOnce(new Error('offline'));
    const locales = localesWith({ pt });
    expect((await loadLocale('pt', locales)).language).toBe('en');
    expect((await loadLocale('pt', locales)).messages?.close).toBe('Fechar');
  });

  test('takes no other with it: our German stays where an own German fails', async () => {
    vi.stubGlobal('reportError', reported);
    const locales = localesWith(unchecked({ de: 1, 'no tag at all': {} }));
    expect((await loadLocale('de', locales)).messages?.close).toBe('Schließen');
  });
});
