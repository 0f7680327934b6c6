import type pg from 'pg';
import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import type { DataOptions } from '../../../../backend/data/dataTypes.ts';
import { readLayer } from '../../../../backend/data/readLayer.ts';
import type { ChosenLayer } from '../../../../backend/intake/ChosenLayer.ts';
import { refuseDisjointLayers } from '../../../../backend/network/coordinates.ts';
import { type MergeCounts, mergeLayer } from '../../../../backend/network/mergeLayer.ts';
import type { NetworkDataView } from '../../../../backend/network/NetworkStore.ts';
import type { RefusedFeature, TownFeature } from '../../../../backend/network/TownData.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { PostgisStore } from '../../postgis/PostgisStore.ts';
import { printable } from './printable.ts';
import type { RefusalReport } from './RefusalReport.ts';
import type { ReadFiles } from './readTown.ts';

const TABLES = { addresses: 'address', poles: 'pole', streets: 'street' } as const;
type MergedKind = keyof typeof TABLES;

interface ReadLayer {
  file: string;
  kind: MergedKind;
  features: TownFeature[];
  /** The number of each feature in its file. */
  indexes: number[];
}

/**
 * Merges the files into master, all of them or none. Gives a line for the operator that says what was added and changed.
 * Rejects with a message for the operator; then the database is unchanged.
 */
export async function mergeFiles(
  pool: pg.Pool,
  { files, chosen }: ReadFiles,
  { key, ...options }: DataOptions & { key: string | undefined },
  report: RefusalReport,
): Promise<string> {
  const read: ReadLayer[] = [];
  for (const choice of chosen) read.push(await readWhole(files, choice, options));
  const { counts, refused } = await new PostgisStore({ pool }).edit(async (network) => {
    const master = await network.view();
    await refuseOtherTown(master, read);
    // The work may run again, so it reports nothing itself.
    const found: { path: string; refused: RefusedFeature }[] = [];
    const merged: [MergedKind, MergeCounts][] = [];
    for (const layer of read) {
      options.signal?.throwIfAborted();
      const here: RefusedFeature[] = [];
      const counts = await mergeLayer(master.table(TABLES[layer.kind]), layer, {
        onRefused: (one) => here.push(one),
        ...(key !== undefined && { key }),
      });
      refuseNothingUsable(layer.file, counts, here);
      merged.push([layer.kind, counts]);
      for (const one of here) found.push({ path: layer.file, refused: one });
    }
    return { counts: merged, refused: found };
  });
  for (const { path, refused: one } of refused) report.add({ file: path, ...one });
  await pool.query('ANALYZE lrt.address, lrt.pole, lrt.street');
  return `Merged: ${counts.map(describe).join('; ')}.`;
}

async function readWhole(
  files: ReadFiles['files'],
  { layer, mapping }: ChosenLayer,
  options: DataOptions,
): Promise<ReadLayer> {
  const file = layer.path.join('/');
  if (mapping.kind === 'designs' || mapping.kind === 'designPoles') {
    throw new Error(
      printable(`${file}: --merge takes no designs; leave it out with --kind ${layer.name}:none`),
    );
  }
  const whole: ReadLayer = { file, kind: mapping.kind, features: [], indexes: [] };
  for await (const batch of readLayer(files, layer, mapping, options)) {
    if (batch.kind === 'designs') continue;
    for (const feature of batch.features) whole.features.push(feature);
    for (const number of batch.numbers) whole.indexes.push(number);
  }
  return whole;
}

function describe([layer, { added, changed, unchanged }]: [MergedKind, MergeCounts]): string {
  const [a, c, u] = [added, changed, unchanged].map((count) => count.toLocaleString('en'));
  return `${layer}: ${a} added, ${c} changed, ${u} unchanged`;
}

/** A file that has latitude first may still have valid positions: it then lies far from the network. */
async function refuseOtherTown(master: NetworkDataView, read: readonly ReadLayer[]): Promise<void> {
  const sample: Position[] = [];
  for (const table of ['address', 'pole']) {
    for (const { geometry } of await master.table(table).recs({ limit: 1_000 })) {
      if (geometry?.type === 'Point') sample.push(geometry.coordinates);
    }
  }
  const layers = read.map(({ kind, features }): [string, Position[]] => [kind, features.flatMap(firstOf)]);
  try {
    refuseDisjointLayers(new Map([['the network', sample], ...layers]));
  } catch (error) {
    throw isTaskRefusal(error) ? new Error(printable(`${error.message} Nothing was changed`)) : error;
  }
}

function firstOf({ geometry }: TownFeature): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates.slice(0, 1) : [];
}

/** A wrong --key would leave everything out. */
function refuseNothingUsable(file: string, counts: MergeCounts, refused: readonly RefusedFeature[]): void {
  const [first] = refused;
  if (!first || counts.added + counts.changed + counts.unchanged > 0) return;
  throw new Error(
    printable(
      `${file}: not one of its features can be merged; feature ${first.feature} (from 1): ${first.reason}`,
    ),
  );
}
