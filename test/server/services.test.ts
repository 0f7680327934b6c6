import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createTestDatabase } from './support/testDatabase.ts';

test('there is a Redis that neither evicts nor forgets', async () => {
  const redis = new Redis(inject('redisUrl'));
  onTestFinished(() => redis.disconnect());
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
});

test('each test can have a database with PostGIS of its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  onTestFinished(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });
  await query(one.databaseUrl, 'CREATE TABLE mine (place geometry(Point, 4326))');
  expect(await query(one.databaseUrl, `SELECT to_regclass('mine') IS NOT NULL AS there`)).toEqual([
    { there: true },
  ]);
  expect(await query(other.databaseUrl, `SELECT to_regclass('mine') IS NOT NULL AS there`)).toEqual([
    { there: false },
  ]);
});

test('or one without', async () => {
  const { databaseUrl, drop } = await createTestDatabase({ content: 'empty' });
  onTestFinished(drop);
  await expect(query(databaseUrl, 'SELECT PostGIS_Version()')).rejects.toThrow('does not exist');
});

async function query(databaseUrl: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(statement);
    return rows;
  } finally {
    await client.end();
  }
}
