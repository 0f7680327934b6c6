import { expect, it } from 'vitest';
import { incrementName } from '../../../../backend/definitions/DropBuilder.ts';

it.each([
  ['DROP-6000', 'DROP-6001'],
  ['P-009', 'P-010'],
  ['P-999', 'P-1000'],
  ['CAM-P-0001', 'CAM-P-0002'],
  ['7', '8'],
  ['A1B2', 'A1B3'],
  ['X-99999999999999999999', 'X-100000000000000000000'],
  ['Pole', 'Pole'],
  ['12 Elm Street', '12 Elm Street'],
  ['', ''],
])('%s is followed by %s', (name, next) => {
  expect(incrementName(name)).toBe(next);
});
