import { DataError } from './DataError.ts';
import type { DataFile, DataOptions, OpenedData } from './dataTypes.ts';

/**
 * Finds the layers in the files, by content and not by name: an archive or a GeoPackage may hold several. It reads as
 * much as it needs for a description of each. A file that cannot be read becomes a problem, and the others are still
 * opened. It works the same in a page, in a Web Worker and in Node.
 *
 * @example
 * const { layers, problems } = await openData([{ name: 'houses.zip', blob: await openAsBlob('houses.zip') }]);
 */
export async function openData(files: readonly DataFile[], _options: DataOptions = {}): Promise<OpenedData> {
  throw new DataError({ file: files[0]?.name ?? '', code: 'not-yet', values: {}, text: 'this comes soon' });
}
