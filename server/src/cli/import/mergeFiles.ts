import type pg from 'pg';
import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { refuseDisjointLayers } from '../../../../backend/network/coordinates.ts';
import { type MergeCounts, mergeLayer } from '../../../../backend/network/mergeLayer.ts';
import type { NetworkDataView } from '../../../../backend/network/NetworkStore.ts';
import type { RefusedFeature, TownLayer } from '../../../../backend/network/TownData.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { PostgisStore } from '../../postgis/PostgisStore.ts';
import type { ImportOptions } from './importOptions.ts';
import type { FileLayer, LayerFile } from './layerFiles.ts';
import { printable } from './printable.ts';
import type { RefusalReport } from './RefusalReport.ts';
import { readLayer } from './readTownFiles.ts';

const TABLES = { addresses: 'address', poles: 'pole', streets: 'street' } as const;

interface ReadFile {
  file: LayerFile;
  layer: TownLayer;
  indexes: number[];
}

/**
 * Merges the files into master, all of them or none. Gives a line for the operator that says what was added and changed.
 * Rejects with a message for the operator; then the database is unchanged.
 */
export async function mergeFiles(
  pool: pg.Pool,
  files: readonly LayerFile[],
  { key, reportFile }: ImportOptions,
  report: RefusalReport,
): Promise<string> {
  const read: ReadFile[] = [];
  for (const file of files) {
    const indexes: number[] = [];
    const layer = await readLayer(file, (refused) => report.add(file.path, refused), indexes);
    read.push({ file, layer, indexes });
  }
  const { counts, refused } = await new PostgisStore({ pool }).edit(async (network) => {
    const master = await network.view();
    await refuseOtherTown(master, read);
    // The work may run again, so it reports nothing itself.
    const found: { path: string; refused: RefusedFeature }[] = [];
    const merged: [FileLayer, MergeCounts][] = [];
    for (const { file, layer, indexes } of read) {
      const onRefused = (one: RefusedFeature) => found.push({ path: file.path, refused: one });
      const input = { features: layer.features, indexes };
      const options = { onRefused, ...(key !== undefined && { key }) };
      merged.push([file.layer, await mergeLayer(master.table(TABLES[file.layer]), input, options)]);
    }
    refuseNothingUsable(read, merged, found);
    return { counts: merged, refused: found };
  });
  for (const one of refused) report.add(one.path, one.refused);
  if (reportFile !== undefined) await report.write(reportFile);
  await pool.query('ANALYZE lrt.address, lrt.pole, lrt.street');
  return `Merged: ${counts.map(describe).join('; ')}.`;
}

function describe([layer, { added, changed, unchanged }]: [FileLayer, MergeCounts]): string {
  const [a, c, u] = [added, changed, unchanged].map((count) => count.toLocaleString('en'));
  return `${layer}: ${a} added, ${c} changed, ${u} unchanged`;
}

/** A file that has latitude first may still have valid positions: it then lies far from the network. */
async function refuseOtherTown(master: NetworkDataView, read: readonly ReadFile[]): Promise<void> {
  const sample: Position[] = [];
  for (const table of ['address', 'pole']) {
    for (const { geometry } of await master.table(table).recs({ limit: 1_000 })) {
      if (geometry?.type === 'Point') sample.push(geometry.coordinates);
    }
  }
  const layers = read.map(({ file, layer }): [string, Position[]] => [
    file.layer,
    layer.features.flatMap(firstOf),
  ]);
  try {
    refuseDisjointLayers(new Map([['the network', sample], ...layers]));
  } catch (error) {
    throw isTaskRefusal(error) ? new Error(printable(`${error.message} Nothing was changed`)) : error;
  }
}

function firstOf({ geometry }: TownLayer['features'][number]): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates.slice(0, 1) : [];
}

/** A wrong --key would leave everything out. */
function refuseNothingUsable(
  read: readonly ReadFile[],
  merged: readonly [FileLayer, MergeCounts][],
  found: readonly { path: string; refused: RefusedFeature }[],
): void {
  for (const { file } of read) {
    const [, counts] = merged.find(([layer]) => layer === file.layer) ?? [];
    const first = found.find(({ path }) => path === file.path);
    if (!counts || !first || counts.added + counts.changed + counts.unchanged > 0) continue;
    const { feature, reason } = first.refused;
    throw new Error(
      printable(
        `${file.path}: not one of its features can be merged; feature ${feature} (from 0): ${reason}`,
      ),
    );
  }
}
