import { checkPacks } from 'lrt-plugin/locales';
import { expect, it } from 'vitest';
import { packs } from '../src/locales/index.ts';

it('every language has every word, with the same placeholders and its own plural forms', () => {
  expect(checkPacks(packs)).toEqual([]);
});
