import type { LayerKind, TownData, TownDesign, TownFeature } from './townTypes.ts';

/** A town that is read while it is stored, so that it need not fit into memory. */
export interface TownSource {
  designs: readonly TownDesign[];
  /** The features of a layer, in batches. The store numbers them in this order. A design's poles say which design's they are. */
  read(layer: LayerKind): AsyncIterable<readonly TownFeature[]>;
}

/** A town that is in memory already. */
export function sourceOfTown(town: TownData): TownSource {
  return {
    designs: town.designs,
    async *read(layer) {
      const features = town[layer]?.features ?? [];
      if (features.length > 0) yield features;
    },
  };
}

export function isTownSource(town: TownData | TownSource): town is TownSource {
  return 'read' in town;
}
