/** A seed, 0 to 2^32 - 1, for a task that was given none: the same one for each of its attempts (FNV-1a of its id). */
export function seedOf(taskId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < taskId.length; at += 1) hash = Math.imul(hash ^ taskId.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Whole numbers from 0 to below `limit`, the same ones in the same order for the same seed (mulberry32). */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** `count` of the items, each at most once, in the order drawn: the first part of a Fisher-Yates shuffle. */
export function drawDistinct<T>(items: readonly T[], count: number, random: (limit: number) => number): T[] {
  const rest = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && rest.length > 0) {
    const at = random(rest.length);
    const item = rest[at];
    const last = rest.pop();
    if (item === undefined || last === undefined) break;
    if (at < rest.length) rest[at] = last;
    drawn.push(item);
  }
  return drawn;
}
