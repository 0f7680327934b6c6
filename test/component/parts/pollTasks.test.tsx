// Tests how often a list of tasks asks the server.
import { beforeEach, expect, test, vi } from 'vitest';
import { pollTasks } from '../../../src/parts/pollTasks.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return () => void vi.useRealTimers();
});

const ACTIVE = { tasks: [{ status: 'queued' }] };

/** Fake milliseconds between one call and the next. */
async function waitsOf(answers: (() => unknown)[]): Promise<number[]> {
  const waits: number[] = [];
  let waited = 0;
  const stop = pollTasks(
    () => {
      waits.push(waited);
      waited = 0;
      return answers[waits.length - 1]?.();
    },
    () => {},
  );
  await vi.advanceTimersByTimeAsync(0);
  while (vi.getTimerCount() > 0 && waits.length < answers.length) {
    waited += 500;
    await vi.advanceTimersByTimeAsync(500);
  }
  stop();
  expect(vi.getTimerCount()).toBe(0);
  return waits.slice(1);
}

const down = () => Promise.reject(new Error('down'));

test('asks every three seconds, less and less often while the server fails, up to a minute', async () => {
  const active = async () => ACTIVE;
  const answers = [active, active, down, down, down, down, down, down, active, active];
  expect(await waitsOf(answers)).toEqual([3000, 3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000, 3000]);
});

test('asks no more once no task is active', async () => {
  const ended = async () => ({ tasks: [{ status: 'failed' }] });
  expect(await waitsOf([async () => ACTIVE, ended, ended])).toEqual([3000]);
});

test('does not ask twice at a time, and tells nothing once it is stopped', async () => {
  const ask = vi.fn(() => new Promise((resolve) => answers.push(resolve)));
  const answers: ((page: unknown) => void)[] = [];
  const tell = vi.fn();
  const stop = pollTasks(ask, tell);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(ask).toHaveBeenCalledTimes(1);
  stop();
  answers[0]?.(ACTIVE);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tell).not.toHaveBeenCalled();
  expect(ask).toHaveBeenCalledTimes(1);
});
