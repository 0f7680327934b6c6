import { isRecord } from '../../common/json.ts';
import { type ByteSource, type ReadContext, readSlice } from '../bytes/ByteSource.ts';
import type { DataFormat } from '../dataTypes.ts';
import type { CrsClaim, LayerSource, RawFeature } from '../layers/LayerSource.ts';
import { nameOfPath } from '../layers/nameOfPath.ts';
import { Pacer } from '../Pacer.ts';
import { reason, refusal } from '../reasons.ts';
import { decodeText } from '../text/decodeText.ts';
import { encodingOfSource } from '../text/encodingOfSource.ts';
import { featureOfJson } from './featureOfJson.ts';
import { JsonScanner } from './JsonScanner.ts';

/** The separator of RFC 8142. */
const RECORD = '\u001e';

/** Members of the outermost object whose elements are features. */
const LISTS = new Set(['features', 'elements', 'geometries']);
/** The reader looks at so much of a file before it says what is in it. */
const LOOKS_AT = 8 * 2 ** 20;

/**
 * The layer of a JSON file: a FeatureCollection, one feature or geometry, a list of them, text sequences (RFC 8142), a feature
 * a line, Esri's JSON, an answer of Overpass. Features are read one by one, so the size of the file does not matter.
 */
export async function jsonLayer(source: ByteSource, context: ReadContext): Promise<LayerSource> {
  const encoding = await encodingOfSource(source, context);
  const first = await lookAt(source, encoding.name, context);
  const { path } = source;
  if (first.members.type === 'Topology') throw refusal(path, 'is-topojson');
  if (first.items === 0 && !first.isFeature && !first.hasList) throw refusal(path, 'no-features');
  const crs = first.crs.from === 'none' ? await crsAtEnd(source, first.format) : first.crs;
  return {
    path,
    name: first.name ?? nameOfPath(path),
    format: first.format,
    encoding,
    crs,
    notes: [],
    read: (how, reading) => readFeatures(source, how.encoding ?? encoding.name, first.byLine, reading),
  };
}

interface FirstLook {
  members: Record<string, unknown>;
  items: number;
  hasList: boolean;
  isFeature: boolean;
  byLine: boolean;
  format: DataFormat;
  crs: CrsClaim;
  name: string | undefined;
}

async function lookAt(source: ByteSource, encoding: string, context: ReadContext): Promise<FirstLook> {
  const members: Record<string, unknown> = {};
  let [items, ends, seen, start] = [0, 0, 0, ''];
  let firstItem: unknown;
  const scanner = new JsonScanner(LISTS, {
    item: (text) => {
      if (items++ === 0) firstItem = tryJson(text);
    },
    member: (key, text) => {
      if (ends === 0 && text !== undefined && text.length < 100_000) members[key] = tryJson(text);
      else if (ends === 0) members[key] = true;
    },
    end: () => {
      ends++;
    },
  });
  const pacer = new Pacer(context.signal);
  for await (const text of decodeText(source.chunks({ ...context, onBytes: undefined }), encoding)) {
    if (start.length < 100_000) start += text;
    scanner.write(text);
    await pacer.pause();
    seen += text.length;
    if (items > 0 || ends > 1 || seen > LOOKS_AT) break;
  }
  const isSequence = start.includes(RECORD);
  const isFeature =
    'geometry' in members || 'coordinates' in members || 'attributes' in members || isPlaced(members);
  const byLine = isSequence || (items === 0 && isByLine(start));
  const named = members.name;
  return {
    members,
    items,
    hasList:
      'features' in members || 'elements' in members || items > 0 || members.type === 'FeatureCollection',
    isFeature: isFeature || byLine,
    byLine,
    format: formatOf(members, firstItem, isSequence, byLine),
    crs: crsOf(members),
    name: typeof named === 'string' && named !== '' && items > 0 ? named.slice(0, 200) : undefined,
  };
}

function isPlaced(members: Record<string, unknown>): boolean {
  return ['lat', 'latitude', 'y'].some((key) => key in members) || 'tags' in members;
}

/** A value on each of the first lines. */
function isByLine(start: string): boolean {
  const [first = '', second = ''] = start
    .replaceAll(RECORD, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (tryJson(first) === undefined || !first.trim().startsWith('{')) return false;
  return second === '' ? false : second.trim().startsWith('{');
}

function formatOf(
  members: Record<string, unknown>,
  first: unknown,
  isSequence: boolean,
  byLine: boolean,
): DataFormat {
  if (isSequence) return 'geojson-seq';
  if (byLine) return 'ndjson';
  if ('osm3s' in members || (isRecord(first) && 'id' in first && 'type' in first && 'tags' in first))
    return 'overpass-json';
  return isRecord(first) && 'attributes' in first ? 'esri-json' : 'geojson';
}

function crsOf(members: Record<string, unknown>): CrsClaim {
  const { crs, spatialReference } = members;
  if (isRecord(spatialReference)) {
    const code = spatialReference.latestWkid ?? spatialReference.wkid ?? spatialReference.wkt;
    if (code !== undefined)
      return { from: 'file', text: typeof code === 'number' ? `EPSG:${code}` : String(code) };
  }
  if (isRecord(crs) && isRecord(crs.properties)) {
    const { name, code } = crs.properties;
    if (name !== undefined) return { from: 'file', text: String(name) };
    if (code !== undefined) return { from: 'file', text: `EPSG:${code}` };
  }
  return { from: 'none' };
}

/** The `crs` member may stand after the features. */
async function crsAtEnd(source: ByteSource, format: DataFormat): Promise<CrsClaim> {
  if (format !== 'geojson' || source.path.length > 1) return { from: 'standard' };
  const blob = await source.blob({});
  const bytes = await readSlice(source.path, blob, Math.max(0, blob.size - 2_048), blob.size);
  const tail = new TextDecoder('windows-1252').decode(bytes);
  const name =
    /"crs"\s*:\s*\{[^{}]*"properties"\s*:\s*\{\s*"name"\s*:\s*"([^"]{1,200})"\s*\}\s*\}\s*[,}]/.exec(
      tail,
    )?.[1];
  return name === undefined ? { from: 'standard' } : { from: 'file', text: name };
}

async function* readFeatures(
  source: ByteSource,
  encoding: string,
  byLine: boolean,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const texts = decodeText(source.chunks(context), encoding);
  yield* byLine ? featuresByLine(texts, context) : featuresOfLists(texts, context);
}

async function* featuresOfLists(
  texts: AsyncIterable<string>,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  let ready: RawFeature[] = [];
  let number = 0;
  let members: [string, string][] = [];
  let listed = 0;
  const scanner = new JsonScanner(LISTS, {
    item: (text) => {
      listed++;
      ready.push(featureOfJson(text, ++number));
    },
    member: (key, text) => {
      members.push([key, text ?? 'null']);
    },
    end: () => {
      const single = members.map(([key, text]) => `"${key}":${text}`).join(',');
      if (listed === 0 && members.some(([key]) => SINGLE.has(key)))
        ready.push(featureOfJson(`{${single}}`, ++number));
      members = [];
      listed = 0;
    },
  });
  const pacer = new Pacer(context.signal);
  for await (const text of texts) {
    // Small pieces, because a feature is parsed as soon as it is complete.
    for (let at = 0; at < text.length; at += 16_384) {
      scanner.write(text.slice(at, at + 16_384));
      if (ready.length > 0) yield ready;
      ready = [];
      await pacer.pause();
    }
  }
  if (!scanner.isWhole) {
    yield [{ number: number + 1, geometry: null, properties: {}, problem: reason('cut-off') }];
  }
}

const SINGLE = new Set(['geometry', 'coordinates', 'attributes', 'lat', 'latitude', 'tags']);

async function* featuresByLine(
  texts: AsyncIterable<string>,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const pacer = new Pacer(context.signal);
  let rest = '';
  let number = 0;
  const parse = (line: string): RawFeature[] => {
    const text = line.trim();
    return text === '' ? [] : [featureOfJson(text.length > LINE ? undefined : text, ++number)];
  };
  for await (const text of texts) {
    const lines = (rest + text).replaceAll(RECORD, '\n').split('\n');
    rest = lines.pop() ?? '';
    // The rest of a line that is too long is not kept.
    if (rest.length > LINE) rest = rest.slice(0, LINE + 1);
    for (let at = 0; at < lines.length; at += 50) {
      const ready = lines.slice(at, at + 50).flatMap(parse);
      if (ready.length > 0) yield ready;
      await pacer.pause();
    }
  }
  const last = parse(rest);
  if (last.length > 0) yield last;
}

const LINE = 32 * 2 ** 20;

function tryJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
