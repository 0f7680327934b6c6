import { expect, onTestFinished, test } from 'vitest';
import { parseLogQuery } from '../../../backend/tasks/logPages.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { LineRows } from '../../../server/src/distributed/rows/LineRows.ts';
import { LineWriter } from '../../../server/src/distributed/worker/LineWriter.ts';
import { declareLogContract } from '../../contracts/log.contract.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

declareLogContract(
  'DistributedEngine',
  (definitions) => openDistributed({ definitions, town: smallTown }),
  5,
);

test('the database keeps the newest 50,000 lines; while it is away none is lost; they go with the task', async () => {
  const { databaseUrl, drop } = await createTestDatabase();
  const pool = openPool(databaseUrl);
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  await pool.query(
    `INSERT INTO lrt.task (id, name, queue, priority, owner, status, params, tags, fingerprint, progress, words)
     VALUES ('many', 'talks', 'default', 5, 'ann', 'running', '{}', '[]', 'f', '{}', 'talks')`,
  );
  const rows = new LineRows(pool);
  const writer = new LineWriter(rows, 'many', new AbortController().signal);
  const write = rows.write.bind(rows);
  let away = false;
  rows.write = (...call) => (away ? Promise.reject(new Error('away')) : write(...call));
  for (let i = 1; i <= 60_000; i++) {
    away = i > 20_000 && i < 20_400;
    writer.add({ at: new Date().toISOString(), level: 'info', message: `line ${i}\0`, attempt: 1 });
    if (i === 20_399) await expect(writer.flush()).rejects.toThrow('away');
    if (i % 200 === 0) await writer.room();
  }
  away = false;
  await writer.flush();
  const { rows: found } = await pool.query<{ count: number; first: string; last: string }>(
    `SELECT count(*)::integer AS count, min(substr(message, 6)) AS first, max(number) AS last FROM lrt.task_log`,
  );
  expect(found[0]?.count).toBeLessThanOrEqual(55_000);
  expect(found[0]?.count).toBeGreaterThanOrEqual(50_000);
  const tail = await rows.page('many', parseLogQuery({ after: `${Number(found[0]?.last) - 2}` }));
  expect(tail.lines.map(({ message }) => message)).toEqual(['line 59999\ufffd', 'line 60000\ufffd']);
  await pool.query("DELETE FROM lrt.task WHERE id = 'many'");
  expect((await pool.query('SELECT FROM lrt.task_log')).rowCount).toBe(0);
});
