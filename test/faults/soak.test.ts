import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '../server/support/testDatabase.ts';
import { runSoak } from './support/runSoak.ts';

test('everything at once for forty seconds; npm run soak goes on for an hour', {
  timeout: 300_000,
}, async () => {
  const database = await createTestDatabase();
  try {
    const { problems, harms, ...counts } = await runSoak({
      minutes: 2 / 3,
      // As many harms and tasks as of a minute.
      pauses: 2 / 3,
      clients: 8,
      redisUrl: inject('redisUrl'),
      databaseUrl: database.databaseUrl,
    });
    console.log(
      `faults: forty seconds of soak; ${JSON.stringify({ ...counts, ...harms })}; lost or doubled: ${problems.length}`,
    );
    expect(problems).toEqual([]);
    expect(counts.succeeded).toBeGreaterThan(15);
  } finally {
    await database.drop();
  }
});
