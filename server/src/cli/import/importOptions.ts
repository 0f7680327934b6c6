import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/ConfigError.ts';
import { schemas } from '../../config/options.ts';
import { needed } from '../../config/sharedConfig.ts';

export const IMPORT_HELP = `Usage: lrt-server import --database URL [options] addresses.geojson poles.geojson [streets.geojson]
       lrt-server import --database URL [options] FOLDER

Loads a town into the database: GeoJSON in WGS 84 longitude and latitude. Files are told apart by their names, which
have "address", "pole" or "street" in them. Planning starts with one design around all addresses. Features that cannot
be used are named and left out.

With --merge it adds what the network lacks and changes what differs; it deletes nothing, and leaves all designs as they
are. Any of the three files will do then. Ends with 0 where all features were taken, 3 where some were left out, 1 where the
database is unchanged, 2 where the command was given wrongly.

Options, or in [] the variable of the environment; a flag beats its variable:
  --database URL  PostgreSQL with PostGIS, migrated ("lrt-server migrate") [LRT_DATABASE_URL]
  --design NAME   name of the design; default: FTTH
  --replace       replace the network that is there, and all designs
  --merge         add to the network that is there, and change it
  --key PROPERTY  with --merge: what has the same value of this property is the same thing; default: what is at the same
                  place and has the same name, or the same street and number
  --report FILE   write down every feature that was left out, one JSON object per line: file, feature, reason
  -h, --help      shows this
`;

export interface ImportOptions {
  databaseUrl: string;
  /** Paths of files, or of one folder. */
  paths: string[];
  design: string | undefined;
  replace: boolean;
  merge: boolean;
  /** The property by which a merge knows a feature again. */
  key: string | undefined;
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
  const { merge = false, replace = false, key, design } = values;
  if (merge && replace) throw new ConfigError('--merge and --replace: give one of them');
  if (merge && design !== undefined) {
    throw new ConfigError('--design is for a network that is loaded as a whole; with --merge leave it out');
  }
  if (key !== undefined && !merge) throw new ConfigError('--key is for --merge: give both');
  if (key === '') throw new ConfigError('--key must be the name of a property');
  return {
    databaseUrl: databaseUrl.data,
    paths: positionals,
    design,
    replace,
    merge,
    key,
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
        merge: { type: 'boolean' },
        key: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const wrong = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${wrong}; "lrt-server import --help" lists all options`);
  }
}
