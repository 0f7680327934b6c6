import type { ReadContext } from './bytes/ByteSource.ts';
import { DataError } from './DataError.ts';
import type { DataFile, DataLayer, DataOptions, OpenedData } from './dataTypes.ts';
import { describeLayer, sampleOf } from './layers/describeLayer.ts';
import { findLayers } from './layers/findLayers.ts';
import type { LayerSource } from './layers/LayerSource.ts';
import { systemOfLayer } from './layers/systemOfLayer.ts';
import { encodingOfLabel } from './text/encodingLabel.ts';

/**
 * Finds the layers in the files, by content and not by name: an archive or a GeoPackage may hold several. It reads as
 * much as it needs for a description of each. A file that cannot be read becomes a problem, and the others are still
 * opened. It works the same in a page, in a Web Worker and in Node.
 *
 * @example
 * const { layers, problems } = await openData([{ name: 'houses.zip', blob: await openAsBlob('houses.zip') }]);
 */
export async function openData(files: readonly DataFile[], options: DataOptions = {}): Promise<OpenedData> {
  const { signal, onProgress, encodings = {} } = options;
  const context: ReadContext = {
    ...(signal && { signal }),
    encodingOf: (path) => encodingOfLabel(encodings[path.join('/')] ?? ''),
  };
  const { layers: sources, problems } = await findLayers(files, context);
  const sampled: { source: LayerSource; sample: Awaited<ReturnType<typeof sampleOf>> }[] = [];
  for (const [index, source] of sources.entries()) {
    try {
      sampled.push({ source, sample: await sampleOf(source, context) });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(error.problem);
    }
    onProgress?.({ done: index + 1, total: sources.length });
  }
  const layers: DataLayer[] = [];
  // Layers that say where they are come first, because they help to guess where the others are.
  let near: [number, number] | undefined;
  const systems = new Map<LayerSource, Awaited<ReturnType<typeof systemOfLayer>>>();
  for (const isSure of [true, false]) {
    for (const { source, sample } of sampled) {
      if (systems.has(source)) continue;
      const system = await systemOfLayer(source, sample.features, near);
      const guessed = system.crs.from === 'guessed' || system.crs.from === 'unknown' || system.swapped;
      if (isSure && guessed) continue;
      systems.set(source, system);
      near ??= system.at;
    }
  }
  const ids = idsOf(sources);
  for (const { source, sample } of sampled) {
    const system = systems.get(source);
    if (system) layers.push(describeLayer(ids.get(source) ?? '', source, sample, system));
  }
  return { layers, problems };
}

/** The way to each layer, and a number where two are the same. */
export function idsOf(sources: readonly LayerSource[]): Map<LayerSource, string> {
  const ids = new Map<LayerSource, string>();
  const taken = new Set<string>();
  for (const source of sources) {
    const way = source.path.join('/');
    let id = way;
    for (let n = 2; taken.has(id); n++) id = `${way}#${n}`;
    taken.add(id);
    ids.set(source, id);
  }
  return ids;
}
