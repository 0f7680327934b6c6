import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { DataFile } from '../../../../backend/data/dataTypes.ts';

/** Files of a folder are read if they have these endings. A file that is named is read whatever it is called. */
const ENDINGS =
  /\.(geojson|json|geojsonl|geojsons|ndjson|jsonl|csv|tsv|shp|dbf|shx|prj|cpg|kml|kmz|gpkg|zip|gz)$/i;
/** A folder with more is not a town's. */
const MAX_FILES = 200;

/**
 * The files at the paths, and those in folders among them. They are not read yet. Rejects with a message for the operator
 * that names the path and the fix.
 */
export async function dataFiles(paths: readonly string[]): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'ENOENT' ? 'there is no such file or folder' : `it cannot be read (${error.message})`;
      throw new Error(
        `${path}: ${why}; give files with addresses, poles and streets, or the folder that holds them`,
      );
    });
    if (found.isDirectory()) files.push(...(await filesOf(path)));
    else if (found.isFile()) files.push({ name: basename(path), blob: await blobOf(path) });
    else
      throw new Error(`${path} is neither a file nor a folder; give a file with addresses, poles or streets`);
  }
  return files;
}

async function filesOf(folder: string): Promise<DataFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && ENDINGS.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(/[\\/]/).some((part) => part.startsWith('.')))
    .sort();
  if (names.length === 0) {
    throw new Error(
      `${folder} holds no file with addresses, poles or streets; put some there, such as addresses.csv`,
    );
  }
  if (names.length > MAX_FILES) {
    throw new Error(
      `${folder} holds ${names.length} files, at most ${MAX_FILES} are taken: name those that are meant`,
    );
  }
  return Promise.all(names.map(async (name) => ({ name, blob: await blobOf(join(folder, name)) })));
}

async function blobOf(path: string): Promise<Blob> {
  return openAsBlob(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: let the server read it`, { cause });
  });
}
