import type { DataFile, DataOptions } from '../data/dataTypes.ts';
import { readLayer } from '../data/readLayer.ts';
import type { TownSource } from '../network/TownSource.ts';
import type { LayerKind, TownDesign, TownDesignPole, TownFeature } from '../network/townTypes.ts';
import type { ChosenLayer } from './ChosenLayer.ts';

/**
 * The layers as a town that is read while it is stored. `planned`: the designs, and poles of theirs beside those of the files.
 */
export function townOfLayers(
  files: readonly DataFile[],
  chosen: readonly ChosenLayer[],
  planned: { designs: readonly TownDesign[]; designPoles?: readonly TownDesignPole[] },
  options: DataOptions = {},
): TownSource {
  return {
    designs: planned.designs,
    async *read(kind: LayerKind) {
      for (const { layer, mapping } of chosen) {
        if (mapping.kind === kind) yield* featuresOf(files, { layer, mapping }, options);
      }
      if (kind === 'designPoles' && planned.designPoles?.length) yield planned.designPoles;
    },
  };
}

/** The features of one layer, in batches; a layer of designs has none. */
async function* featuresOf(
  files: readonly DataFile[],
  { layer, mapping }: ChosenLayer,
  options: DataOptions,
): AsyncGenerator<readonly TownFeature[]> {
  for await (const batch of readLayer(files, layer, mapping, options)) {
    if (batch.kind !== 'designs') yield batch.features;
  }
}
