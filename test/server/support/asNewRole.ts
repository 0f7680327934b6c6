import { inject, onTestFinished } from 'vitest';
import { execute } from './templateDatabase.ts';

let roles = 0;

/** The same database for a role without privileges. `drop` happens before the database is dropped. */
export async function asNewRole(
  databaseUrl: string,
  attributes = '',
): Promise<{ url: string; role: string }> {
  const role = `plain_${process.pid}_${++roles}`;
  await execute(inject('databaseUrl'), `CREATE ROLE ${role} LOGIN PASSWORD 'plain' ${attributes}`);
  onTestFinished(async () => {
    await execute(databaseUrl, `DROP OWNED BY ${role} CASCADE`);
    await execute(inject('databaseUrl'), `DROP ROLE ${role}`);
  });
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = 'plain';
  return { url: url.href, role };
}
