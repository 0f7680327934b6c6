import { expect, test, vi } from 'vitest';
import { openLater } from '../../../backend/tasks/openLater.ts';

function counting(to: number) {
  let n = 0;
  const close = vi.fn();
  const open = vi.fn(async () => ({
    next: async () => {
      n += 1;
      return n > to ? undefined : n;
    },
    close,
  }));
  return { items: openLater(open), open, close };
}

test('opens with the first item, once, and closes with the end', async () => {
  const { items, open, close } = counting(3);
  expect(open).not.toHaveBeenCalled();
  const seen: number[] = [];
  for await (const item of items) seen.push(item);
  expect(seen).toEqual([1, 2, 3]);
  expect(open).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalled();
  expect(await items.next()).toEqual({ done: true, value: undefined });
});

test('closes when its reader leaves early', async () => {
  const { items, close } = counting(3);
  for await (const _ of items) break;
  expect(close).toHaveBeenCalledOnce();
  expect((await items.next()).done).toBe(true);
});

test('left while it opens, closes what was opened', async () => {
  const { items, close } = counting(3);
  const first = items.next();
  await items.return();
  expect((await first).done).toBe(true);
  expect(close).toHaveBeenCalled();
});

test('left before it began opens nothing', async () => {
  const { items, open } = counting(3);
  await items.return();
  expect((await items.next()).done).toBe(true);
  expect(open).not.toHaveBeenCalled();
});

test('says why it could not open, or could not go on, and is over then', async () => {
  const refused = openLater(() => Promise.reject(new Error('closed')));
  await expect(refused.next()).rejects.toThrow('closed');
  expect((await refused.next()).done).toBe(true);
  const close = vi.fn();
  const broken = openLater(async () => ({ next: () => Promise.reject(new Error('lost')), close }));
  await expect(broken.next()).rejects.toThrow('lost');
  expect(close).toHaveBeenCalled();
});
