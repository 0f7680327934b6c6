import { OptionReader } from '../config/OptionReader.ts';
import { schemas } from '../config/options.ts';
import { needed } from '../config/sharedConfig.ts';
import { migrate } from '../database/migrate.ts';

/** Applies what is pending and names it. Rejects with what the database or the migration says. */
export async function migrateCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = new OptionReader('migrate', args, env);
  const databaseUrl = needed(
    options.optional('database', schemas.databaseUrl),
    'migrate',
    'database',
    'postgres://user@127.0.0.1:5432/lrt',
  );
  const applied = await migrate(databaseUrl);
  console.log(applied.length === 0 ? 'The database is up to date' : `Applied ${applied.join(', ')}`);
  return 0;
}
