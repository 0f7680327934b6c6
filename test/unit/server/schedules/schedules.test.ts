import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBackend } from '../../../../backend/app.ts';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { parseSchedules } from '../../../../server/src/schedules/parseSchedules.ts';
import { readSchedules } from '../../../../server/src/schedules/readSchedules.ts';
import { Schedules } from '../../../../server/src/schedules/Schedules.ts';
import { definitions, smallStore } from '../../../support/tasks/definitions.ts';

const admin = { owner: 'ann', admin: true };
const nightly = {
  name: 'nightly',
  task: 'count',
  params: { to: 2 },
  cron: '30 3 * * *',
  timeZone: 'Europe/Berlin',
};

describe('tasks that start at times', () => {
  beforeEach(({ onTestFinished }) => {
    vi.useFakeTimers({ now: new Date('2026-03-28T00:00:00Z') });
    // The last to be called.
    onTestFinished(() => {
      expect(vi.getTimerCount()).toBe(0);
      vi.useRealTimers();
    });
  });

  function open(given: unknown, servers = 1) {
    const engine = new EmbeddedEngine({ definitions, store: smallStore() });
    const problems: string[] = [];
    const onProblem = (message: string) => void problems.push(message);
    const all = Array.from(
      { length: servers },
      () => new Schedules(parseSchedules(given), { engine, onProblem }),
    );
    onTestFinished(async () => {
      for (const schedules of all) schedules.close();
      await engine.close();
    });
    const tasks = async () => (await engine.list({}, admin)).tasks;
    return { engine, all, problems, tasks };
  }

  it('once over many servers, in the time zone, also where the clocks change', async () => {
    const { tasks, all } = open([nightly], 3);
    await vi.advanceTimersByTimeAsync(2.5 * 3_600_000 - 1_000);
    expect(await tasks()).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    // 03:30 in Berlin was 02:30 UTC. In the next night it is 01:30 UTC.
    const [first] = await tasks();
    expect(first).toMatchObject({ name: 'count', owner: 'schedule', tags: ['schedule:nightly'] });
    await vi.advanceTimersByTimeAsync(23 * 3_600_000);
    expect(await tasks()).toHaveLength(2);
    expect(all[2]?.schedules(admin)).toEqual([
      expect.objectContaining({
        ...nightly,
        owner: 'schedule',
        nextAt: '2026-03-30T01:30:00.000Z',
        lastTaskId: expect.any(String),
      }),
    ]);
  });

  it('a server that starts a little late starts the task, and one that starts later does not', async () => {
    vi.setSystemTime('2026-03-28T02:30:40Z');
    const late = open([nightly]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late.tasks()).toHaveLength(1);
    vi.setSystemTime('2026-03-28T02:31:10Z');
    const later = open([nightly]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await later.tasks()).toEqual([]);
  });

  it('a machine that slept for three days starts the task once', async () => {
    const { tasks } = open([nightly]);
    vi.setSystemTime('2026-03-31T12:00:00Z');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await tasks()).toHaveLength(1);
  });

  it('tries again while the services are away, and reports what is refused', async () => {
    const { engine, all, problems, tasks } = open([nightly]);
    const away = new TaskRefusal({ code: 'unavailable', message: 'away' });
    const enqueue = vi.spyOn(engine, 'enqueue').mockRejectedValueOnce(away).mockRejectedValueOnce(away);
    await vi.advanceTimersByTimeAsync(2.5 * 3_600_000 + 60_000);
    expect(enqueue).toHaveBeenCalledTimes(3);
    expect(await tasks()).toHaveLength(1);
    expect(problems).toEqual([]);
    enqueue.mockRejectedValueOnce(new TaskRefusal({ code: 'no-poles', message: 'there are no poles' }));
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(problems).toEqual(['The schedule "nightly" could not start the task "count"']);
    expect(all[0]?.schedules(admin)[0]?.lastError).toMatchObject({ code: 'no-poles' });
  });

  it('a user sees the schedules whose tasks are their own', async () => {
    const { engine, all } = open([nightly, { ...nightly, name: 'mine', owner: 'bob', task: 'count' }]);
    const [schedules] = all;
    if (!schedules) throw new Error('no schedules');
    const { fetch } = createBackend({ engine, schedules, authenticate: () => ({ owner: 'bob' }) });
    const listed = await (await fetch(new Request('http://x/schedules'))).json();
    expect(listed.schedules.map(({ name }: { name: string }) => name)).toEqual(['mine']);
    const { fetch: without } = createBackend({ engine });
    expect((await without(new Request('http://x/schedules'))).status).toBe(404);
  });
});

describe('a mistake shows at the start', () => {
  it.each([
    [{ ...nightly, corn: '* * * * *' }, /corn/],
    [
      { ...nightly, cron: '30 25 * * *' },
      /the schedule "nightly": cron "30 25 \* \* \*" must be five fields/,
    ],
    [{ ...nightly, cron: '* * * * * *' }, /must be five fields/],
    [{ ...nightly, cron: '0 0 30 2 *' }, /never comes/],
    [{ ...nightly, timeZone: 'Mars/Olympus' }, /"Mars\/Olympus" is no time zone/],
    [{ ...nightly, name: 'a b' }, /letters, digits/],
  ])('%o', (given, message) => {
    expect(() => parseSchedules([given])).toThrow(message);
  });

  it('two of one name, a task that does not exist, and parameters that it refuses', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lrt-schedules-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'schedules.json');
    const read = async (given: unknown) => {
      await writeFile(file, JSON.stringify(given));
      return readSchedules(file, { definitions, schedules: parseSchedules([{ ...nightly, name: 'own' }]) });
    };
    expect(await read([nightly])).toHaveLength(2);
    await expect(read([{ ...nightly, name: 'own' }])).rejects.toThrow(/"own".*rename/);
    await expect(read([nightly, nightly])).rejects.toThrow(/"nightly".*rename/);
    await expect(read([{ ...nightly, task: 'cuont' }])).rejects.toThrow(/no task "cuont"; there are .*count/);
    await expect(read([{ ...nightly, params: { to: 'two' } }])).rejects.toThrow(/"nightly".*to/);
    await expect(read({ nightly })).rejects.toThrow(`--schedules ${file}: schedules`);
    await writeFile(file, '[{');
    await expect(readSchedules(file, { definitions, schedules: [] })).rejects.toThrow(`--schedules ${file}`);
  });
});
