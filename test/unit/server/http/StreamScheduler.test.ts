import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { SERVER_SENT_EVENTS } from '../../../../backend/http/EventFormat.ts';
import { EventStream } from '../../../../backend/http/EventStream.ts';
import { StreamScheduler } from '../../../../server/src/http/StreamScheduler.ts';
import { logEvent, playedEvents } from '../../../support/tasks/playedEvents.ts';

/** Streams of one scheduler, each of which has begun and has nothing to write. */
async function startStreams(count: number) {
  const scheduler = new StreamScheduler();
  const calls: string[] = [];
  const streams = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const played = playedEvents();
      await played.events.open();
      const stream = new EventStream(played.events, { format: SERVER_SENT_EVENTS });
      const write = vi.fn((_: Uint8Array) => true);
      stream.start({ write, end: () => void calls.push(`end ${n}`), fail: () => {}, scheduler });
      write.mockImplementation(() => {
        calls.push(`write ${n}`);
        return true;
      });
      return { ...played, stream, write };
    }),
  );
  // The scheduler serves the first write of each.
  for (let round = 0; round <= count / 250; round++) await setImmediate();
  for (const { write } of streams) write.mockClear();
  return { streams, calls };
}

const texts = (write: { mock: { calls: [Uint8Array][] } }) =>
  write.mock.calls.map(([bytes]) => new TextDecoder().decode(bytes));

test('a word to thousands leaves room for everything else, and reaches all of them', async () => {
  const { streams, calls } = await startStreams(2_000);
  for (const { play } of streams) play(logEvent(1));
  expect(calls).toEqual([]);
  const written: number[] = [];
  while (calls.length < 2_000) {
    await setImmediate();
    written.push(calls.length);
  }
  expect(written.length).toBeGreaterThanOrEqual(8);
  const steps = written.map((count, i) => count - (written[i - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(250);
  expect(calls).toEqual(streams.map((_, n) => `write ${n}`));
  for (const { stream } of streams) stream.leave();
});

test('what comes before its turn is written at once, in order', async () => {
  const { streams, calls } = await startStreams(1);
  for (const { play, write, stream } of streams) {
    for (let seq = 1; seq <= 5; seq++) play(logEvent(seq));
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    expect(
      texts(write)
        .join('')
        .match(/id: \d/g),
    ).toEqual(['id: 1', 'id: 2', 'id: 3', 'id: 4', 'id: 5']);
    play(logEvent(6));
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    stream.leave();
  }
});

test('who has much to write lets others write in between', async () => {
  const { streams, calls } = await startStreams(2);
  const big = 'x'.repeat(20_000);
  for (const { play } of streams) play(logEvent(1, big), logEvent(2, big));
  await vi.waitFor(() => expect(calls).toHaveLength(4));
  expect(calls).toEqual(['write 0', 'write 1', 'write 0', 'write 1']);
  for (const { stream } of streams) stream.leave();
});

test('ends come after all that was to be written', async () => {
  const { streams, calls } = await startStreams(600);
  for (const { play, end } of streams) {
    end();
    play(logEvent(1));
  }
  await vi.waitFor(() => expect(calls).toHaveLength(1_200));
  expect(calls.slice(0, 600).every((what) => what.startsWith('write'))).toBe(true);
  expect(calls.slice(600)).toEqual(streams.map((_, n) => `end ${n}`));
  expect(streams.every(({ isClosed }) => isClosed)).toBe(false);
});

test('ends come even where somebody always has something to write', async () => {
  const { streams, calls } = await startStreams(400);
  const [first, ...others] = streams;
  first?.play(logEvent(1));
  first?.end();
  let isOver = false;
  let seq = 0;
  while (!isOver) {
    seq += 1;
    for (const { play } of others) play(logEvent(seq));
    await setImmediate();
    isOver = calls.includes('end 0');
  }
  expect(seq).toBeGreaterThan(50);
  for (const { stream } of others) stream.leave();
});
