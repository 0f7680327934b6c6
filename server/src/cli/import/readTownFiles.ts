import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import {
  parseLayer,
  parseTown,
  type RefusedFeature,
  type TownData,
} from '../../../../backend/network/TownData.ts';
import { designAround } from '../../readTown.ts';
import { type FileLayer, type LayerFile, readLayerFile } from './layerFiles.ts';
import { printable } from './printable.ts';

/**
 * Reads the town in the files, without the wrong features, which it reports one by one. Rejects when a file, or
 * everything in it, cannot be used; when the files do not belong together; and when the design's name is not valid.
 */
export async function readTownFiles(
  files: readonly LayerFile[],
  design: string | undefined,
  onRefused: (path: string, refused: RefusedFeature) => void,
): Promise<TownData> {
  const layers: Partial<Record<FileLayer, ReturnType<typeof parseLayer>>> = {};
  for (const file of files) {
    layers[file.layer] = await readLayer(file, (refused) => onRefused(file.path, refused));
  }
  const points = (layers.addresses?.features ?? []).flatMap(({ geometry }) =>
    geometry.type === 'Point' ? [geometry.coordinates] : [],
  );
  if (points.length === 0) throw new Error('there is not one address to import; nothing was changed');
  return parseTown({ ...layers, ...designAround(points, design) });
}

/**
 * Reads one layer, without the wrong features, which it reports. `indexes` receives the index in the file of each that it
 * gives. Rejects when the file, or everything in it, cannot be used.
 */
export async function readLayer(
  file: LayerFile,
  onRefused: (refused: RefusedFeature) => void,
  indexes?: number[],
) {
  let first: RefusedFeature | undefined;
  let refusals = 0;
  const text = await readLayerFile(file);
  const hear = (refused: RefusedFeature) => {
    first ??= refused;
    refusals += 1;
    onRefused(refused);
  };
  const layer = parse(file, text, hear, indexes);
  if (layer.features.length === 0 && first) {
    throw new Error(
      printable(
        `${file.path}: not one of its ${refusals} features can be used; feature ${first.feature} (from 0): ${first.reason}`,
      ),
    );
  }
  return layer;
}

function parse(
  { layer, path }: LayerFile,
  text: string,
  onRefused: (refused: RefusedFeature) => void,
  indexes?: number[],
) {
  try {
    return parseLayer(layer, text, onRefused, indexes);
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    throw new Error(printable(`${path}: ${error.message}`));
  }
}
