import cliProgress from 'cli-progress';
import type pg from 'pg';
import type { TownData } from '../../../backend/network/TownData.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { openPool } from '../database/openPool.ts';
import { PostgisStore } from '../postgis/PostgisStore.ts';
import { IMPORT_HELP, type ImportOptions, readImportOptions } from './import/importOptions.ts';
import { findLayerFiles } from './import/layerFiles.ts';
import { mergeFiles } from './import/mergeFiles.ts';
import { RefusalReport } from './import/RefusalReport.ts';
import { readTownFiles } from './import/readTownFiles.ts';

/** The exit code when some features were left out and the others imported. */
const SOME_LEFT_OUT = 3;

/**
 * Runs `lrt-server import`: loads a town from GeoJSON files into the database, or merges it into the one that is there. Resolves with the exit code: 0, or 3
 * if features were left out. Rejects with a ConfigError for a wrong option, and with an Error with a message for the
 * operator when the import failed; then the database is unchanged.
 */
export async function importCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readImportOptions(args, env);
  if (!options) {
    process.stdout.write(IMPORT_HELP);
    return 0;
  }
  const files = await findLayerFiles(options.paths, { some: options.merge });
  await refuseOldDatabase(options);
  const pool = openPool(options.databaseUrl, { max: 1 });
  try {
    const report = new RefusalReport();
    if (options.merge) {
      console.log(await mergeFiles(pool, files, options, report));
      return ended(report, options);
    }
    if (!options.replace) await refuseToReplace(pool);
    const town = await readTownFiles(files, options.design, (path, refused) => report.add(path, refused));
    if (options.reportFile !== undefined) await report.write(options.reportFile);
    await store(pool, town);
    console.log(`Imported ${describeTown(town)}.`);
    return ended(report, options);
  } finally {
    await pool.end();
  }
}

/** Prints what was left out. Gives the exit code. */
function ended(report: RefusalReport, { reportFile }: ImportOptions): number {
  if (report.count === 0) return 0;
  console.error(report.describe(reportFile));
  return SOME_LEFT_OUT;
}

async function refuseOldDatabase({ databaseUrl }: ImportOptions): Promise<void> {
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

/** Shows a progress bar if standard error is a terminal. */
async function store(pool: pg.Pool, town: TownData): Promise<void> {
  const { addresses, poles, streets, designPoles } = town;
  const total = [addresses, poles, streets, designPoles].reduce(
    (sum, layer) => sum + (layer?.features.length ?? 0),
    0,
  );
  const bar = new cliProgress.SingleBar({
    format: 'Storing {bar} {value}/{total}',
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  try {
    await new PostgisStore({ pool }).loadTown(town, { onStored: (stored) => bar.update(stored) });
  } finally {
    bar.stop();
  }
}

function describeTown({ addresses, poles, streets, designs }: TownData): string {
  const count = (layer: { features: unknown[] } | undefined) =>
    (layer?.features.length ?? 0).toLocaleString('en');
  const names = designs.map(({ name }) => `design/${name}`).join(', ');
  return `${count(addresses)} addresses, ${count(poles)} poles and ${count(streets)} streets, with ${names} to plan in`;
}
