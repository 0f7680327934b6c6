import type { PlanRules } from '../rules.ts';

/** Fibres to buy for those in use. */
export function withSpare(used: number, { spareFibres }: PlanRules): number {
  // 10 and 20 % are 12 fibres, and not a little more.
  return Math.ceil(used * (1 + spareFibres) - 1e-9);
}

/** The cables that hold the fibres with their spare: the smallest that does, or several of the largest and one more. */
export function cableSizesFor(used: number, rules: PlanRules): number[] {
  const largest = rules.cableSizes.at(-1) ?? 1;
  const sizes: number[] = [];
  let left = withSpare(used, rules);
  for (; left > largest; left -= largest) sizes.push(largest);
  const last = rules.cableSizes.find((size) => size >= left);
  if (left > 0 && last !== undefined) sizes.push(last);
  return sizes;
}
