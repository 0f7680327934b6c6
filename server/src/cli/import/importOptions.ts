import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/ConfigError.ts';
import { schemas } from '../../config/options.ts';
import { needed } from '../../config/sharedConfig.ts';
import type { LayerOptions } from './layerOptions.ts';

export const IMPORT_HELP = `Usage: lrt-server import --database URL [options] FILE... | FOLDER
       lrt-server import --data FILE [options] FILE... | FOLDER
       lrt-server import --check [options] FILE... | FOLDER

Loads a town into the database, or into a new file for "serve --data". Files are GeoJSON (also line by line), Shapefiles,
CSV with coordinates, KML, KMZ and GeoPackage, each also zipped or gzipped. They are told apart by what is in them. Layout,
encoding, coordinate system and columns are guessed, and it says what it guessed before it stores anything. Where the files
bring no design, planning starts with one around all addresses. Features that cannot be used are named and left out.

With --merge it adds what the network lacks and changes what differs; it deletes nothing, and leaves all designs as they
are. Ends with 0 where all features were taken, 3 where some were left out, 1 where the database is unchanged, 2 where the
command was given wrongly.

Say what was guessed wrongly. Each of these may begin with LAYER: (the name of a file, or of a layer in it), else it holds for
all of them, and each may be given more than once:
  --map MEANING=COLUMN,...  street, number, unit, postcode, city, address (all in one column), id, name, design; x and y, or
                  pair, or geometry for the places in a CSV file. A+B joins two columns, and nothing after = takes none
  --kind KIND     addresses, poles, streets, designs, designPoles, or none to leave the layer out
  --crs CODE      the coordinate system by its EPSG code, such as 28992, or as WKT or PROJ text
  --encoding NAME such as windows-1252
  --swap-axes LAYER  latitude and longitude are the other way round; all: in every layer

Options, or in [] the variable of the environment; a flag beats its variable:
  --database URL  PostgreSQL with PostGIS, migrated ("lrt-server migrate") [LRT_DATABASE_URL]
  --data FILE     makes this SQLite file instead
  --design NAME   name of the design; default: FTTH
  --check         only say what would be stored; it needs neither --database nor --data
  --replace       replace the network that is there, and all designs
  --merge         add to the network that is there, and change it
  --key PROPERTY  with --merge: what has the same value of this property is the same thing; default: what is at the same
                  place and has the same name, or the same street and number
  --report FILE   write down the features that were left out, one JSON object per line: file, feature, reason
  -h, --help      shows this
`;

/** The database or the file that takes the town; none where files are only checked. */
type ImportTarget = { kind: 'database'; url: string } | { kind: 'file'; path: string } | { kind: 'none' };

export interface ImportOptions {
  target: ImportTarget;
  /** Paths of files and folders. */
  paths: string[];
  layers: LayerOptions;
  design: string | undefined;
  check: boolean;
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
  const target = targetOf(values, env);
  if (positionals.length === 0) {
    throw new ConfigError('import needs files, or a folder with files of addresses, poles and streets');
  }
  const { merge = false, replace = false, key, design } = values;
  if (merge && replace) throw new ConfigError('--merge and --replace: give one of them');
  if (merge && design !== undefined) {
    throw new ConfigError('--design is for a network that is loaded as a whole; with --merge leave it out');
  }
  if (key !== undefined && !merge) throw new ConfigError('--key is for --merge: give both');
  if (key === '') throw new ConfigError('--key must be the name of a property');
  if (target.kind === 'file' && (merge || replace)) {
    throw new ConfigError('--data makes a new file: leave out --merge and --replace');
  }
  return {
    target,
    paths: positionals,
    layers: {
      map: values.map ?? [],
      kind: values.kind ?? [],
      crs: values.crs ?? [],
      encoding: values.encoding ?? [],
      swapAxes: values['swap-axes'] ?? [],
    },
    design,
    check: values.check ?? false,
    replace,
    merge,
    key,
    reportFile: values.report,
  };
}

function targetOf(
  {
    database,
    data,
    check,
  }: { database?: string | undefined; data?: string | undefined; check?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): ImportTarget {
  if (data !== undefined) {
    if (database !== undefined) throw new ConfigError('--database and --data: give one of them');
    if (data === '') throw new ConfigError('--data must be the name of a file');
    return { kind: 'file', path: resolve(data) };
  }
  if (check && database === undefined) return { kind: 'none' };
  const url = needed(
    database ?? (env.LRT_DATABASE_URL?.trim() || undefined),
    'import',
    'database',
    'postgres://user@127.0.0.1:5432/lrt',
  );
  const databaseUrl = schemas.databaseUrl.safeParse(url);
  // The message does not repeat the value: it may hold a password.
  if (!databaseUrl.success) {
    throw new ConfigError(`--database (LRT_DATABASE_URL) must be ${databaseUrl.error.issues[0]?.message}`);
  }
  return { kind: 'database', url: databaseUrl.data };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        database: { type: 'string' },
        data: { type: 'string' },
        map: { type: 'string', multiple: true },
        kind: { type: 'string', multiple: true },
        crs: { type: 'string', multiple: true },
        encoding: { type: 'string', multiple: true },
        'swap-axes': { type: 'string', multiple: true },
        check: { type: 'boolean' },
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
