// Tests that a table of a run's items reads page by page what the filter wants, however many items there are.
import { expect, test, vi } from 'vitest';
import { FAILED, ITEMS, serveRuns } from '../../../../harness/run/runs.ts';
import {
  countReasons,
  FIRST_ITEM,
  type ItemFilter,
  type ItemPlace,
  ItemReader,
  type ListItems,
  type ReasonCount,
} from '../../../../src/monitor/run/ItemReader.ts';

const { signal } = new AbortController();

function reader(pageSize = 1_000) {
  const { client } = serveRuns([], { pageSize });
  const list = vi.fn<ListItems>((...call) => client.listItems?.(...call) ?? Promise.reject());
  return { list, reader: new ItemReader(list, 'run-12') };
}

/** All pages of a filter, one after the other. */
async function pages(filter: ItemFilter, count: number, pageSize?: number) {
  const { reader: own, list } = reader(pageSize);
  const ids: string[][] = [];
  for (let place: ItemPlace | undefined = FIRST_ITEM; place; ) {
    const rows = await own.read(filter, place, { count, signal });
    ids.push(rows.items.map(({ id }) => id));
    place = rows.next;
  }
  return { ids, calls: list.mock.calls.length };
}

test.each([1, 7, 100, 999, 1_000])(
  'pages of 100 rows miss nothing where the server gives %i at once',
  async (size) => {
    const { ids } = await pages({ failed: true }, 10, size);
    expect(ids.flat()).toEqual(FAILED.map(({ id }) => id));
    expect(ids.slice(0, -1).every((page) => page.length === 10)).toBe(true);
  },
);

test('a page that begins within a page of the server costs no call', async () => {
  const { calls } = await pages({ failed: false }, 100);
  expect(calls).toBe(2);
});

test.each<[string, ItemFilter, number]>([
  ['one reason', { failed: true, code: 'pin-in-use' }, 11],
  [
    'a part of the name, in any case',
    { failed: false, text: 'MILL lane' },
    ITEMS.filter(({ id }) => id.includes('Mill')).length,
  ],
  ['a part of the reason', { failed: true, text: 'already' }, 16],
  ['nothing', { failed: true, text: 'no such text' }, 0],
])('finds %s', async (_what, filter, count) => {
  expect((await pages(filter, 100)).ids.flat()).toHaveLength(count);
});

test('a search in a million items stops after 20 calls, and goes on from there', async () => {
  const { reader: own, list } = reader(10);
  const first = await own.read({ failed: false, text: '1999 ' }, FIRST_ITEM, { count: 10, signal });
  expect(first).toMatchObject({ items: [], read: 200, isPaused: true });
  expect(list).toHaveBeenCalledTimes(20);
  const second = await own.read({ failed: false, text: '250 ' }, first.next ?? FIRST_ITEM, {
    count: 1,
    signal,
  });
  expect(second.items.map(({ id }) => id)).toEqual(['250 Hazel Way']);
});

test('counts why items failed', () => {
  const counts = new Map<string, ReasonCount>();
  countReasons(counts, ITEMS);
  countReasons(counts, [{ id: 'x', code: 'too-far', message: 'Another message' }]);
  expect([...counts.values()].map(({ code, count, isSame }) => [code, count, isSame])).toEqual([
    ['too-far', 22, false],
    ['pin-in-use', 11, true],
    ['connected', 5, true],
  ]);
});
