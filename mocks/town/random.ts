import { drawDistinct, seededRandom } from '../../backend/definitions/seededRandom.ts';

/** A number from 0 (included) to 1 (excluded), the next of a sequence that its seed decides. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  const draw = seededRandom(seed);
  return () => draw(2 ** 32) / 2 ** 32;
}

/** A shuffled copy. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return drawDistinct(items, items.length, (limit) => Math.floor(random() * limit));
}
