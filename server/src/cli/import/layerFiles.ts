import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConfigError } from '../../config/ConfigError.ts';

/** A larger file does not hold a town. */
const MAX_MEGABYTES = 128;

/** The layers of a town, each with the word in a file's name by which the import recognises it. */
const WORDS = { addresses: 'address', poles: 'pole', streets: 'street' } as const;
export type FileLayer = keyof typeof WORDS;

export interface LayerFile {
  layer: FileLayer;
  path: string;
}

/**
 * Finds the files to read, in order: those that are named, or those of the folder. Throws a ConfigError when it
 * cannot recognise the layer of a file, or where addresses or poles are missing; with `some`, where there is no file at all.
 */
export async function findLayerFiles(
  paths: readonly string[],
  { some = false }: { some?: boolean } = {},
): Promise<LayerFile[]> {
  const [first] = paths;
  const files =
    first !== undefined && paths.length === 1 && (await isFolder(first))
      ? await filesOfFolder(first)
      : paths.map((path) => ({ layer: layerOf(path), path }));
  if (some && files.length === 0) {
    throw new ConfigError(`${first} holds no addresses.geojson, poles.geojson or streets.geojson`);
  }
  return (['addresses', 'poles', 'streets'] as const).flatMap((layer) => {
    const [file, other] = files.filter((candidate) => candidate.layer === layer);
    if (other)
      throw new ConfigError(`two files with ${layer} are given, ${file?.path} and ${other.path}: give one`);
    if (file) return [file];
    if (layer === 'streets' || some) return [];
    throw new ConfigError(`a file with ${layer} is missing: import needs addresses and poles`);
  });
}

async function filesOfFolder(folder: string): Promise<LayerFile[]> {
  const files: LayerFile[] = [];
  for (const layer of ['addresses', 'poles', 'streets'] as const) {
    const path = join(folder, `${layer}.geojson`);
    if (await exists(path)) files.push({ layer, path });
  }
  return files;
}

function layerOf(path: string): FileLayer {
  const name = basename(path).toLowerCase();
  const layers = (['addresses', 'poles', 'streets'] as const).filter((layer) => name.includes(WORDS[layer]));
  const [layer] = layers;
  if (layer && layers.length === 1) return layer;
  throw new ConfigError(
    `${path}: its name does not say which layer it holds: rename it, such as addresses.geojson, poles.geojson or streets.geojson`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Reads a file's text. Rejects with a message for the operator when it is missing, not a file, too large, or not
 * UTF-8.
 */
export async function readLayerFile({ path }: LayerFile): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read`, { cause: error });
  });
  if (!found.isFile()) throw new Error(`${path} is not a file: give a GeoJSON file`);
  const megabytes = Math.ceil(found.size / 2 ** 20);
  if (megabytes > MAX_MEGABYTES) {
    throw new Error(`${path} has ${megabytes} MB, at most ${MAX_MEGABYTES} are taken: cut out a part`);
  }
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${path} is not UTF-8 text: write it again as GeoJSON in UTF-8`);
  }
}
