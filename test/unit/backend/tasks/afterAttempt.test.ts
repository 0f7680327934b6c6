import { describe, expect, test } from 'vitest';
import { afterAttempt } from '../../../../backend/tasks/afterAttempt.ts';

const retry = { attempts: 3, backoffSeconds: 10 };
const succeeded = { type: 'succeeded', result: 7 } as const;
const asked = { cancelledBy: 'ann', cancelRequestedAt: '2026-11-01T00:00:00.000Z' };
const cancelled = { type: 'cancelled', ...asked } as const;
const released = { type: 'released' } as const;
const failed = (code: string) => ({ type: 'failed', error: { code, message: 'no luck' } }) as const;
const again = (attempt: number, waitSeconds: number) => ({
  type: 'retry',
  waitSeconds,
  message: `Attempt ${attempt} of 3 failed: no luck; the next one starts in ${waitSeconds} s`,
});

describe('what follows an attempt', () => {
  test.each([
    ['a success ends the task', { verdict: succeeded, attempt: 1, retry }, { type: 'end', event: succeeded }],
    [
      'a success counts, though a cancellation came',
      { verdict: succeeded, attempt: 1, retry, cancelWanted: asked },
      { type: 'end', event: succeeded },
    ],
    [
      'a cancellation ends the task',
      { verdict: cancelled, attempt: 1, retry },
      { type: 'end', event: cancelled },
    ],
    ['a released attempt runs again', { verdict: released, attempt: 3, retry }, { type: 'release' }],
    [
      'without retry a failure is final',
      { verdict: failed('exception'), attempt: 1 },
      { type: 'end', event: failed('exception') },
    ],
    ['an exception is retried', { verdict: failed('exception'), attempt: 1, retry }, again(1, 10)],
    ['the wait doubles', { verdict: failed('exception'), attempt: 2, retry }, again(2, 20)],
    ['a timeout is retried', { verdict: failed('timeout'), attempt: 1, retry }, again(1, 10)],
    [
      'the last attempt is final',
      { verdict: failed('timeout'), attempt: 3, retry },
      { type: 'end', event: failed('timeout') },
    ],
    [
      'attempts that were lost count',
      { verdict: failed('exception'), attempt: 9, retry },
      { type: 'end', event: failed('exception') },
    ],
    [
      'a refusal is final',
      { verdict: failed('not-enough-addresses'), attempt: 1, retry },
      { type: 'end', event: failed('not-enough-addresses') },
    ],
    [
      'a lost worker is not retried by this rule',
      { verdict: failed('worker-lost'), attempt: 1, retry },
      { type: 'end', event: failed('worker-lost') },
    ],
    [
      'a cancellation takes the place of the next attempt',
      { verdict: failed('exception'), attempt: 1, retry, cancelWanted: asked },
      { type: 'end', event: cancelled },
    ],
    [
      'a final failure stays one, though a cancellation came',
      { verdict: failed('exception'), attempt: 3, retry, cancelWanted: asked },
      { type: 'end', event: failed('exception') },
    ],
    [
      'no wait is a retry too',
      { verdict: failed('exception'), attempt: 1, retry: { attempts: 3, backoffSeconds: 0 } },
      again(1, 0),
    ],
  ])('%s', (_, given, expected) => {
    expect(afterAttempt(given)).toEqual(expected);
  });
});
