/**
 * Symptoms from the public bug reports of cron libraries and of schedulers on many servers, tried on schedules.
 * docs/tried.md lists them.
 */
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { parseSchedules } from '../../../../server/src/schedules/parseSchedules.ts';
import { Schedules } from '../../../../server/src/schedules/Schedules.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { newFolder } from '../../../support/server/newFolder.ts';
import { definitions, smallStore, smallTown } from '../../../support/tasks/definitions.ts';

const HOUR_MS = 3_600_000;
const admin = { owner: 'ann', admin: true };
const daily = {
  name: 'daily',
  task: 'count',
  params: { to: 1 },
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
};

/** The next times of a pattern, as they stand in UTC to the minute. */
function times(cron: string, timeZone: string, after: string, count: number): (string | undefined)[] {
  const [schedule] = parseSchedules([{ ...daily, cron, timeZone }]);
  let moment: Date | undefined = new Date(after);
  return Array.from({ length: count }, () => {
    moment = moment && schedule?.nextAfter(moment);
    return moment?.toISOString().slice(5, 16).replace('T', ' ');
  });
}

describe('where clocks change', () => {
  it('kelektiv/node-cron#563: a time that is left out comes at once after it, and one that comes twice counts once', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '03-29 01:00',
      '03-30 00:30',
    ]);
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '10-25 00:30',
      '10-26 01:30',
    ]);
  });

  it('kelektiv/node-cron#881, cronie-crond/cronie#124: no hour without the times of every half hour', () => {
    const halfHours = (day: string) => [`${day} 00:30`, `${day} 01:00`, `${day} 01:30`, `${day} 02:00`];
    expect(times('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:10Z', 4)).toEqual(halfHours('10-25'));
    expect(times('*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:10Z', 4)).toEqual(halfHours('03-29'));
    expect(times('30 1 * * *', 'UTC', '2022-10-30T00:00Z', 1)).toEqual(['10-30 01:30']);
  });

  it('node-cron/node-cron#518: a daily time that is left out comes again the next day, and not months later', () => {
    expect(times('30 2 * * *', 'America/New_York', '2026-03-08T06:30Z', 2)).toEqual([
      '03-08 07:00',
      '03-09 06:30',
    ]);
  });

  it('Hexagon/croner#284: the time zone of the machine bends no schedule', () => {
    vi.stubEnv('TZ', 'Australia/Sydney');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(times('0 * * * *', 'UTC', '2025-10-05T02:00Z', 2)).toEqual(['10-05 03:00', '10-05 04:00']);
    // Where half an hour is left out or comes twice.
    expect(times('*/30 * * * *', 'Australia/Lord_Howe', '2026-04-04T14:40Z', 2)).toEqual([
      '04-04 15:00',
      '04-04 15:30',
    ]);
  });
});

describe('rare times', () => {
  it('anthropics/claude-code#95920: the 29th of February is not next year', () => {
    expect(times('0 0 29 2 *', 'UTC', '2026-03-01T00:00Z', 2)).toEqual(['02-29 00:00', '02-29 00:00']);
    const [schedule] = parseSchedules([{ ...daily, cron: '0 0 29 2 *', timeZone: 'UTC' }]);
    expect(schedule?.nextAfter(new Date('2026-03-01'))).toEqual(new Date('2028-02-29'));
    expect(times('0 0 31 * *', 'UTC', '2026-02-01T00:00Z', 2)).toEqual(['03-31 00:00', '05-31 00:00']);
  });

  it('Steve-Mcl/node-red-contrib-cron-plus#110, mariusbancila/croncpp#7: the 30th of February is refused, and found at once', () => {
    const start = performance.now();
    expect(() => parseSchedules([{ ...daily, cron: '0 0 30 2 *' }])).toThrow(
      'the schedule "daily": cron "0 0 30 2 *" never comes',
    );
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('node-schedule/node-schedule#29: a date is no pattern, and is refused, also while it is still to come', () => {
    for (const cron of ['2999-12-24T18:00:00', '2999-12-24T18:00:00Z', '2999-12-24 18:00:00'])
      expect(() => parseSchedules([{ ...daily, cron }])).toThrow(/must be five fields/);
    expect(
      parseSchedules([
        { ...daily, cron: ' 30  2 * * 1-5 ' },
        { ...daily, cron: '@daily' },
      ]),
    ).toHaveLength(2);
  });
});

describe('servers that start tasks at times', () => {
  beforeEach(({ onTestFinished }) => {
    vi.useFakeTimers({ now: new Date('2026-06-01T00:00:00Z') });
    // The last to be called.
    onTestFinished(() => {
      expect(vi.getTimerCount()).toBe(0);
      vi.useRealTimers();
    });
  });

  function openEngine() {
    const engine = new EmbeddedEngine({ definitions, store: smallStore() });
    const problems: string[] = [];
    onTestFinished(() => engine.close());
    return {
      engine,
      problems,
      start(given: unknown): Schedules {
        const onProblem = (message: string) => void problems.push(message);
        const schedules = new Schedules(parseSchedules(given), { engine, onProblem });
        onTestFinished(() => schedules.close());
        return schedules;
      },
      tasks: async () => (await engine.list({}, admin)).tasks,
    };
  }

  it('OptimalBits/bull#1003, #1391, taskforcesh/bullmq#2889: three servers that restart around the time start one task', async () => {
    const { start, tasks } = openEngine();
    const servers = [start([daily]), start([daily]), start([daily])];
    vi.setSystemTime('2026-06-01T00:29:59.900Z');
    await vi.advanceTimersByTimeAsync(60_000);
    for (const server of servers) server.close();
    vi.setSystemTime('2026-06-01T00:30:30Z');
    start([daily]);
    start([daily]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await tasks()).toHaveLength(1);
  });

  it('taskforcesh/bullmq#3133: a server on a file of its own that restarts in that minute starts it once', async () => {
    const { path, remove } = newFolder();
    onTestFinished(remove);
    const ids = new Set<string>();
    vi.setSystemTime('2026-06-01T00:29:59.900Z');
    for (let restart = 0; restart < 3; restart++) {
      const sqlite = await SqliteStore.open({ file: join(path, 'lrt.sqlite'), town: async () => smallTown });
      const engine = await EmbeddedEngine.open({ definitions, ...sqlite });
      const schedules = new Schedules(parseSchedules([daily]), { engine, onProblem: expect.fail });
      await vi.advanceTimersByTimeAsync(10_000);
      for (const { id } of (await engine.list({}, admin)).tasks) ids.add(id);
      schedules.close();
      await engine.close();
      sqlite.close();
    }
    expect(ids.size).toBe(1);
  });

  it('net-daemon/netdaemon#655: a server whose clock is slow starts the task a second time at no time', async () => {
    const { start, tasks } = openEngine();
    start([daily]);
    vi.setSystemTime('2026-06-01T00:29:59Z');
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await tasks()).toHaveLength(1);
    vi.setSystemTime('2026-06-01T00:29:30Z');
    start([daily]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await tasks()).toHaveLength(1);
  });

  it('robfig/cron#94, NineCollective/node-crontab#7: a timer that fires a moment too soon starts nothing twice', async () => {
    const { start, tasks, engine } = openEngine();
    const enqueue = vi.spyOn(engine, 'enqueue');
    start([{ ...daily, cron: '1 * * * *' }]);
    await vi.advanceTimersByTimeAsync(30_000);
    // The clock is set back under a timer that is under way.
    vi.setSystemTime(Date.now() - 5);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await tasks()).toHaveLength(1);
    expect(enqueue).toHaveBeenCalledTimes(1);
  });

  it('rstacruz/cron-scheduler#3, openclaw/openclaw#12051: what is further away than a timer reaches does not start now', async () => {
    const { start, tasks } = openEngine();
    const server = start([{ ...daily, cron: '0 0 29 2 *' }]);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(await tasks()).toEqual([]);
    expect(server.schedules(admin)[0]?.nextAt).toBe('2028-02-28T23:00:00.000Z');
  });

  it('wasp-lang/wasp#2448, meteor/meteor-synced-cron#72, janbjorge/pgqueuer#343: a schedule that was changed or removed starts nothing', async () => {
    const { start, tasks } = openEngine();
    start([daily, { ...daily, name: 'removed' }]).close();
    start([{ ...daily, cron: '30 4 * * *' }]);
    await vi.advanceTimersByTimeAsync(2 * HOUR_MS);
    expect(await tasks()).toEqual([]);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect((await tasks()).map(({ tags }) => tags)).toEqual([['schedule:daily']]);
  });

  it('OptimalBits/bull#1761, taskforcesh/bullmq#488: two schedules of one time and one task are two', async () => {
    const { start, tasks } = openEngine();
    start([daily, { ...daily, name: 'also-daily' }]);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect((await tasks()).map(({ tags }) => tags[0]).sort()).toEqual([
      'schedule:also-daily',
      'schedule:daily',
    ]);
  });

  it('taskforcesh/bullmq#1181, zammad/zammad#3149: after hours without services the next time starts its task', async () => {
    const { start, tasks, engine, problems } = openEngine();
    const away = new TaskRefusal({ code: 'unavailable', message: 'away' });
    const enqueue = vi.spyOn(engine, 'enqueue').mockRejectedValue(away);
    start([{ ...daily, cron: '0 * * * *' }]);
    await vi.advanceTimersByTimeAsync(2.5 * HOUR_MS);
    expect(problems.length).toBeGreaterThanOrEqual(2);
    enqueue.mockRestore();
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    // That of the hour before, which the servers had been trying since, and that of this hour.
    expect(await tasks()).toHaveLength(2);
  });

  it('MISP/MISP#500: a time whose task was refused does not end the schedule, and the list says why', async () => {
    const { start, tasks, engine, problems } = openEngine();
    vi.spyOn(engine, 'enqueue').mockRejectedValueOnce(new Error('a bug of the engine'));
    const server = start([{ ...daily, cron: '0 * * * *' }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(problems).toHaveLength(1);
    expect(server.schedules(admin)[0]?.lastError?.code).toBe('internal');
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(await tasks()).toHaveLength(1);
    expect(server.schedules(admin)[0]?.lastError).toBeUndefined();
  });

  it('Koed00/django-q#110, openclaw/openclaw#10067: after a night without a server the times that were missed do not start at once', async () => {
    const { start, tasks } = openEngine();
    start([{ ...daily, cron: '0 * * * *' }]).close();
    vi.setSystemTime('2026-06-01T09:30:00Z');
    const server = start([{ ...daily, cron: '0 * * * *' }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await tasks()).toEqual([]);
    expect(server.schedules(admin)[0]?.nextAt).toBe('2026-06-01T10:00:00.000Z');
  });
});
