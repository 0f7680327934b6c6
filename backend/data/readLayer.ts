import { DataError } from './DataError.ts';
import type { DataFile, DataLayer, DataMapping, DataOptions, LayerReading } from './dataTypes.ts';

/**
 * Reads a layer that `openData` found in the same files, as batches of features for a town, in WGS 84. It holds one piece
 * of the file at a time. It leaves out and reports what cannot be used. It rejects with a DataError when the layer cannot be
 * read at all, and with the signal's reason when that aborts.
 *
 * @example
 * const reading = readLayer(files, layer, layer.suggestion);
 * for await (const { kind, features } of reading) await store(kind, features);
 * show(reading.report);
 */
export function readLayer(
  _files: readonly DataFile[],
  { file }: Pick<DataLayer, 'id' | 'file' | 'format' | 'crs' | 'encoding' | 'name'>,
  _mapping: DataMapping,
  _options: DataOptions = {},
): LayerReading {
  throw new DataError({ file, code: 'not-yet', values: {}, text: 'this comes soon' });
}
