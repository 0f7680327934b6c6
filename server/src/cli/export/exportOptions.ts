import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HANDOVER_FORMATS, HANDOVER_REPORTS, type HandoverRequest } from '../../../../src/contract/index.ts';
import { ConfigError } from '../../config/ConfigError.ts';
import { schemas } from '../../config/options.ts';

export const EXPORT_HELP = `Usage: lrt-server export --task ID --format FORMAT [options]
       lrt-server export --design NAME --format FORMAT [options]

Writes what a task has built, or what a design adds and changes, into a file: as GeoJSON (geojson), as a GeoPackage with a layer for each
table (gpkg), or as a report (csv). It reads what is committed, from the database or from the file of a server that does not run.

Options, or in [] the variable of the environment; a flag beats its variable:
  --task ID        the id of a task
  --design NAME    the name of a design
  --format FORMAT  geojson, gpkg or csv
  --report REPORT  with csv: addresses, bill or splices
  --no-bom         with csv: without the mark by which spreadsheets know that a file is UTF-8
  --semicolons     with csv: semicolons between cells and decimals with a comma, as Excel reads them in German and French
  --out FILE       the file, which must not be there yet; "-": standard output. Default: a name of the task or design, here
  --replace        replaces the file that is there
  --database URL   PostgreSQL with PostGIS, migrated [LRT_DATABASE_URL]
  --data FILE      the file of a server without a database [LRT_DATA]; default: lrt-server.sqlite
  -h, --help       shows this
`;

export interface ExportOptions {
  of: { task: string } | { design: string };
  request: HandoverRequest;
  out: string | undefined;
  replace: boolean;
  from: { databaseUrl: string } | { file: string };
}

/**
 * Parses the options of `export`. Throws a ConfigError that names a wrong option and the fix; returns undefined when the operator
 * asked for help.
 */
export function readExportOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ExportOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { task, design, out, replace = false } = values;
  if ((task === undefined) === (design === undefined)) {
    throw new ConfigError('export needs --task ID or --design NAME: give one of them');
  }
  return {
    of: task === undefined ? { design: `design/${(design ?? '').replace(/^design\//, '')}` } : { task },
    request: requestOf(values),
    out,
    replace,
    from: sourceOf(values, env),
  };
}

function requestOf(values: ReturnType<typeof parse>): HandoverRequest {
  const format = HANDOVER_FORMATS.find((known) => known === values.format);
  if (!format) throw new ConfigError(`--format must be one of ${HANDOVER_FORMATS.join(', ')}`);
  const report = HANDOVER_REPORTS.find((known) => known === values.report);
  const isCsv = format === 'csv';
  if (isCsv && !report) throw new ConfigError(`--report must be one of ${HANDOVER_REPORTS.join(', ')}`);
  if (!isCsv && values.report !== undefined) throw new ConfigError('--report is for --format csv: give both');
  if (!isCsv && values['no-bom']) throw new ConfigError('--no-bom is for --format csv: leave it out');
  if (!isCsv && values.semicolons) throw new ConfigError('--semicolons is for --format csv: leave it out');
  return {
    format,
    ...(report && { report }),
    ...(isCsv && { bom: !values['no-bom'] }),
    ...(values.semicolons && { separator: 'semicolon' }),
  };
}

function sourceOf(values: ReturnType<typeof parse>, env: NodeJS.ProcessEnv): ExportOptions['from'] {
  if (values.database !== undefined && values.data !== undefined) {
    throw new ConfigError('--database and --data: give one of them');
  }
  const url =
    values.data === undefined ? (values.database ?? (env.LRT_DATABASE_URL?.trim() || undefined)) : undefined;
  if (url !== undefined) {
    const databaseUrl = schemas.databaseUrl.safeParse(url);
    if (databaseUrl.success) return { databaseUrl: databaseUrl.data };
    // The message does not repeat the value: it may hold a password.
    throw new ConfigError(`--database (LRT_DATABASE_URL) must be ${databaseUrl.error.issues[0]?.message}`);
  }
  const file = values.data ?? (env.LRT_DATA?.trim() || 'lrt-server.sqlite');
  if (existsSync(file)) return { file };
  throw new ConfigError(
    `there is no file ${file}: give --data the file of a server, or --database (LRT_DATABASE_URL)`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        task: { type: 'string' },
        design: { type: 'string' },
        format: { type: 'string' },
        report: { type: 'string' },
        'no-bom': { type: 'boolean' },
        semicolons: { type: 'boolean' },
        out: { type: 'string' },
        replace: { type: 'boolean' },
        database: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const wrong = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${wrong}; "lrt-server export --help" lists all options`);
  }
}
