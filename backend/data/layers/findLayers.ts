import { type ByteSource, blobSource, headOf, type ReadContext } from '../bytes/ByteSource.ts';
import { inflatedSource } from '../bytes/inflate.ts';
import { zipEntries } from '../bytes/zip.ts';
import { DataError } from '../DataError.ts';
import type { DataFile, DataProblem } from '../dataTypes.ts';
import { LIMITS } from '../limits.ts';
import { reason, refusal } from '../reasons.ts';
import type { ShapefileParts } from '../shapefile/shapefileLayer.ts';
import type { LayerSource } from './LayerSource.ts';
import { type Content, recogniseContent } from './recogniseContent.ts';

interface Leaf {
  source: ByteSource;
  content: Content;
  isPacked: boolean;
}

interface Found {
  layers: LayerSource[];
  problems: DataProblem[];
}

/** Finds all layers in files and in the archives among them. A file that cannot be read becomes a problem. */
export async function findLayers(files: readonly DataFile[], context: ReadContext): Promise<Found> {
  const found: Found = { layers: [], problems: [] };
  const leaves: Leaf[] = [];
  for (const [index, { name, blob }] of files.entries()) {
    const twin = files.findIndex((file) => file.name === name) < index;
    const path = [twin ? `${name} (${index + 1})` : name];
    await attempt(found, () => unpack(blobSource(path, blob), 0, context, leaves, found));
  }
  for (const { parts, lone } of shapefilesOf(leaves)) {
    await attempt(found, async () => {
      if (lone) throw lone;
      if (!parts) return;
      const { shapefileLayer } = await import('../shapefile/shapefileLayer.ts');
      found.layers.push(await shapefileLayer(parts, context));
    });
  }
  for (const leaf of leaves) await attempt(found, () => openLeaf(leaf, context, found));
  // The first file of a KMZ may only link to the others in it.
  found.problems = found.problems.filter(
    ({ code, file }) =>
      code !== 'only-links' ||
      !found.layers.some(({ path }) => path.length > 1 && file.startsWith(`${path[0]}/`)),
  );
  // Whoever drops all files of a Shapefile drops its index and its metadata as well.
  if (found.layers.length > 0) found.problems = found.problems.filter(({ file }) => !BYSTANDER.test(file));
  else if (found.problems.length === 0)
    for (const { name } of files) found.problems.push(refusal([name], 'part-of-shapefile').problem);
  if (found.layers.length > LIMITS.layers) {
    const file = files[0]?.name ?? '';
    found.problems.push({ file, ...reason('too-many-layers', { limit: LIMITS.layers }) });
    found.layers.length = LIMITS.layers;
  }
  return found;
}

async function attempt({ problems }: Found, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    if (problems.length < LIMITS.reported) problems.push(error.problem);
  }
}

/** Files that come along with data, and hold none. */
const BYSTANDER =
  /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)|\.(txt|md|pdf|html?|xml|qmd|qml|qix|qpj|sbn|sbx|shx|atx|ain|aih|fbn|fbx|ixs|mxs|lyr|sld|xlsx?|docx?|png|jpe?g|gif|css|js|rtf|license|lock|yml|yaml|vrt|cst|idx|mdx)$/i;

async function unpack(
  source: ByteSource,
  depth: number,
  context: ReadContext,
  leaves: Leaf[],
  found: Found,
): Promise<void> {
  context.signal?.throwIfAborted();
  const { path } = source;
  const quiet = { ...context, onBytes: undefined };
  const head = await headOf(source, 4_096, quiet);
  const content = recogniseContent(head, path.at(-1) ?? '');
  const isPacked = content.type === 'zip' || content.type === 'gzip';
  if (!isPacked) {
    leaves.push({ source, content, isPacked: depth > 0 });
    return;
  }
  if (depth >= LIMITS.nesting) throw refusal(path, 'nested-archives');
  if (content.type === 'gzip') {
    const name = (path.at(-1) ?? '').replace(/\.(gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar');
    await unpack(inflatedSource(source, [...path, name], 'gzip'), depth + 1, context, leaves, found);
    return;
  }
  const entries = await zipEntries(path, await source.blob(quiet));
  if (entries.some(({ path: at }) => /\.gdbtable$/i.test(at.at(-1) ?? ''))) {
    throw refusal(path, 'is-file-geodatabase');
  }
  if (entries.some(({ path: at }) => at.at(-1) === 'xl/workbook.xml')) throw refusal(path, 'is-excel');
  if (entries.length === 0) throw refusal(path, 'empty-archive');
  const before = leaves.length;
  const problems = found.problems.length;
  for (const entry of entries) {
    const name = entry.path.at(-1) ?? '';
    if (BYSTANDER.test(name) && !/\.txt$/i.test(name)) continue;
    await attempt(found, () => unpack(entry, depth + 1, context, leaves, found));
  }
  if (leaves.length > before || found.problems.length > problems) return;
  throw refusal(path, 'no-data-in-archive');
}

/** The files of each Shapefile have the same name, in whatever case, in the same place. */
function* shapefilesOf(leaves: readonly Leaf[]): Generator<{ parts?: ShapefileParts; lone?: DataError }> {
  const byEnding = (ending: string) =>
    leaves.filter(({ source: { path } }) => (path.at(-1) ?? '').toLowerCase().endsWith(ending));
  const shapes = leaves.filter(({ content }) => content.type === 'shp');
  const tables = leaves.filter(({ content }) => content.type === 'dbf');
  const paired = new Set<Leaf>();
  const partsOf = (shp: Leaf): ShapefileParts => {
    const same = (leaf: Leaf) => stem(leaf) === stem(shp);
    const alone = shapes.length === 1 && tables.length === 1;
    const dbf = tables.find(same) ?? (alone ? tables[0] : undefined);
    if (dbf) paired.add(dbf);
    const prj = byEnding('.prj').find(same) ?? (shapes.length === 1 ? byEnding('.prj')[0] : undefined);
    const cpg = byEnding('.cpg').find(same) ?? byEnding('.cst').find(same);
    return {
      shp: shp.source,
      ...(dbf && { dbf: dbf.source }),
      ...(prj && { prj: prj.source }),
      ...(cpg && { cpg: cpg.source }),
    };
  };
  for (const shp of shapes) yield { parts: partsOf(shp) };
  for (const table of tables) {
    if (!paired.has(table)) yield { lone: refusal(table.source.path, 'no-shp') };
  }
}

function stem({ source: { path } }: Leaf): string {
  const way = path.join('\n').toLowerCase();
  return way.replace(/\.(shp|dbf|prj|cpg|cst)(\.gz)?/g, '');
}

async function openLeaf(
  { source, content, isPacked }: Leaf,
  context: ReadContext,
  found: Found,
): Promise<void> {
  const { path } = source;
  const name = path.at(-1) ?? '';
  switch (content.type) {
    case 'json': {
      const { jsonLayer } = await import('../json/jsonLayer.ts');
      found.layers.push(await jsonLayer(source, context));
      return;
    }
    case 'kml': {
      const { kmlLayer } = await import('../kml/kmlLayer.ts');
      found.layers.push(await kmlLayer(source, context));
      return;
    }
    case 'sqlite': {
      const { geopackageLayers } = await import('../geopackage/geopackageLayers.ts');
      const { layers, problems } = await geopackageLayers(source, context);
      found.layers.push(...layers);
      found.problems.push(...problems);
      return;
    }
    case 'text': {
      // A text that comes with data in an archive is most likely about the data.
      if (/\.(prj|cpg|cst)$/i.test(name)) return;
      const { csvLayer } = await import('../csv/csvLayer.ts');
      try {
        const layer = await csvLayer(source, context);
        if (isPacked && !layer.place && BYSTANDER.test(name)) return;
        found.layers.push(layer);
      } catch (error) {
        if (!isPacked || !BYSTANDER.test(name) || !(error instanceof DataError)) throw error;
      }
      return;
    }
    case 'refused':
      if (isPacked && BYSTANDER.test(name)) return;
      throw new DataError({ file: path.join('/'), ...content.why });
    default:
      return;
  }
}
