import { existsSync } from 'node:fs';
import type pg from 'pg';
import type { TownSource } from '../../../backend/network/TownSource.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { openPool } from '../database/openPool.ts';
import { PostgisStore } from '../postgis/PostgisStore.ts';
import { SqliteStore } from '../sqlite/SqliteStore.ts';
import { describeReport } from './import/describeReport.ts';
import { ImportProgress } from './import/ImportProgress.ts';
import { IMPORT_HELP, type ImportOptions, readImportOptions } from './import/importOptions.ts';
import { mergeFiles } from './import/mergeFiles.ts';
import { RefusalReport } from './import/RefusalReport.ts';
import { countOf, type ReadFiles, readFiles, townOf } from './import/readTown.ts';

/** The exit code when some features were left out and the others imported. */
const SOME_LEFT_OUT = 3;

/**
 * Runs `lrt-server import`: loads a town from files into the database, or merges it into the one that is there. Resolves with
 * the exit code: 0, or 3 if features were left out. Rejects with a ConfigError for a wrong option, and with an Error with a
 * message for the operator when the import failed or was stopped; then the database is unchanged.
 */
export async function importCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readImportOptions(args, env);
  if (!options) {
    process.stdout.write(IMPORT_HELP);
    return 0;
  }
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('stopped; nothing was changed'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return await importFiles(options, stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function importFiles(options: ImportOptions, signal: AbortSignal): Promise<number> {
  if (options.target.kind === 'database') await refuseOldDatabase(options.target.url);
  const read = await survey(options, signal);
  const report = new RefusalReport();
  for (const { file, leftOut } of read.survey.reports) {
    for (const { number, text } of leftOut.first) report.add({ file, feature: number, reason: text });
    report.addUnnamed(leftOut.count - leftOut.first.length);
  }
  // An operator reads what is in the files before anything is stored.
  for (const problem of read.problems) console.error(problem);
  read.survey.reports.forEach((one, i) => {
    const choice = read.chosen[i];
    if (choice) console.log(describeReport(choice, one));
  });
  if (options.check) {
    console.log('Nothing was stored: --check only looks.');
    return ended(report, options);
  }
  if (options.merge) {
    console.log(await merge(read, options, report, signal));
    if (options.reportFile !== undefined) await report.write(options.reportFile);
    return ended(report, options);
  }
  const town = townOf(read, { design: options.design, signal });
  if (options.reportFile !== undefined) await report.write(options.reportFile);
  await store(options, town, totalOf(read, town), signal);
  console.log(`Imported ${describeTown(read, town)}.`);
  return ended(report, options);
}

async function survey({ paths, layers }: ImportOptions, signal: AbortSignal): Promise<ReadFiles> {
  const progress = new ImportProgress('Reading', 'bytes');
  try {
    return await readFiles(paths, {
      layers,
      signal,
      onProgress: ({ done, total }) => progress.update(done, total),
    });
  } finally {
    progress.stop();
  }
}

/** Prints what was left out. Gives the exit code. */
function ended(report: RefusalReport, { reportFile }: ImportOptions): number {
  if (report.count === 0) return 0;
  console.error(report.describe(reportFile));
  return SOME_LEFT_OUT;
}

async function refuseOldDatabase(databaseUrl: string): Promise<void> {
  const pending = await pendingMigrations(databaseUrl);
  if (pending.length === 0) return;
  throw new Error(`the database lacks ${pending.join(', ')}: run "lrt-server migrate" first`);
}

async function refuseToReplace(pool: pg.Pool): Promise<void> {
  // The order is the one in which a town is replaced, so that two imports do not lock each other out.
  const { rows } = await pool.query<{ designs: string; poles: string; addresses: string }>(
    `SELECT (SELECT count(*) FROM lrt.design) AS designs, (SELECT count(*) FROM lrt.pole) AS poles,
      (SELECT count(*) FROM lrt.address) AS addresses`,
  );
  const [there] = rows;
  if (!there || Object.values(there).every((count) => Number(count) === 0)) return;
  throw new Error(
    `the database holds a network already, of ${there.addresses} addresses, ${there.poles} poles and ${there.designs} ` +
      'designs; nothing was changed. Give --merge to add to it, or --replace to replace it with all that was planned in it',
  );
}

async function merge(
  read: ReadFiles,
  { target, key }: ImportOptions,
  report: RefusalReport,
  signal: AbortSignal,
): Promise<string> {
  if (target.kind !== 'database')
    throw new Error('--merge is for a database; a file of its own is filled once');
  const pool = openPool(target.url, { max: 1 });
  try {
    return await mergeFiles(pool, read, { key, signal }, report);
  } finally {
    await pool.end();
  }
}

async function store(
  { target, replace }: ImportOptions,
  town: TownSource,
  total: number,
  signal: AbortSignal,
): Promise<void> {
  if (target.kind === 'none') return;
  if (target.kind === 'file') return fillFile(target.path, town, total, signal);
  const pool = openPool(target.url, { max: 1 });
  const progress = new ImportProgress('Storing', 'features');
  try {
    if (!replace) await refuseToReplace(pool);
    const onStored = (stored: number) => progress.update(stored, total);
    await new PostgisStore({ pool }).loadTown(town, { onStored, signal });
  } finally {
    progress.stop();
    await pool.end();
  }
}

/** Makes the file of `serve --data`. Where it cannot be filled, there is none. */
async function fillFile(path: string, town: TownSource, total: number, signal: AbortSignal): Promise<void> {
  if (existsSync(path)) {
    throw new Error(
      `${path} is there already; nothing was changed. Move it away, or give the name of a new file`,
    );
  }
  const progress = new ImportProgress('Storing', 'features');
  let stored = 0;
  const counted: TownSource = {
    designs: town.designs,
    async *read(layer) {
      for await (const features of town.read(layer)) {
        signal.throwIfAborted();
        yield features;
        stored += features.length;
        progress.update(stored, total);
      }
    },
  };
  try {
    const sqlite = await SqliteStore.open({ file: path, town: async () => counted });
    sqlite.close();
  } finally {
    progress.stop();
  }
}

function totalOf(read: ReadFiles, { designs }: TownSource): number {
  const counts = (['addresses', 'poles', 'streets', 'designPoles'] as const).map((kind) =>
    countOf(read, kind),
  );
  return counts.reduce((sum, count) => sum + count, read.survey.designs.length > 0 ? 0 : designs.length);
}

function describeTown(read: ReadFiles, { designs }: TownSource): string {
  const count = (kind: 'addresses' | 'poles' | 'streets') => countOf(read, kind).toLocaleString('en');
  const names = designs.slice(0, 10).map(({ name }) => `design/${name}`);
  const more = designs.length > 10 ? ` and ${designs.length - 10} more` : '';
  return `${count('addresses')} addresses, ${count('poles')} poles and ${count('streets')} streets, with ${names.join(', ')}${more} to plan in`;
}
