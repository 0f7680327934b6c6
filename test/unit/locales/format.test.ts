import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../src/locales/format.ts';
import { formatDuration, formatLength, formatPercent } from '../../../src/locales/intl.ts';

describe('a message', () => {
  test('is filled in, its numbers written as the language writes them', () => {
    expect(formatMessage('{done, number} of {total}', { done: 1234.5, total: 2000 }, 'de')).toBe(
      '1.234,5 of 2.000',
    );
  });

  test('picks the exact number, then the plural category, then other', () => {
    const template = '{n, plural, =0 {none} one {# pole} other {# poles}}';
    const shown = [0, 1, 2, 12_345].map((n) => formatMessage(template, { n }, 'en'));
    expect(shown).toEqual(['none', '1 pole', '2 poles', '12,345 poles']);
  });

  test('has all six Arabic forms', () => {
    const template = '{n, plural, zero {z} one {o} two {t} few {f} many {m} other {x}}';
    const shown = [0, 1, 2, 3, 11, 100].map((n) => formatMessage(template, { n }, 'ar'));
    expect(shown).toEqual(['z', 'o', 't', 'f', 'm', 'x']);
  });

  test('may have placeholders inside its plural branches', () => {
    const template = '{total, plural, one {{done} / # pole} other {{done} / # poles}}';
    expect(formatMessage(template, { done: 3, total: 1 }, 'en')).toBe('3 / 1 pole');
  });

  test('keeps apostrophes, line ends and lone # as they are', () => {
    expect(formatMessage("l'été #1\n{x}", { x: "d'or" }, 'fr')).toBe("l'été #1\nd'or");
  });

  test('never reads a value as a template', () => {
    const hostile = '{secret} {n, plural, other {x}} # <b>$&';
    expect(formatMessage('a {value} b', { value: hostile, secret: 'no' }, 'en')).toBe(`a ${hostile} b`);
  });

  test('shows a placeholder that has no value, and takes none from the prototype', () => {
    expect(formatMessage('{name} {constructor} {n, number}', {}, 'en')).toBe(
      '{name} {constructor} {n, number}',
    );
  });

  test.each([
    '{',
    '}',
    'a { b',
    '{n, plural}',
    '{n, plural, one {x}}',
    '{n, plural, other {x}',
    '{n, plural, other {x} y}',
    '{n, plural, weird {x} other {y}}',
    '{n, select, a {x} other {y}}',
    '{}',
    '{a-b}',
    'fine {n} then }',
  ])('that is malformed is shown as it is: %s', (template) => {
    expect(formatMessage(template, { n: 1 }, 'en')).toBe(template);
  });

  test('survives a language that does not exist', () => {
    expect(formatMessage('{n}', { n: 1234 }, 'no such language')).toBe('1,234');
  });
});

describe('amounts', () => {
  test('lengths turn from metres to kilometres', () => {
    const lengths = [0, 12, 999.4, 999.6, 84_012, 1_234_567].map((metres) => formatLength(metres, 'en'));
    expect(lengths).toEqual(['0 m', '12 m', '999 m', '1.0 km', '84.0 km', '1,235 km']);
    expect(formatLength(84_012, 'de')).toBe('84,0 km');
  });

  test('durations show the units that matter', () => {
    const durations = [0, 59.6, 65, 600, 3600, 3725].map((seconds) => formatDuration(seconds, 'en'));
    expect(durations).toEqual(['0 sec', '1 min', '1 min 5 sec', '10 min', '1 hr', '1 hr 2 min']);
    expect(formatDuration(-5, 'ja')).toBe('0 秒');
  });

  test('a percentage is not rounded up to 100 before the end', () => {
    expect([99.99, 100].map((percent) => formatPercent(percent, 'en'))).toEqual(['99%', '100%']);
  });
});

describe('names in the letters of the other direction', () => {
  // U+2068 and U+2069 begin and end a text that keeps its own direction.
  test.each([
    ['ar', '12 Mill Lane', '\u206812 Mill Lane\u2069'],
    ['ar', 'شارع الطاحونة', 'شارع الطاحونة'],
    ['ar', '5 ث', '5 ث'],
    ['ar', '49%', '49%'],
    ['en', '12 Mill Lane', '12 Mill Lane'],
    ['en', 'شارع 7', '\u2068شارع 7\u2069'],
    ['ja', '電柱 7', '電柱 7'],
  ])('are isolated in %s: %s', (language, name, shown) => {
    expect(formatMessage('<{name}>', { name }, language)).toBe(`<${shown}>`);
  });
});
