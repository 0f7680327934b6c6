import { expect, it } from 'vitest';
import { priceBill } from '../../../../backend/planning/bill.ts';

it('prices a bill and names the items that the price list does not have', () => {
  const bill = [
    { item: 'cable-12', unit: 'metre' as const, quantity: 100 },
    { item: 'closure', unit: 'piece' as const, quantity: 2 },
    { item: 'splice', unit: 'piece' as const, quantity: 7 },
  ];
  const prices = new Map([
    ['cable-12', 1.5],
    ['splice', Number.NaN],
  ]);
  expect(priceBill(bill, prices)).toEqual({
    lines: [{ item: 'cable-12', unit: 'metre', quantity: 100, price: 1.5, cost: 150 }],
    total: 150,
    missing: ['closure', 'splice'],
  });
});
