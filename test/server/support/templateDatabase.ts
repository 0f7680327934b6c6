import pg from 'pg';
import { migrate } from '../../../server/src/database/migrate.ts';

/** Of which the tests' databases are copies: PostGIS and our tables. */
export const TEMPLATE = 'lrt_template';

export async function createTemplate(administrator: string): Promise<void> {
  await execute(administrator, `CREATE DATABASE ${TEMPLATE}`);
  const template = withDatabase(administrator, TEMPLATE);
  await migrate(template);
  // The other reference systems of PostGIS, which nobody uses, are half of what each copy would have to copy.
  await execute(template, 'DELETE FROM spatial_ref_sys WHERE srid <> 4326');
  await execute(template, 'VACUUM FULL spatial_ref_sys');
}

/** One statement on a connection of its own. */
export async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function withDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
