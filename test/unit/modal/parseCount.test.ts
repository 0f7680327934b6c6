import { expect, test } from 'vitest';
import { parseCount } from '../../../src/modal/parseCount.ts';

test.each([
  ['2000', 'en', 2000],
  [' 2,000 ', 'en', 2000],
  ['2.000', 'de', 2000],
  ['2’000', 'de-CH', 2000],
  ['2 000', 'fr', 2000],
  ['٢٠٠٠', 'ar', 2000],
  ['２０００', 'ja', 2000],
  ['1', 'en', 1],
  ['100,000', 'en', 100_000],
])('%s is a count in %s', (text, language, count) => {
  expect(parseCount(text, language)).toBe(count);
});

test.each([
  ['1.5', 'en'],
  ['1,5', 'de'],
  ['2.00', 'de'],
  ['20,00', 'en'],
  ['2000,000', 'en'],
  ['1,,000', 'en'],
  ['-1', 'en'],
  ['+1', 'en'],
  ['0', 'en'],
  ['100001', 'en'],
  ['1e9', 'en'],
  ['0x10', 'en'],
  ['Infinity', 'en'],
  ['abc', 'en'],
  ['', 'en'],
  ['1 2', 'en'],
])('%s is none in %s', (text, language) => {
  expect(parseCount(text, language)).toBeUndefined();
});
