import { expect, test } from 'vitest';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { generateTown } from '../../../../mocks/index.ts';
import { isSamePart, putTogether, takeApart } from '../../../../mocks/persistence/networkParts.ts';

test('a town that was taken apart is the same again, and a part that nobody changed is known', () => {
  const store = new MemoryStore({ town: generateTown({ addresses: 1_500 }) });
  const state = store.toState();
  const { frame, names, parts } = takeApart(state);
  expect(names.length).toBeGreaterThan(3);
  expect(Math.max(...Array.from(parts.values(), ({ length }) => length))).toBeLessThanOrEqual(1_000);
  const rows = names.map((name) => parts.get(name));
  expect(putTogether({ frame, names }, rows)).toEqual(state);
  const again = takeApart(store.toState()).parts;
  for (const [name, part] of parts) expect(isSamePart(again.get(name), part)).toBe(true);
  expect(isSamePart(undefined, [])).toBe(false);
});
