import { OptionReader } from '../config/OptionReader.ts';
import { schemas } from '../config/options.ts';
import { needed, readTaskFiles } from '../config/sharedConfig.ts';
import { migrate } from '../database/migrate.ts';
import { loadDefinitions } from '../definitions/loadDefinitions.ts';

/**
 * Runs `lrt-server migrate`: applies the pending migrations, makes the tables that the modules of --tasks define, and
 * prints the names of both. Rejects with the message of the database or the migration.
 */
export async function migrateCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = new OptionReader('migrate', args, env);
  const databaseUrl = needed(
    options.optional('database', schemas.databaseUrl),
    'migrate',
    'database',
    'postgres://user@127.0.0.1:5432/lrt',
  );
  const { tables } = await loadDefinitions(readTaskFiles(options));
  const applied = await migrate(databaseUrl, tables);
  console.log(applied.length === 0 ? 'The database is up to date' : `Applied ${applied.join(', ')}`);
  return 0;
}
