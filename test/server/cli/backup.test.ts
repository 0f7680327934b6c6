import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findServices } from '../../../scripts/services.mjs';
import { migrate, pendingMigrations } from '../../../server/src/database/migrate.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { execute } from '../support/templateDatabase.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

const run = promisify(execFile);

/** A database as docs/run-a-server.md makes it: a role without privileges owns it, a superuser added PostGIS. */
async function documentedDatabase(role: string): Promise<string> {
  const { databaseUrl, drop } = await createTestDatabase({ content: 'empty' });
  onTestFinished(drop);
  const url = new URL(databaseUrl);
  await execute(databaseUrl, `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${role}`);
  await execute(databaseUrl, 'CREATE EXTENSION postgis');
  url.username = role;
  url.password = 'own';
  return url.href;
}

/** The commands of the page's section, as it has them. */
async function documentedCommands(): Promise<string[]> {
  const page = await readFile(new URL('../../../docs/run-a-server.md', import.meta.url), 'utf8');
  const [, block = ''] = /## Backup[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
  const commands = block.trim().split('\n');
  expect(commands).toEqual([expect.stringMatching(/^pg_dump /), expect.stringMatching(/^pg_restore /)]);
  return commands;
}

async function contents(databaseUrl: string) {
  const pool = openPool(databaseUrl);
  try {
    const { rows } = await pool.query(`SELECT
      (SELECT count(*)::integer FROM lrt.task) AS tasks, (SELECT count(*)::integer FROM lrt.pole) AS poles,
      (SELECT count(*)::integer FROM lrt.task_key) AS keys, (SELECT id::text FROM lrt.deployment) AS deployment`);
    return rows[0];
  } finally {
    await pool.end();
  }
}

test('the documented backup is restored by the documented role, over what is there and into an empty database', async () => {
  const { programs, missing } = findServices();
  if (!programs) throw new Error(missing);
  const role = `keeper_${process.pid}`;
  const { databaseUrl: any, drop } = await createTestDatabase({ content: 'empty' });
  onTestFinished(drop);
  await execute(any, `CREATE ROLE ${role} LOGIN PASSWORD 'own'`);
  onTestFinished(() => execute(any, `DROP ROLE ${role}`));
  const first = await documentedDatabase(role);
  const second = await documentedDatabase(role);
  const folder = await mkdtemp(join(tmpdir(), 'lrt-backup-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [dump = '', restore = ''] = await documentedCommands();
  const shell = (command: string, databaseUrl: string) =>
    run('sh', ['-euc', command], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: `${programs.postgresBin}${delimiter}${process.env.PATH}`,
        LRT_DATABASE_URL: databaseUrl,
      },
    });

  await migrate(first);
  const pool = openPool(first);
  await new PostgisStore({ pool }).loadTown(smallTown);
  await pool.query(`INSERT INTO lrt.task (id, name, queue, priority, owner, params, tags, fingerprint, progress, words, idempotency_key)
    VALUES ('kept', 'count', 'default', 5, 'ann', '{}', '[]', 'f', '{"percent":null}', 'count', 'k')`);
  await pool.query("INSERT INTO lrt.task_key VALUES ('ann', 'k', 'kept')");
  const before = await contents(first);
  await shell(dump, first);
  await pool.query('DELETE FROM lrt.task');
  await pool.query('DELETE FROM lrt.pole');
  await pool.end();

  for (const databaseUrl of [first, second]) {
    expect((await shell(restore, databaseUrl)).stderr).toBe('');
    expect(await contents(databaseUrl)).toEqual(before);
    expect(await pendingMigrations(databaseUrl)).toEqual([]);
  }
});
