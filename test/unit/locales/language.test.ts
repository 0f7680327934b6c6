import { describe, expect, it } from 'vitest';
import { canonicalLanguage, directionOf, languageTag } from '../../../src/locales/language.ts';

/** What Intl itself says of a language, in the Node that the repository brings. */
function directionOfIntl(language: string): unknown {
  const locale = new Intl.Locale(language);
  return Reflect.get(Reflect.get(locale, 'getTextInfo').call(locale), 'direction');
}

describe('directionOf', () => {
  it.each([
    ['ar', 'rtl'],
    ['AR-eg', 'rtl'],
    ['he', 'rtl'],
    ['fa', 'rtl'],
    ['ur', 'rtl'],
    ['ps', 'rtl'],
    ['yi', 'rtl'],
    ['dv', 'rtl'],
    ['sd', 'rtl'],
    ['ug', 'rtl'],
    ['ckb', 'rtl'],
    ['ku', 'ltr'],
    ['ku-Arab', 'rtl'],
    ['sd-Deva', 'ltr'],
    ['az-Arab', 'rtl'],
    ['ff-Adlm', 'rtl'],
    ['arn', 'ltr'],
    ['en', 'ltr'],
    ['ja', 'ltr'],
    ['de_AT', 'ltr'],
    ['', 'ltr'],
    ['no language', 'ltr'],
  ])('of %s is %s, as Intl has it', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
    const tag = languageTag(language);
    if (tag) expect(directionOfIntl(tag)).toBe(direction);
  });
});

describe('canonicalLanguage', () => {
  it('takes an underscore for a hyphen, and English for what is no language tag', () => {
    expect(['de_AT', 'PT-br', 'zh_hant_tw', '', 'no language'].map(canonicalLanguage)).toEqual([
      'de-AT',
      'pt-BR',
      'zh-Hant-TW',
      'en',
      'en',
    ]);
  });
});
