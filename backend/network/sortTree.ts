import KDBush from 'kdbush';

/**
 * Sorts a tree to which all points were added, as `finish()` does, in steps between which other work may go on: for 200,000
 * points `finish()` holds a page up for a fifth of a second. Returns the finished tree over the same memory.
 */
export function* sortTree(tree: KDBush): Generator<undefined, KDBush> {
  const { ids, coords, nodeSize } = tree;
  const waiting: [left: number, right: number, axis: number][] = [[0, ids.length - 1, 0]];
  let sorted = 0;
  for (let range = waiting.pop(); range; range = waiting.pop()) {
    const [left, right, axis] = range;
    if (right - left <= nodeSize) continue;
    const middle = (left + right) >> 1;
    select(ids, coords, middle, left, right, axis);
    waiting.push([middle + 1, right, 1 - axis], [left, middle - 1, 1 - axis]);
    sorted += right - left;
    if (sorted < STEP) continue;
    sorted = 0;
    yield;
  }
  return KDBush.from(tree.data);
}

/** A step handles about so many points, or one range that is larger. */
const STEP = 50_000;

type Numbers = KDBush['ids'] | KDBush['coords'];

/** Moves the points so that none before `middle` is greater on the axis, and none after it is less. */
function select(ids: Numbers, coords: Numbers, middle: number, from: number, to: number, axis: number): void {
  let [left, right] = [from, to];
  const at = (i: number) => coords[2 * i + axis] ?? 0;
  while (left < right) {
    const pivot = medianOf(at(left), at((left + right) >> 1), at(right));
    let [i, j] = [left, right];
    while (i <= j) {
      while (at(i) < pivot) i += 1;
      while (at(j) > pivot) j -= 1;
      if (i > j) break;
      swap(ids, coords, i, j);
      i += 1;
      j -= 1;
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(ids: Numbers, coords: Numbers, i: number, j: number): void {
  swapItem(ids, i, j);
  swapItem(coords, 2 * i, 2 * j);
  swapItem(coords, 2 * i + 1, 2 * j + 1);
}

function swapItem(numbers: Numbers, i: number, j: number): void {
  const item = numbers[i] ?? 0;
  numbers[i] = numbers[j] ?? 0;
  numbers[j] = item;
}
