import type pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { openPool } from '../../../server/src/database/openPool.ts';
import { createTestDatabase } from '../support/testDatabase.ts';

/** A migrated database for all tests of a file, and a pool on it. */
export function databaseOfFile(): { readonly pool: pg.Pool; readonly databaseUrl: string } {
  let opened: { pool: pg.Pool; databaseUrl: string; drop: () => Promise<void> } | undefined;
  beforeAll(async () => {
    const { databaseUrl, drop } = await createTestDatabase();
    opened = { pool: openPool(databaseUrl), databaseUrl, drop };
  });
  afterAll(async () => {
    await opened?.pool.end();
    await opened?.drop();
  });
  const get = () => {
    if (!opened) throw new Error('the database is there within tests only');
    return opened;
  };
  return {
    get pool() {
      return get().pool;
    },
    get databaseUrl() {
      return get().databaseUrl;
    },
  };
}
