import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceGuard } from '../../../scripts/services/ServiceGuard.ts';
import { startLrtProcess } from '../../../scripts/services.mjs';
import { openPool } from '../../../server/src/database/openPool.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { createTaskClient, TaskClientError } from '../../../src/client/index.ts';
import { Follower } from './Follower.ts';
import { openSwitchboard } from './openSwitchboard.ts';

const TASKS = fileURLToPath(new URL('../tasks.js', import.meta.url));
const DESIGNS = 400;
let counter = 0;

export type LrtProcess = Awaited<ReturnType<typeof startLrtProcess>>['lrt'];
export type Farm = Awaited<ReturnType<typeof openFarm>>;

export interface Order {
  name?: 'poles' | 'poles-computed' | 'poles-retried';
  poles: number;
  stepMs: number;
  failures?: number;
  /** Default: one of its own. */
  design?: string;
}

interface FarmOptions {
  redisUrl: string;
  /** Migrated. */
  databaseUrl: string;
  /** Opens the way of the processes to the database. Default: `databaseUrl`. */
  openProcessDatabase?: (place: Place) => Promise<string>;
  servers: number;
  workers: number;
  /** Tasks of each worker at a time. */
  concurrency: number;
  /** A worker that is silent for so long is lost. Default: what operators get. */
  lostAfterSeconds?: number;
  /** How the servers know callers. Default: they do not. */
  authentication?: (place: Place) => Promise<readonly string[]>;
  /** Opens what stands in front of the servers. Default: a switchboard. */
  openFront?: (servers: readonly string[], place: Place) => Promise<Front>;
  /** Environment of the worker of this number, from 0. */
  workerEnv?: (index: number) => NodeJS.ProcessEnv;
}

/** A folder of the farm's own, for further processes that end with it. */
interface Place {
  folder: string;
  guard: ServiceGuard;
}

interface Front {
  url: string;
  close(): Promise<void>;
}

const openSwitchboardFor = (servers: readonly string[]): Promise<Front> =>
  openSwitchboard(servers.map((url) => Number(new URL(url).port)));

/** Servers behind one address, and workers, each a process of its own, with the tasks of tasks.js and designs for them. */
export async function openFarm(options: FarmOptions) {
  const { redisUrl, databaseUrl, concurrency, openFront = openSwitchboardFor } = options;
  const folder = mkdtempSync(join(tmpdir(), 'lrt-faults-'));
  chmodSync(folder, 0o755);
  const guard = new ServiceGuard();
  guard.remove(folder);
  const pool = openPool(databaseUrl, { max: 4 });
  await new PostgisStore({ pool }).loadTown(town());
  const prefix = `faults-${process.pid}-${++counter}`;
  const { lostAfterSeconds } = options;
  const shared = [
    ...['--prefix', prefix, '--tasks', TASKS, '--tasks-per-owner', '1000', '--log-level', 'warn'],
    // In the end a test compares with what is stored.
    ...['--keep-tasks', '1000000'],
    ...(lostAfterSeconds === undefined ? [] : ['--lost-after-seconds', String(lostAfterSeconds)]),
  ];
  const processDatabaseUrl = (await options.openProcessDatabase?.({ folder, guard })) ?? databaseUrl;
  const services = { redisUrl, databaseUrl: processDatabaseUrl, folder, guard };
  const authentication = (await options.authentication?.({ folder, guard })) ?? ['--insecure'];
  const serverArgs = [...authentication, '--streams-per-owner', '1000', '--requests-per-second', '10000'];
  const workerArgs = ['--queues', 'default', '--concurrency', String(concurrency)];
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  const [servers, workers] = await Promise.all([
    Promise.all(
      numbers(options.servers).map((i) =>
        startLrtProcess({
          services,
          command: 'serve',
          name: `server-${i}`,
          args: [...shared, ...serverArgs],
        }),
      ),
    ),
    Promise.all(
      numbers(options.workers).map((i) =>
        startLrtProcess({
          services,
          command: 'worker',
          name: `worker-${i}`,
          args: [...shared, ...workerArgs],
          ...(options.workerEnv && { env: options.workerEnv(i) }),
        }),
      ),
    ),
  ]);
  const front = await openFront(
    servers.map(({ url }) => url),
    { folder, guard },
  );
  const client = createTaskClient({ baseUrl: front.url });
  const followers: Follower[] = [];
  let designs = 0;
  let askedAgain = 0;

  return {
    url: front.url,
    client,
    pool,
    servers: servers.map(({ lrt }) => lrt),
    workers: workers.map(({ lrt }) => lrt),
    /** Of all tasks that were started. */
    followers,
    /** Where the task's newest attempt runs; undefined: not known yet, or not alive. */
    workerOf: ({ pid }: Follower) =>
      workers.map(({ lrt }) => lrt).find((worker) => pid !== undefined && pidOf(worker) === pid),
    /** How many tasks were not started at the first call. */
    get askedAgain() {
      return askedAgain;
    },
    /** Starts a task and follows it. */
    async start({ name = 'poles', design, ...params }: Order): Promise<Follower> {
      designs += 1;
      const own = `design/D${designs % DESIGNS}`;
      const idempotencyKey = `${prefix}-${designs}`;
      const ask = () => client.enqueueTask(name, { design: design ?? own, ...params }, { idempotencyKey });
      // The client has asked twice by then. Who is told that the line is dead asks again, with the same key.
      const { id } = await ask().catch((error) => {
        if (!(error instanceof TaskClientError && error.code === 'network')) throw error;
        askedAgain += 1;
        return ask();
      });
      const follower = new Follower(front.url, String(id));
      followers.push(follower);
      return follower;
    },
    async close() {
      for (const follower of followers) follower.close();
      await Promise.all([...servers, ...workers].map(({ lrt }) => lrt.kill()));
      await front.close();
      await pool.end();
      await guard.close();
    },
  };
}

function pidOf(lrt: LrtProcess): number | undefined {
  try {
    return lrt.pid;
  } catch {
    return undefined;
  }
}

/** No more than designs, each over the same square. */
function town() {
  const square = [
    [0, 52],
    [1, 52],
    [1, 53],
    [0, 53],
    [0, 52],
  ] as [number, number][];
  return {
    addresses: { type: 'FeatureCollection' as const, features: [] },
    poles: { type: 'FeatureCollection' as const, features: [] },
    designs: Array.from({ length: DESIGNS }, (_, i) => ({
      name: `D${i}`,
      geometry: { type: 'Polygon' as const, coordinates: [square] },
    })),
  };
}
