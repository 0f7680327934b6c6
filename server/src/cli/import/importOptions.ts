import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/ConfigError.ts';
import { schemas } from '../../config/options.ts';
import { needed } from '../../config/sharedConfig.ts';

export const IMPORT_HELP = `Usage: lrt-server import --database URL [options] addresses.geojson poles.geojson [streets.geojson]
       lrt-server import --database URL [options] FOLDER

Loads a town into the database: GeoJSON in WGS 84 longitude and latitude. Files are told apart by their names, which
have "address", "pole" or "street" in them. Planning starts with one design around all addresses. Features that cannot
be used are named and left out. Ends with 0 where all features were taken, 3 where some were left out, 1 where the
database is unchanged, 2 where the command was given wrongly.

Options, or in [] the variable of the environment; a flag beats its variable:
  --database URL  PostgreSQL with PostGIS, migrated ("lrt-server migrate") [LRT_DATABASE_URL]
  --design NAME   name of the design; default: FTTH
  --replace       replace the network that is there, and all designs
  --report FILE   write down every feature that was left out, one JSON object per line: file, feature, reason
  -h, --help      shows this
`;

export interface ImportOptions {
  databaseUrl: string;
  /** Paths of files, or of one folder. */
  paths: string[];
  design: string | undefined;
  replace: boolean;
  reportFile: string | undefined;
}

/**
 * Parses the options of `import`. Throws a ConfigError that names a wrong option and the fix; returns undefined when
 * the operator asked for help.
 */
export function readImportOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ImportOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const url = needed(
    values.database ?? (env.LRT_DATABASE_URL?.trim() || undefined),
    'import',
    'database',
    'postgres://user@127.0.0.1:5432/lrt',
  );
  const databaseUrl = schemas.databaseUrl.safeParse(url);
  if (!databaseUrl.success) {
    // The message does not repeat the value: it may hold a password.
    throw new ConfigError(`--database (LRT_DATABASE_URL) must be ${databaseUrl.error.issues[0]?.message}`);
  }
  if (positionals.length === 0) {
    throw new ConfigError('import needs files, or a folder with addresses.geojson and poles.geojson');
  }
  return {
    databaseUrl: databaseUrl.data,
    paths: positionals,
    design: values.design,
    replace: values.replace ?? false,
    reportFile: values.report,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        database: { type: 'string' },
        design: { type: 'string' },
        replace: { type: 'boolean' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const wrong = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${wrong}; "lrt-server import --help" lists all options`);
  }
}
