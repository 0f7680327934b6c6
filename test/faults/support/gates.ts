import pg from 'pg';
import { until } from './until.ts';

/**
 * Where the last transaction of a task can be held up: while its features are stored, when its row says that it
 * succeeded (nothing is committed yet), and in the COMMIT itself.
 */
const STAGES = { copy: 1, finish: 2, commit: 3 } as const;
export type Stage = keyof typeof STAGES;

/** Builds the gates into the database; they stand open. */
export async function buildGates(databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl);
  const wait = (stage: Stage, id: string) => `
    CREATE FUNCTION faults_${stage}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM pg_advisory_xact_lock_shared(${STAGES[stage]}, hashtext(${id}));
      RETURN NEW;
    END $$;`;
  const succeeded = `WHEN (NEW.status = 'succeeded' AND OLD.status <> 'succeeded')`;
  try {
    await client.query(`
      ${wait('copy', `split_part(NEW.properties ->> 'name', '#', 1)`)}
      ${wait('finish', 'NEW.id')}
      ${wait('commit', 'NEW.id')}
      CREATE TRIGGER faults_copy BEFORE INSERT ON lrt.pole FOR EACH ROW
        WHEN (NEW.properties ->> 'name' LIKE '%#2') EXECUTE FUNCTION faults_copy();
      CREATE TRIGGER faults_finish AFTER UPDATE ON lrt.task FOR EACH ROW
        ${succeeded} EXECUTE FUNCTION faults_finish();
      CREATE CONSTRAINT TRIGGER faults_commit AFTER UPDATE ON lrt.task DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        ${succeeded} EXECUTE FUNCTION faults_commit();
      ALTER FUNCTION lrt.forget_tasks(integer, integer, bigint) RENAME TO forget_tasks_at_once;
      CREATE FUNCTION lrt.forget_tasks(keep_days integer, keep_failed_days integer, keep_tasks bigint) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtext('faults.sweep'));
        RETURN QUERY SELECT * FROM lrt.forget_tasks_at_once(keep_days, keep_failed_days, keep_tasks);
      END $$;`);
  } finally {
    await client.end();
  }
}

/** Closes the gate for one task. */
export async function closeGate(databaseUrl: string, stage: Stage, taskId: string) {
  const client = await connect(databaseUrl);
  const key = [STAGES[stage], taskId];
  await client.query('SELECT pg_advisory_lock($1, hashtext($2))', key);
  return {
    /** Resolves when the task stands before it, or when it is too late because `isOver`. */
    reached: (isOver = () => false) =>
      until(`task ${taskId} to reach its ${stage}`, async () => {
        if (isOver()) return true;
        const { rowCount } = await client.query(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
             AND classid = $1::integer AND objid = (hashtext($2)::bigint & 4294967295)::oid`,
          key,
        );
        return (rowCount ?? 0) > 0;
      }),
    open: () => client.end(),
  };
}

/**
 * Holds sweeps up until one is under way, and does `meanwhile` with the process that is at it. Resolves, with what that
 * resolved with, once sweeps go on.
 */
export async function inSweep<T>(databaseUrl: string, meanwhile: (pid: number) => T): Promise<T> {
  const client = await connect(databaseUrl);
  try {
    // A sweep ends by forgetting old tasks.
    await client.query(`SELECT pg_advisory_lock(hashtext('faults.sweep'))`);
    const pid = await until('a sweep', async () => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE locktype = 'advisory' AND granted AND objid = (hashtext('lrt.sweeper')::bigint & 4294967295)::oid
           AND datname = current_database()`,
      );
      return Number(/^lrt-server (\d+)$/.exec(rows[0]?.name ?? '')?.[1]) || undefined;
    });
    return meanwhile(pid);
  } finally {
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  return client;
}
