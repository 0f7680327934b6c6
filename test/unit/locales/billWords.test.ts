import { expect, test } from 'vitest';
import { unitOfItem } from '../../../src/contract/priceItems.ts';
import { en as plan } from '../../../src/locales/plan/en.ts';
import { en as preview } from '../../../src/locales/preview/en.ts';

test('a preview has words for every item that a bill of a plan may have', () => {
  const items = Object.keys(plan).flatMap((key) => /^item_name_(.+)$/.exec(key)?.[1] ?? []);
  const known = items.filter((item) => unitOfItem(item) ?? unitOfItem(`${item}-12`));
  expect(known.length).toBeGreaterThan(10);
  expect(known.filter((item) => !Object.hasOwn(preview, `bill_${item}`))).toEqual([]);
});
