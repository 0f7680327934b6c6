import { expect, test } from 'vitest';
import { generateTown } from '../../../mocks/index.ts';
import { hash, TOWN_HASH } from '../../support/network/townHash.ts';

test('the town in the browser is the town in Node', async () => {
  expect(await hash(generateTown())).toBe(TOWN_HASH);
});
