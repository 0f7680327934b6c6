import { expect, test } from 'vitest';
import { parseNumber } from '../../../src/parts/parseNumber.ts';

test.each([
  ['0.2', 'en', 0.2],
  ['1,250.5', 'en', 1_250.5],
  ['17,5', 'de', 17.5],
  ['1.250,5', 'de', 1_250.5],
  ['1 250,5', 'fr', 1_250.5],
  ['١٧٫٥', 'ar', 17.5],
  ['１７.５', 'ja', 17.5],
  ['0', 'en', 0],
])('%s is a number in %s', (text, language, value) => {
  expect(parseNumber(text, language)).toBe(value);
});

test.each([
  ['1.5', 'de'],
  ['1,5', 'en'],
  ['.5', 'en'],
  ['5.', 'en'],
  ['1.5.2', 'en'],
  ['-1', 'en'],
  ['1e3', 'en'],
  ['NaN', 'en'],
  ['', 'en'],
])('%s is none in %s', (text, language) => {
  expect(parseNumber(text, language)).toBeUndefined();
});
