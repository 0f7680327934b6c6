import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { followTask, type TaskReceiver } from '../../../src/client/followTask.ts';
import type { TaskHandlers } from '../../../src/client/index.ts';
import { isTerminal, type TaskEvent } from '../../../src/contract/index.ts';
import { catchUncaught } from '../../support/client/catchUncaught.ts';

const head = { taskId: 't1', at: '2026-01-01T00:00:00.000Z', attempt: 1 };
const progress = (seq: number): TaskEvent => ({
  ...head,
  seq,
  type: 'progress',
  progress: { percent: seq, step: null, message: `${seq}` },
});
const succeeded = (seq: number): TaskEvent => ({ ...head, seq, type: 'succeeded', result: seq });
const failed = (seq: number): TaskEvent => ({
  ...head,
  seq,
  type: 'failed',
  error: { code: 'exception', message: `${seq}` },
});
const cancelled = (seq: number): TaskEvent => ({ ...head, seq, type: 'cancelled' });

/** Follows a toy source, whose receiver the test plays; notes the name and the argument of each handler call. */
async function follow(change: TaskHandlers = {}) {
  const calls: [name: string, argument?: unknown][] = [];
  const note =
    (name: string) =>
    (argument?: unknown): void =>
      void calls.push([name, argument]);
  const sourceClosed = vi.fn();
  const opened: TaskReceiver[] = [];
  const stream = followTask(
    {
      onSnapshot: note('snapshot'),
      onProgress: note('progress'),
      onFeatures: note('features'),
      onLog: note('log'),
      onSuccess: note('success'),
      onFailure: note('failure'),
      onCancelled: note('cancelled'),
      onConnection: note('connection'),
      onEnd: note('end'),
      ...change,
    },
    (receiver) => {
      opened.push(receiver);
      return { close: sourceClosed };
    },
  );
  expect(opened).toEqual([]);
  await Promise.resolve();
  const [receiver] = opened;
  if (!receiver) throw new Error('The source was not opened');
  return { calls, names: () => calls.map(([name]) => name), stream, receiver, sourceClosed };
}

const ENDED = ['connection', 'end'];

describe('following a task from any source', () => {
  test('calls the handlers, one outcome and one end, and closes the source', async () => {
    const { calls, names, receiver, sourceClosed } = await follow();
    receiver.connection({ state: 'live' });
    receiver.event(progress(1));
    receiver.event(succeeded(2));
    expect(names()).toEqual(['connection', 'progress', 'success', ...ENDED]);
    expect(calls[2]).toEqual(['success', 2]);
    expect(calls[3]).toEqual(['connection', { state: 'closed' }]);
    expect(sourceClosed).toHaveBeenCalledOnce();
  });

  test('reports an end that a source knows without an event', async () => {
    const { calls, receiver } = await follow();
    receiver.end('failed', { error: { code: 'disk-full', message: 'The disk is full' } });
    receiver.end('succeeded', {});
    expect(calls[0]).toEqual(['failure', { code: 'disk-full', message: 'The disk is full' }]);
    expect(calls).toHaveLength(3);
  });

  test('reports a refusal as a failure of the following', async () => {
    const { calls, names, receiver } = await follow();
    receiver.refused({ code: 'forbidden', message: 'Not yours' });
    expect(names()).toEqual(['failure', ...ENDED]);
    expect(calls[0]).toEqual(['failure', { code: 'forbidden', message: 'Not yours' }]);
  });

  test('hands on what has no number, and drops no numbered event for it', async () => {
    const { calls, names, receiver } = await follow();
    const entry = { level: 'warning', message: 'Skipped a level', at: '2026-01-01T00:00:05.000Z' } as const;
    receiver.event({ type: 'log', ...entry });
    receiver.event({ type: 'log', ...entry });
    receiver.event(succeeded(1));
    receiver.event({ type: 'log', ...entry });
    expect(names()).toEqual(['log', 'log', 'success', ...ENDED]);
    expect(calls[0]?.[1]).toMatchObject(entry);
  });

  test('a source that cannot be opened ends the following, with the reason', async () => {
    const onFailure = vi.fn();
    const onEnd = vi.fn();
    followTask({ onFailure, onEnd }, () => {
      throw new Error('no socket');
    });
    expect(onFailure).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(onFailure).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'network', message: 'Error: no socket' }),
    );
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test('a source that reports before it has opened is closed all the same', async () => {
    const onSuccess = vi.fn();
    const close = vi.fn();
    followTask({ onSuccess }, (receiver) => {
      receiver.event(succeeded(1));
      return { close };
    });
    expect(onSuccess).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(onSuccess).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  test('a stream that was closed before it opened never opens', async () => {
    const open = vi.fn(() => ({ close() {} }));
    followTask({}, open).close();
    await Promise.resolve();
    expect(open).not.toHaveBeenCalled();
  });

  test.each(['onProgress', 'onSuccess', 'onConnection'] as const)(
    'nothing is called after close() within %s',
    async (name) => {
      const opened = await follow({ [name]: () => opened.stream.close() });
      opened.receiver.event(progress(1));
      opened.receiver.event(succeeded(2));
      opened.receiver.connection({ state: 'live' });
      opened.receiver.event({ type: 'log', level: 'warning', message: 'x', at: '' });
      const before = { onProgress: [], onSuccess: ['progress'], onConnection: ['progress', 'success'] }[name];
      expect(opened.names()).toEqual(before);
      opened.stream.close();
      expect(opened.sourceClosed).toHaveBeenCalled();
    },
  );

  test('a handler that throws becomes an uncaught error, and keeps no other from being called', async () => {
    const uncaught = catchUncaught();
    const { names, receiver } = await follow({
      onSuccess() {
        throw new Error('success');
      },
    });
    receiver.event(succeeded(1));
    expect(names()).toEqual(ENDED);
    await vi.waitFor(() => expect(uncaught.messages()).toEqual(['success']));
  });

  test('whatever comes, in whatever order and however often: nothing twice, one end, then silence', async () => {
    const event = fc.oneof(
      { weight: 6, arbitrary: fc.nat(20).map(progress) },
      { weight: 1, arbitrary: fc.nat(20).map(succeeded) },
      { weight: 1, arbitrary: fc.nat(20).map(failed) },
      { weight: 1, arbitrary: fc.nat(20).map(cancelled) },
    );
    const step = fc.oneof(
      { weight: 24, arbitrary: event.map((one) => (receiver: TaskReceiver) => receiver.event(one)) },
      {
        weight: 3,
        arbitrary: fc.constant((receiver: TaskReceiver) =>
          receiver.event({ type: 'log', level: 'warning', message: 'skipped', at: '' }),
        ),
      },
      {
        weight: 3,
        arbitrary: fc.constant((receiver: TaskReceiver) => receiver.connection({ state: 'connecting' })),
      },
      {
        weight: 1,
        arbitrary: fc.constant((receiver: TaskReceiver) => receiver.refused({ code: 'x', message: 'x' })),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.option(fc.nat(40)), async (steps, closeAt) => {
        const { calls, names, stream, receiver } = await follow();
        let atClose: number | undefined;
        steps.forEach((play, i) => {
          if (i === closeAt) {
            stream.close();
            atClose ??= calls.length;
          }
          play(receiver);
        });
        if (atClose !== undefined) expect(calls).toHaveLength(atClose);
        const percents = calls.flatMap(([name, given]) =>
          name === 'progress' ? [(given as { percent: number }).percent] : [],
        );
        expect(percents).toEqual([...new Set(percents)].sort((a, b) => a - b));
        const outcomes = names().filter((name) => ['success', 'failure', 'cancelled'].includes(name));
        const ends = names().filter((name) => name === 'end');
        expect(outcomes.length).toBe(ends.length);
        expect(ends.length).toBeLessThanOrEqual(1);
        if (ends.length === 1) expect(names().slice(-3)).toEqual([...outcomes, ...ENDED]);
      }),
      { seed: 20_260_101, numRuns: 500 },
    );
  });

  test('a terminal event counts whatever its number', async () => {
    for (const end of [succeeded, failed, cancelled]) {
      const { names, receiver } = await follow();
      receiver.event(progress(50));
      receiver.event(end(3));
      expect(isTerminal(end(3).type)).toBe(true);
      expect(names()).toHaveLength(4);
      expect(names().at(-1)).toBe('end');
    }
  });
});
