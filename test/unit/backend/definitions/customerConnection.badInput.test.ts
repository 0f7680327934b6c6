import { describe, expect, it } from 'vitest';
import { customerConnectionTask } from '../../../../backend/definitions/customerConnection.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { parameterProblems } from '../../../../backend/tasks/parameterProblems.ts';
import { testTown } from '../../../support/network/testTown.ts';
import { NORTH, runTask } from '../../../support/tasks/runTask.ts';

async function problems(params: unknown) {
  const outcome = await customerConnectionTask.params['~standard'].validate(params);
  return (outcome.issues ?? []).flatMap((issue) => parameterProblems(issue, params));
}

describe('params', () => {
  it('have defaults', async () => {
    const outcome = await customerConnectionTask.params['~standard'].validate({
      design: 'design/North',
      pole_id: 3,
    });
    expect(outcome).toEqual({
      value: { design: 'design/North', pole_id: 3, count: 2_000, selection: 'random' },
    });
  });

  it.each([
    [{ design: undefined }, 'design', 'missing'],
    [{ design: 7 }, 'design', 'wrong-type'],
    [{ design: 'North' }, 'design', 'wrong-format'],
    [{ design: 'design/' }, 'design', 'wrong-format'],
    [{ design: `design/${'x'.repeat(194)}` }, 'design', 'out-of-range'],
    [{ pole_id: undefined }, 'pole_id', 'missing'],
    [{ pole_id: '3' }, 'pole_id', 'wrong-type'],
    [{ pole_id: 0 }, 'pole_id', 'out-of-range'],
    [{ pole_id: 1.5 }, 'pole_id', 'wrong-type'],
    [{ count: 0 }, 'count', 'out-of-range'],
    [{ count: -1 }, 'count', 'out-of-range'],
    [{ count: 1.5 }, 'count', 'wrong-type'],
    [{ count: 1e9 }, 'count', 'out-of-range'],
    [{ count: 'abc' }, 'count', 'wrong-type'],
    [{ count: null }, 'count', 'wrong-type'],
    [{ count: Number.NaN }, 'count', 'wrong-type'],
    [{ selection: 'all' }, 'selection', 'not-allowed'],
    [{ selection: 'within' }, 'radius_metres', 'missing'],
    [{ radius_metres: 5 }, 'radius_metres', 'invalid'],
    [{ selection: 'nearest', radius_metres: 5 }, 'radius_metres', 'invalid'],
    [{ selection: 'within', radius_metres: 0 }, 'radius_metres', 'out-of-range'],
    [{ selection: 'within', radius_metres: 100_001 }, 'radius_metres', 'out-of-range'],
    [{ selection: 'within', radius_metres: Number.POSITIVE_INFINITY }, 'radius_metres', 'wrong-type'],
    [{ seed: -1 }, 'seed', 'out-of-range'],
    [{ seed: 2 ** 32 }, 'seed', 'out-of-range'],
    [{ seed: 0.5 }, 'seed', 'wrong-type'],
    [{ coords_x: 1 }, 'coords_x', 'unknown'],
  ])('%j is refused: %s is %s', async (change, parameter, code) => {
    const found = await problems({ ...NORTH, ...change });
    expect(found).toMatchObject([{ parameter, code }]);
    expect(found[0]?.message).toContain(parameter);
  });

  it.each([null, [], 'text', 7])('%j is not an object of params', async (params) => {
    expect(await problems(params)).toHaveLength(1);
  });

  it('of one design exclude each other', async () => {
    const exclusive = (design: string) =>
      customerConnectionTask.exclusive?.({ design, pole_id: 1, count: 1, selection: 'random' });
    expect(exclusive('design/North')).toBe('design/North');
    expect(exclusive('design/South')).not.toBe(exclusive('design/North'));
  });
});

describe('the network', () => {
  it.each([
    [{ design: 'design/West' }, 'design', 'not-found', /design\/North, design\/South/],
    [{ pole_id: 99 }, 'pole_id', 'not-found', /There is no pole 99 in design\/North/],
    [{ pole_id: 1 }, 'pole_id', 'in-master', /Pole 1 is in master/],
    [{ pole_id: 4 }, 'pole_id', 'in-other-design', /belongs to design\/South, not to design\/North/],
    [{ count: 301 }, 'count', 'too-many', /301 addresses are wanted, but there are 300/],
    [{ count: 301, selection: 'nearest' }, 'count', 'too-many', /there are 300/],
    [
      { count: 300, selection: 'within', radius_metres: 100 },
      'count',
      'too-many',
      /within 100 m .* larger radius/,
    ],
    [{ count: 1, selection: 'within', radius_metres: 0.001 }, 'count', 'too-many', /there are 0 within/],
  ])('refuses %j, naming %s as %s', async (change, parameter, code, message) => {
    const store = new MemoryStore({ town: testTown() });
    const before = store.toState();
    const refused = runTask(store, { ...NORTH, count: 10, ...change });
    await expect(refused).rejects.toMatchObject({
      error: {
        code: 'invalid-params',
        parameters: [{ parameter, code, message: expect.stringMatching(message) }],
      },
    });
    expect(store.toState()).toEqual(before);
  });

  it('says how many addresses there are', async () => {
    const store = new MemoryStore({ town: testTown() });
    await expect(runTask(store, { ...NORTH, count: 2_000 })).rejects.toMatchObject({
      error: { details: { available: 300, requested: 2_000 } },
    });
  });

  it('is asked again when the task runs: it may have changed since', async () => {
    const store = new MemoryStore({ town: testTown() });
    const network = store.begin();
    const params = { ...NORTH, count: 301, selection: 'random' as const };
    const run = customerConnectionTask.execute(params, {
      taskId: '1',
      attempt: 1,
      signal: new AbortController().signal,
      log: () => {},
      network,
      item: (_id, work) => work(),
      progress: async () => {},
    });
    await expect(run).rejects.toMatchObject({
      error: { parameters: [{ parameter: 'count', code: 'too-many' }] },
    });
  });
});
