import { inject } from 'vitest';
import type { TownData } from '../../../backend/network/TownData.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
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
  /** What is in the tables. */
  town?: TownData;
}

/** Databases with a town in them, to be copied: reading it in takes longer than the copy. */
const towns = new Map<TownData, Promise<string>>();

async function withTown(town: TownData): Promise<string> {
  const name = `town_${process.pid}_${towns.size}`;
  const administrator = inject('databaseUrl');
  await execute(administrator, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const pool = openPool(withDatabase(administrator, name));
  await new PostgisStore({ pool }).loadTown(town);
  await pool.end();
  return name;
}

function templateOf(town: TownData): Promise<string> {
  const known = towns.get(town) ?? withTown(town);
  towns.set(town, known);
  return known;
}

/** A database of the test's own, ready in about 50 ms: a copy of one that was migrated once. */
export async function createTestDatabase({
  content = 'migrated',
  town,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const administrator = inject('databaseUrl');
  const name = `test_${process.pid}_${++counter}`;
  const plain = content === 'migrated' ? TEMPLATE : 'template1';
  const template = town ? await templateOf(town) : plain;
  await execute(administrator, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    databaseUrl: withDatabase(administrator, name),
    drop: () => execute(administrator, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Sets what the sessions of a database begin with. */
export async function alterDatabase(databaseUrl: string, settings: Record<string, string>): Promise<void> {
  // In one block, in which none of them holds yet.
  const commands = Object.entries(settings).map(
    ([name, value]) =>
      `EXECUTE format('ALTER DATABASE %I SET ${name} = %L', current_database(), '${value}');`,
  );
  if (commands.length > 0) await execute(databaseUrl, `DO $$ BEGIN ${commands.join(' ')} END $$`);
}
