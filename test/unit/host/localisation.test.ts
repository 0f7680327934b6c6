import { describe, expect, it, vi } from 'vitest';
import { hostMessages } from '../../../src/host/hostMessages.ts';
import { Localisation } from '../../../src/host/localisation.ts';

function localisation(language: string): Localisation {
  const made = new Localisation(language);
  made.loadMessages('en', { LRT: { title: 'Connect', hello: 'Hello {name}, {count} of {total}' } });
  made.loadMessages('pt', { LRT: { title: 'Conectar' } });
  made.loadMessages('pt-BR', { LRT: { hello: 'Oi {name}' } });
  return made;
}

describe('Localisation', () => {
  it('falls back from the region to the language to English to nothing', () => {
    const texts = localisation('pt-BR');
    expect(texts.lookup('LRT', 'hello')).toBe('Oi {name}');
    expect(texts.lookup('LRT', 'title')).toBe('Conectar');
    texts.setLanguage('de');
    expect(texts.lookup('LRT', 'title')).toBe('Connect');
    expect(texts.lookup('LRT', 'unknown')).toBeUndefined();
    expect(texts.lookup('constructor', 'name')).toBeUndefined();
  });

  it('fills placeholders, leaves those without a value, and gives the key of what is unknown', () => {
    const texts = localisation('en');
    expect(texts.msg('LRT', 'hello', { name: 'Ada', count: 0 })).toBe('Hello Ada, 0 of {total}');
    expect(texts.msg('LRT', 'toString')).toBe('toString');
    expect(texts.msg('LRT', 'hello', {})).toBe('Hello {name}, {count} of {total}');
  });

  it('layers what is loaded later over what was there, key by key', () => {
    const texts = localisation('en');
    texts.loadMessages('en', { LRT: { title: 'Join' } });
    expect(texts.msg('LRT', 'title')).toBe('Join');
    expect(texts.msg('LRT', 'hello', { name: 'A', count: 1, total: 2 })).toBe('Hello A, 1 of 2');
  });

  it.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa', 'rtl'],
    ['UR', 'rtl'],
    ['en', 'ltr'],
    ['arn', 'ltr'],
    ['de_AT', 'ltr'],
    ['ps', 'rtl'],
  ])('knows the direction of %s', (language, direction) => {
    expect(new Localisation(language).direction).toBe(direction);
  });

  it('takes an underscore for a hyphen, and refuses what is no language tag', () => {
    expect(new Localisation('de_AT').language).toBe('de-AT');
    expect(() => new Localisation('no language')).toThrow("'no language' is not a language tag");
  });

  it('tells when the language or the texts are others, and only then', () => {
    const texts = localisation('en');
    const changed = vi.fn();
    texts.on('changed', changed);
    texts.setLanguage('EN');
    expect(changed).not.toHaveBeenCalled();
    texts.setLanguage('ar');
    texts.loadMessages('ar', {});
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('names the entry of the wrong shape and adds nothing of the file', () => {
    const texts = localisation('en');
    const wrong: [unknown, string][] = [
      [null, "messages for 'en' must be an object of groups"],
      [[], "messages for 'en' must be an object of groups"],
      [{ LRT: 'text' }, "messages for 'en', group 'LRT', must be an object"],
      [{ LRT: { title: 'New', count: 3 } }, "message 'LRT.count' for 'en' must be a text, and is number"],
    ];
    for (const [messages, problem] of wrong) {
      expect(() => texts.loadMessages('en', messages)).toThrow(problem);
    }
    expect(texts.msg('LRT', 'title')).toBe('Connect');
  });

  it('refuses what is not a language tag', () => {
    expect(() => new Localisation('english language')).toThrow("'english language' is not a language tag");
    expect(() => localisation('en').setLanguage('')).toThrow(
      "'' is not a language tag; give one such as 'en'",
    );
  });

  it('has all texts of the host in each of its languages', () => {
    const keys = Object.keys(hostMessages.en?.host ?? {});
    expect(keys.length).toBeGreaterThan(5);
    for (const messages of Object.values(hostMessages)) {
      expect(Object.keys(messages.host ?? {})).toEqual(keys);
    }
  });
});
