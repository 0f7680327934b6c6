import { type ByteSource, headOf, type ReadContext } from '../bytes/ByteSource.ts';
import type { DataEncoding } from '../dataTypes.ts';
import type { LayerSource, RawFeature } from '../layers/LayerSource.ts';
import { nameOfPath } from '../layers/nameOfPath.ts';
import { Pacer } from '../Pacer.ts';
import { reason, refusal } from '../reasons.ts';
import { decodeText } from '../text/decodeText.ts';
import { encodingOfLabel } from '../text/encodingLabel.ts';
import { encodingOfSource } from '../text/encodingOfSource.ts';
import { KmlReader } from './KmlReader.ts';

/** The layer of a KML file, which is always in WGS 84. */
export async function kmlLayer(source: ByteSource, context: ReadContext): Promise<LayerSource> {
  const quiet = { ...context, onBytes: undefined };
  const encoding = await encodingOf(source, quiet);
  let placemarks = 0;
  for await (const features of readPlacemarks(source, encoding.name, quiet)) {
    placemarks += features.length;
    if (placemarks > 0) break;
  }
  return {
    path: source.path,
    name: nameOfPath(source.path) === 'doc' ? nameOfPath(source.path.slice(0, -1)) : nameOfPath(source.path),
    format: 'kml',
    encoding,
    crs: { from: 'standard' },
    notes: [],
    read: (how, reading) => readPlacemarks(source, how.encoding ?? encoding.name, reading),
  };
}

/** The first line declares it, unless the bytes are something else. */
async function encodingOf(source: ByteSource, context: ReadContext): Promise<DataEncoding> {
  const detected = await encodingOfSource(source, context);
  if (detected.from === 'bom' || detected.name.startsWith('utf-16')) return detected;
  const head = new TextDecoder('windows-1252').decode(await headOf(source, 200, context));
  const label = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(head)?.[1];
  const declared = label === undefined ? undefined : encodingOfLabel(label);
  if (declared === undefined || declared.startsWith('utf-')) return detected;
  return detected.name === 'utf-8' && declared !== 'utf-8' ? detected : { name: declared, from: 'declared' };
}

async function* readPlacemarks(
  source: ByteSource,
  encoding: string,
  context: ReadContext,
): AsyncGenerator<RawFeature[]> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser();
  const reader = new KmlReader(parser);
  const pacer = new Pacer(context.signal);
  for await (const text of decodeText(source.chunks(context), encoding)) {
    for (let at = 0; at < text.length; at += 16_384) {
      parser.write(text.slice(at, at + 16_384));
      if (reader.ready.length > 0) yield reader.ready;
      reader.ready = [];
      await pacer.pause();
    }
  }
  if (reader.isCut) {
    yield [{ number: reader.next, geometry: null, properties: {}, problem: reason('cut-off') }];
    return;
  }
  if (reader.next > 1) return;
  throw reader.hasLinks ? refusal(source.path, 'only-links') : refusal(source.path, 'no-placemarks');
}
