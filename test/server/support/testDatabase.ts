import { inject } from 'vitest';
import { execute, TEMPLATE, withDatabase } from './templateDatabase.ts';

let counter = 0;

export interface TestDatabase {
  databaseUrl: string;
  /** Ends the connections that are left, and the database. */
  drop(): Promise<void>;
}

interface TestDatabaseOptions {
  /** `migrated`: PostGIS and our tables. `empty`: nothing, not even PostGIS. */
  content?: 'migrated' | 'empty';
}

/** A database of the test's own, ready in about 50 ms: a copy of one that was migrated once. */
export async function createTestDatabase({
  content = 'migrated',
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const administrator = inject('databaseUrl');
  const name = `test_${process.pid}_${++counter}`;
  const template = content === 'migrated' ? TEMPLATE : 'template1';
  await execute(administrator, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    databaseUrl: withDatabase(administrator, name),
    drop: () => execute(administrator, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
