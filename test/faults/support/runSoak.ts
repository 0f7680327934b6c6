import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startNginx } from '../../../scripts/services/startNginx.ts';
import { startPgbouncer } from '../../../scripts/services/startPgbouncer.ts';
import type { Connection } from '../../../src/client/http.ts';
import { createTaskClient, isTaskClientError, type SystemClient } from '../../../src/client/index.ts';
import { http2Fetch } from '../../server/edge/support/http2Fetch.ts';
import { AUDIENCE, createSigner, ISSUER } from '../../support/server/tokens.ts';
import {
  type AuditedRow,
  areAllPublished,
  auditedRows,
  problemsOfEnding,
  problemsOfRow,
  strays,
} from './audit.ts';
import { Follower } from './Follower.ts';
import { openFlakyLine } from './flakyLine.ts';
import { type LrtProcess, type Order, openFarm } from './openFarm.ts';
import { Planner } from './Planner.ts';
import { seededRandom } from './random.ts';
import { until } from './until.ts';

export interface SoakOptions {
  minutes: number;
  redisUrl: string;
  /** Migrated, and its poles may be written. */
  databaseUrl: string;
  /** Clients, each on a flaky line of its own. */
  clients: number;
  seed?: number;
  /** Pauses of clients, and between harms, are so many times as long; default 1. */
  pauses?: number;
  /** Called about every minute with what was counted so far, and with the promises that were broken since the last time. */
  onMinute?: (counts: object, problems: readonly string[]) => void;
}

type Harm = 'worker killed' | 'server killed' | 'worker frozen' | 'nginx killed' | 'PgBouncer killed';
/** Each harm as often as its share of this list. */
const HARMS: readonly Harm[] = [
  ...Array.from({ length: 9 }, () => 'worker killed' as const),
  ...Array.from({ length: 4 }, () => 'server killed' as const),
  ...Array.from({ length: 3 }, () => 'worker frozen' as const),
  ...['nginx killed' as const, 'nginx killed' as const],
  ...['PgBouncer killed' as const, 'PgBouncer killed' as const],
];
/** A client repeats a call that got no answer for so long, with the same key. */
const ASK_SECONDS = 60;
/** A client waits for up to so long before its next task. */
const THINK_MS = 6_000;
/** Every task ends so soon after its start, whatever happened. One that loses its worker four times takes two minutes. */
const TASK_SECONDS = 300;

/**
 * Two servers behind nginx and two workers, all with PgBouncer in front of the database, are harmed every few seconds
 * while clients on flaky lines start tasks and follow each of them twice: strictly, event by event, and as the map does.
 * Resolves with what was counted, and with every broken promise in words.
 */
export async function runSoak({
  minutes,
  clients,
  seed = 1,
  pauses = 1,
  onMinute,
  ...services
}: SoakOptions) {
  const random = seededRandom(seed);
  const farmSeeds = () => seededRandom(Math.floor(random() * 2 ** 31));
  const stages: (() => Promise<unknown>)[] = [];
  try {
    const problems: string[] = [];
    const endings = new Map<string, { type: string; seq: number }>();
    const counts = { tasks: 0, askedAgain: 0, repeatedCalls: 0, cancelled: 0, cuts: 0, lostConnections: 0 };
    const harms: Record<Harm, number> = {
      'worker killed': 0,
      'server killed': 0,
      'worker frozen': 0,
      'nginx killed': 0,
      'PgBouncer killed': 0,
    };
    let nginx: Awaited<ReturnType<typeof startNginx>> | undefined;
    let pooler: Awaited<ReturnType<typeof startPgbouncer>> | undefined;
    const signer = await createSigner();
    // A token lives for minutes.
    const token = () => signer.sign();
    const farm = await openFarm({
      ...services,
      servers: 2,
      workers: 2,
      concurrency: 8,
      lostAfterSeconds: 2,
      async authentication({ folder }) {
        const key = join(folder, 'key.json');
        await writeFile(key, JSON.stringify(signer.publicJwk));
        return ['--jwt-key', key, '--jwt-issuer', ISSUER, '--jwt-audience', AUDIENCE];
      },
      async openProcessDatabase({ folder, guard }) {
        pooler = await startPgbouncer({ databaseUrl: services.databaseUrl, folder, guard, poolSize: 20 });
        stages.push(() => pooler?.pgbouncer.stop() ?? Promise.resolve());
        return pooler.urlOf(services.databaseUrl);
      },
      async openFront([one = '', other = ''], { folder, guard }) {
        const started = await startNginx({ servers: [one, other], folder, guard });
        nginx = started;
        return { url: started.url, close: () => started.process.kill() };
      },
    });
    stages.push(() => farm.close());
    const started = nginx;
    const pgbouncer = pooler?.pgbouncer;
    if (!started || !pgbouncer) throw new Error('The soak has no nginx or no PgBouncer');

    const over = new AbortController();
    const end = performance.now() + minutes * 60_000;

    /** One client after another task, until the time is over. */
    async function runClient(index: number): Promise<void> {
      const chance = farmSeeds();
      const line = await openFlakyLine(Number(new URL(started?.url ?? '').port), chance);
      const url = `https://127.0.0.1:${line.port}`;
      const http = http2Fetch(url, started?.certificate ?? '');
      const system = createTaskClient({ baseUrl: url, fetch: http.fetch, token, timeoutSeconds: 5 });
      try {
        for (let n = 0; performance.now() < end; n += 1) {
          await delay(THINK_MS * pauses * chance());
          const key = `soak-${index}-${n}`;
          await runTask(system, { url, fetch: http.fetch, token }, key, chance).catch((error: unknown) => {
            problems.push(`client ${index} gave up its call ${key} after ${ASK_SECONDS} s: ${error}`);
          });
        }
      } finally {
        counts.cuts += line.cuts;
        http.close();
        await line.close();
      }
    }

    async function runTask(
      system: SystemClient,
      { url, ...connection }: { url: string } & Connection,
      idempotencyKey: string,
      chance: () => number,
    ): Promise<void> {
      const poles = 10 + Math.floor(30 * chance());
      const kind = chance();
      const order: Order = {
        name: kind < 0.8 ? 'poles' : kind < 0.9 ? 'poles-retried' : 'poles-computed',
        poles,
        stepMs: kind < 0.9 ? 50 + 100 * chance() : 10,
        ...(kind >= 0.8 && kind < 0.9 && { failures: 1 }),
        design: `design/D${Math.floor(400 * chance())}`,
      };
      const { name, ...params } = order;
      const ask = () => insist(() => system.enqueueTask(name ?? 'poles', params, { idempotencyKey }));
      const repeated = chance() < 0.2;
      if (repeated) counts.repeatedCalls += 1;
      const refs = await Promise.all(repeated ? [ask(), ask(), ask()] : [ask()]);
      const ids = new Set(refs.map(({ id }) => String(id)));
      const [taskId = ''] = ids;
      if (ids.size > 1) problems.push(`one key gave the tasks ${[...ids].join(', ')}`);
      counts.tasks += 1;
      const strict = new Follower(url, taskId, connection);
      const planner = new Planner(system, taskId);
      if (chance() < 0.1) {
        await delay(3_000 * chance());
        await insist(() => system.cancelTask?.(taskId) ?? Promise.resolve()).catch((error) => {
          if (!(isTaskClientError(error) && error.code === 'already-finished')) throw error;
        });
        counts.cancelled += 1;
      }
      const ended = Promise.all([strict.over, planner.ended]);
      const late = delay(TASK_SECONDS * 1_000, 'late' as const, { ref: false, signal: over.signal });
      if ((await Promise.race([ended, late])) === 'late') {
        problems.push(`task ${taskId}: its followers knew no end after ${TASK_SECONDS} s`);
      }
      strict.close();
      planner.close();
      counts.lostConnections += strict.lost + planner.lost;
      problems.push(...strict.problems());
      const { ending } = strict;
      if (ending) endings.set(taskId, { type: ending.type, seq: ending.seq });
      if (planner.endings.join() !== ending?.type) {
        problems.push(`task ${taskId}: ${ending?.type}, and a planner was told "${planner.endings.join()}"`);
      } else if (ending.type === 'succeeded' && planner.drawsAll) problems.push(...planner.problems(poles));
    }

    /** As a user who clicks again: a call that got no answer, or came at a bad time, is made again with the same key. */
    async function insist<T>(call: () => Promise<T>): Promise<T> {
      const patience = performance.now() + ASK_SECONDS * 1_000;
      for (;;) {
        try {
          return await call();
        } catch (error) {
          const again =
            isTaskClientError(error) &&
            ['network', 'rate-limited', 'unavailable', 'invalid-response'].includes(error.code);
          if (!again || performance.now() > patience) throw error;
          counts.askedAgain += 1;
          await delay(Math.min(2, error.retryAfterSeconds ?? 0.2) * 1_000);
        }
      }
    }

    async function harm(): Promise<void> {
      const chance = farmSeeds();
      const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(list.length * chance())];
      const restart = async (process: LrtProcess | undefined) => {
        await process?.kill();
        await process?.start();
      };
      while (performance.now() < end) {
        await delay((2_000 + 3_000 * chance()) * pauses);
        const kind = pick(HARMS) ?? 'worker killed';
        harms[kind] += 1;
        if (kind === 'worker killed') await restart(pick(farm.workers));
        else if (kind === 'server killed') await restart(pick(farm.servers));
        else if (kind === 'nginx killed') await restart(started?.process);
        else if (kind === 'PgBouncer killed') await restart(pgbouncer);
        else {
          const pid = pick(farm.workers)?.pid;
          if (pid === undefined) continue;
          process.kill(pid, 'SIGSTOP');
          await delay(500 + 5_500 * chance());
          process.kill(pid, 'SIGCONT');
        }
      }
    }

    let reported = 0;
    const minute = setInterval(() => {
      onMinute?.({ ...counts, ...harms }, problems.slice(reported));
      reported = problems.length;
    }, 60_000);
    try {
      await Promise.all([harm(), ...Array.from({ length: clients }, (_, i) => runClient(i))]);
    } finally {
      clearInterval(minute);
      over.abort();
    }
    await until('every row to note that its end was published', () => areAllPublished(farm.pool), 30).catch(
      () => {},
    );
    const rows = await auditedRows(farm);
    const byId = new Map(rows.map((row) => [row.id, row]));
    problems.push(
      ...rows.flatMap((row) => problemsOfRow(row, isGivenUp)),
      ...[...endings].flatMap(([taskId, ending]) => problemsOfEnding(taskId, ending, byId)),
      ...(await strays(farm.pool)),
    );
    if (rows.length !== counts.tasks)
      problems.push(`${counts.tasks} tasks were started, ${rows.length} are stored`);
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    return {
      ...counts,
      succeeded: count('succeeded'),
      cancelled: count('cancelled'),
      givenUp: rows.filter(isGivenUp).length,
      repeated: rows.reduce((sum, { attempt }) => sum + attempt - 1, 0),
      harms,
      problems,
    };
  } finally {
    for (const close of stages.reverse()) await close();
  }
}

/** A task that lost its worker more than three times is given up, and rightly so. */
function isGivenUp({ status, losses, error }: AuditedRow): boolean {
  return status === 'failed' && losses > 3 && JSON.stringify(error).includes('worker-lost');
}
