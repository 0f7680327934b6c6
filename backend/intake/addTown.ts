import type { Position } from '../../src/contract/index.ts';
import { refusal } from '../data/reasons.ts';
import { mergeLayer } from '../network/mergeLayer.ts';
import type { NetworkDataView, NetworkStore } from '../network/NetworkStore.ts';
import type { TownSource } from '../network/TownSource.ts';
import type { LayerKind, TownFeature } from '../network/townTypes.ts';
import { refuseLayersApart } from './refuseLayersApart.ts';

const TABLES = [
  ['addresses', 'address'],
  ['poles', 'pole'],
  ['streets', 'street'],
] as const;

/**
 * Adds a town to the network that is there: what it lacks is added, what differs is changed, nothing is deleted, and designs
 * stay as they are. Designs of other names are added. Rejects, and nothing has changed, where the town cannot be read.
 */
export async function addTown(store: NetworkStore, town: TownSource): Promise<void> {
  if ((await collect(town, 'designPoles')).length > 0) {
    throw refusal([], 'design-poles-added');
  }
  const layers: { layer: LayerKind; table: string; features: TownFeature[] }[] = [];
  for (const [layer, table] of TABLES) layers.push({ layer, table, features: await collect(town, layer) });
  await store.edit(async (network) => {
    const master = await network.view();
    await refuseOtherTown(master, layers);
    for (const { table, features } of layers) {
      if (features.length > 0) await mergeLayer(master.table(table), { features, indexes: [] });
    }
  });
  const known = new Set((await store.designs()).map(({ name }) => name));
  for (const design of town.designs) if (!known.has(design.name)) await store.createDesign(design);
}

async function refuseOtherTown(
  master: NetworkDataView,
  layers: readonly { layer: LayerKind; features: readonly TownFeature[] }[],
): Promise<void> {
  const there: Position[] = [];
  for (const { geometry } of await master.table('address').recs({ limit: 1_000 })) {
    if (geometry?.type === 'Point') there.push(geometry.coordinates);
  }
  const added = layers.map(({ layer, features }): [string, Position[]] => [layer, features.flatMap(firstOf)]);
  refuseLayersApart(new Map([['town', there], ...added]));
}

function firstOf({ geometry }: TownFeature): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates.slice(0, 1) : [];
}

async function collect(town: TownSource, layer: LayerKind): Promise<TownFeature[]> {
  const found: TownFeature[] = [];
  for await (const batch of town.read(layer)) for (const feature of batch) found.push(feature);
  return found;
}
