import { describe, expect, it } from 'vitest';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { errorKind, unavailableFor } from '../../../../server/src/common/errorKind.ts';
import { retryConflicts } from '../../../../server/src/common/retryConflicts.ts';

const withCode = (code: string) => Object.assign(new Error('of a driver'), { code });

describe('the kind of an error', () => {
  it.each([
    ['08006', 'outage'],
    ['57P01', 'outage'],
    ['57P05', 'outage'],
    ['53100', 'outage'],
    ['25006', 'outage'],
    ['25P03', 'outage'],
    ['ECONNREFUSED', 'outage'],
    ['40001', 'try-again'],
    ['40P01', 'try-again'],
    ['23505', 'bug'],
    ['42501', 'bug'],
    ['22P02', 'bug'],
  ])('%s is %s', (code, kind) => {
    expect(errorKind(withCode(code))).toBe(kind);
  });

  it.each([
    "READONLY You can't write against a read only replica.",
    'LOADING Redis is loading the dataset in memory',
    "OOM command not allowed when used memory > 'maxmemory'.",
    'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
    'Command timed out',
    'Connection terminated unexpectedly',
  ])('an error without a code: %s', (message) => {
    expect(errorKind(new Error(message))).toBe('outage');
  });

  it('a statement that waited while a migration changed its table is tried again', () => {
    const failure = { code: '42804', routine: 'build_attrmap_by_position' };
    expect(
      errorKind(Object.assign(new Error('structure of query does not match function result type'), failure)),
    ).toBe('try-again');
    expect(errorKind(withCode('42804'))).toBe('bug');
  });

  it('a refusal is the caller’s, unless it says that a service is away', () => {
    expect(errorKind(new TaskRefusal({ code: 'invalid-params', message: 'no' }))).toBe('refused');
    expect(errorKind(new TaskRefusal({ code: 'unavailable', message: 'no' }))).toBe('outage');
    expect(errorKind(new AggregateError([withCode('EHOSTUNREACH')]))).toBe('outage');
    expect(errorKind('text')).toBe('bug');
  });

  it('is answered as unavailable with a time to wait, and a bug is not', () => {
    expect(unavailableFor(withCode('57P03'))?.error).toMatchObject({
      code: 'unavailable',
      details: { retryAfterSeconds: 5 },
    });
    expect(unavailableFor(withCode('40P01'))?.error.details).toEqual({ retryAfterSeconds: 1 });
    expect(unavailableFor(withCode('23505'))).toBeUndefined();
    expect(unavailableFor(new TaskRefusal({ code: 'forbidden', message: 'no' }))).toBeUndefined();
  });
});

describe('work that the database undid', () => {
  it('is done again after a deadlock', async () => {
    let calls = 0;
    const work = async () => {
      calls += 1;
      if (calls < 3) throw withCode('40P01');
      return 'done';
    };
    expect([await retryConflicts(work), calls]).toEqual(['done', 3]);
  });

  it('is given up where the deadlock comes back each time, and at once where the error is another one', async () => {
    let calls = 0;
    const failing = (code: string) => async () => {
      calls += 1;
      throw withCode(code);
    };
    await expect(retryConflicts(failing('40001'))).rejects.toMatchObject({ code: '40001' });
    expect(calls).toBe(6);
    await expect(retryConflicts(failing('23505'))).rejects.toMatchObject({ code: '23505' });
    expect(calls).toBe(7);
  });
});
