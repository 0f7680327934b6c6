import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '../server/support/testDatabase.ts';
import { runSoak } from './support/runSoak.ts';

test('a minute of everything at once; npm run soak goes on for an hour', { timeout: 300_000 }, async () => {
  const database = await createTestDatabase();
  try {
    const { problems, harms, ...counts } = await runSoak({
      minutes: 1,
      clients: 8,
      redisUrl: inject('redisUrl'),
      databaseUrl: database.databaseUrl,
    });
    console.log(
      `faults: a minute of soak; ${JSON.stringify({ ...counts, ...harms })}; lost or doubled: ${problems.length}`,
    );
    expect(problems).toEqual([]);
    expect(counts.succeeded).toBeGreaterThan(15);
  } finally {
    await database.drop();
  }
});
