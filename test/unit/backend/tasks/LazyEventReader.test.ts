import { describe, expect, test, vi } from 'vitest';
import { readLazily } from '../../../../backend/tasks/LazyEventReader.ts';
import { LoggedEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import type { TaskEvent } from '../../../../src/contract/index.ts';
import { logEvent } from '../../../support/tasks/playedEvents.ts';

/** A source of the first `count` events; `come` brings more. */
function counting(count: number, end = true) {
  const waiting = Array.from({ length: count }, (_, i) => LoggedEvent.of(logEvent(i + 1)));
  const close = vi.fn();
  const source = {
    onReadable: undefined as (() => void) | undefined,
    take: (): LoggedEvent | undefined => waiting.shift(),
    get over() {
      return end && waiting.length === 0;
    },
    close,
  };
  const open = vi.fn(async () => source);
  const come = (event: TaskEvent) => {
    waiting.push(LoggedEvent.of(event));
    source.onReadable?.();
  };
  return { open, close, source, come };
}

const numbers = (events: ({ seq: number } | undefined)[]) => events.map((event) => event?.seq);

describe('awaited', () => {
  test('opens with the first event, once, and closes with the end', async () => {
    const { open, close } = counting(3);
    const events = readLazily(open);
    expect(open).not.toHaveBeenCalled();
    const seen: TaskEvent[] = [];
    for await (const event of events) seen.push(event);
    expect(numbers(seen)).toEqual([1, 2, 3]);
    expect(open).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
    expect(events.over).toBe(true);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test('resolves with what comes later', async () => {
    const { open, come } = counting(0, false);
    const events = readLazily(open);
    const next = events.next();
    await events.open();
    come(logEvent(7));
    expect((await next).value?.seq).toBe(7);
  });

  test('closes when its reader leaves early', async () => {
    const { open, close } = counting(3);
    const events = readLazily(open);
    for await (const _ of events) break;
    expect(close).toHaveBeenCalledOnce();
    expect((await events.next()).done).toBe(true);
  });

  test('left while it opens, closes what was opened', async () => {
    const { open, close } = counting(3);
    const events = readLazily(open);
    const first = events.next();
    await events.return();
    expect((await first).done).toBe(true);
    expect(await events.open()).toBe(false);
    expect(close).toHaveBeenCalledOnce();
  });

  test('left before it began opens nothing', async () => {
    const { open } = counting(3);
    const events = readLazily(open);
    await events.return();
    expect((await events.next()).done).toBe(true);
    expect(open).not.toHaveBeenCalled();
  });

  test('says why it could not open, or could not go on, and is over then', async () => {
    const refused = readLazily(() => Promise.reject(new Error('closed')));
    await expect(refused.next()).rejects.toThrow('closed');
    expect((await refused.next()).done).toBe(true);
    const { source, open, close } = counting(0, false);
    source.take = () => {
      throw new Error('lost');
    };
    const broken = readLazily(open);
    await expect(broken.next()).rejects.toThrow('lost');
    expect(close).toHaveBeenCalledOnce();
    expect(broken.over).toBe(true);
  });
});

describe('taken', () => {
  test('gives nothing before it is open, then calls, and then all that is there at once', async () => {
    const { open, close } = counting(2);
    const events = readLazily(open);
    const onReadable = vi.fn();
    events.onReadable = onReadable;
    expect(events.take()).toBeUndefined();
    expect(events.over).toBe(false);
    await vi.waitFor(() => expect(onReadable).toHaveBeenCalledOnce());
    expect(numbers([events.take(), events.take(), events.take()])).toEqual([1, 2, undefined]);
    expect(events.over).toBe(true);
    expect(close).toHaveBeenCalledOnce();
    expect(open).toHaveBeenCalledOnce();
  });

  test('is called for what comes, and for the end', async () => {
    const { open, come, source } = counting(0, false);
    const events = readLazily(open);
    expect(await events.open()).toBe(true);
    const seen: (LoggedEvent | undefined)[] = [];
    events.onReadable = () => seen.push(events.take());
    come(logEvent(5));
    come(logEvent(6));
    expect(numbers(seen)).toEqual([5, 6]);
    Object.defineProperty(source, 'over', { value: true });
    source.onReadable?.();
    expect(events.over).toBe(true);
  });

  test('throws once what it could not be opened for', async () => {
    const events = readLazily(() => Promise.reject(new Error('closed')));
    const onReadable = vi.fn();
    events.onReadable = onReadable;
    expect(events.take()).toBeUndefined();
    await vi.waitFor(() => expect(onReadable).toHaveBeenCalledOnce());
    expect(events.over).toBe(false);
    expect(() => events.take()).toThrow('closed');
    expect(events.take()).toBeUndefined();
    expect(events.over).toBe(true);
  });
});

describe('opened', () => {
  test('says whether there is anything to come', async () => {
    expect(await readLazily(counting(1).open).open()).toBe(true);
    expect(await readLazily(counting(0, false).open).open()).toBe(true);
    const { open, close } = counting(0);
    const events = readLazily(open);
    expect(await events.open()).toBe(false);
    expect(events.over).toBe(true);
    expect(close).toHaveBeenCalledOnce();
  });

  test('rejects with why it cannot be', async () => {
    await expect(readLazily(() => Promise.reject(new Error('no such task'))).open()).rejects.toThrow(
      'no such task',
    );
  });
});

describe('a signal', () => {
  test('ends it, and is let go of', async () => {
    const { open, close } = counting(1, false);
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, 'removeEventListener');
    const events = readLazily(open, abort.signal);
    await events.next();
    const next = events.next();
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(close).toHaveBeenCalledOnce();
    expect(removed).toHaveBeenCalled();
  });

  test('that has aborted already opens nothing', async () => {
    const { open } = counting(1);
    expect((await readLazily(open, AbortSignal.abort()).next()).done).toBe(true);
    expect(open).not.toHaveBeenCalled();
  });
});
