import type { ReadContext } from './bytes/ByteSource.ts';
import { cleanProperties } from './columns/cleanText.ts';
import { mappedValues } from './columns/mappedValues.ts';
import { type Projection, projectionOf } from './crs/Projection.ts';
import { DataError } from './DataError.ts';
import type {
  DataBatch,
  DataCrs,
  DataFile,
  DataLayer,
  DataMapping,
  DataOptions,
  LayerReading,
} from './dataTypes.ts';
import { normaliseGeometry } from './geometry/normaliseGeometry.ts';
import { FeatureSystems } from './layers/FeatureSystems.ts';
import { findLayers } from './layers/findLayers.ts';
import { geometryForKind } from './layers/geometryForKind.ts';
import type { LayerSource, RawFeature } from './layers/LayerSource.ts';
import { ReportBuilder } from './layers/ReportBuilder.ts';
import { type FeatureSink, featureSink, restOfProperties } from './layers/townFeatures.ts';
import { LIMITS } from './limits.ts';
import { idsOf } from './openData.ts';
import { Pacer } from './Pacer.ts';
import { reason, refusal, shown } from './reasons.ts';
import { encodingOfLabel } from './text/encodingLabel.ts';

type KnownLayer = Pick<DataLayer, 'id' | 'file' | 'format' | 'crs' | 'encoding' | 'name'>;

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
  files: readonly DataFile[],
  layer: KnownLayer,
  mapping: DataMapping,
  options: DataOptions = {},
): LayerReading {
  const builder = new ReportBuilder({
    layer: layer.name,
    file: layer.file,
    kind: mapping.kind,
    crs: layer.crs,
    ...(layer.encoding && { encoding: layer.encoding }),
  });
  return {
    report: builder.report,
    [Symbol.asyncIterator]: () => readBatches(files, layer, mapping, options, builder),
  };
}

async function* readBatches(
  files: readonly DataFile[],
  layer: KnownLayer,
  mapping: DataMapping,
  { signal, onProgress }: DataOptions,
  builder: ReportBuilder,
): AsyncGenerator<DataBatch> {
  const encoding = encodingFor(layer, mapping);
  const source = await findSource(files, layer, encoding, signal);
  if (source.format === 'csv' && !source.place && !mapping.place) {
    throw refusal(source.path, 'no-place-columns');
  }
  const { crs, projection } = await systemFor(layer, mapping, source);
  builder.report.crs = crs;
  if (encoding) builder.report.encoding = { name: encoding, from: 'mapping' };
  const context = contextFor(files, layer, signal, onProgress);
  const sink = featureSink(mapping.kind);
  const systems = new FeatureSystems(projection, mapping.crs === undefined);
  const pacer = new Pacer(signal);
  const how = { ...(encoding && { encoding }), ...(mapping.place && { place: mapping.place }) };
  for await (const features of source.read(how, context)) {
    for (const feature of features) {
      const own = systems.of(feature);
      // Waiting for each of a million features would take seconds.
      const system = own instanceof Promise ? await own : own;
      takeFeature(feature, mapping, system, builder, sink);
      if (sink.size >= LIMITS.batch) yield sink.take();
      await pacer.pause();
    }
  }
  if (sink.size > 0) yield sink.take();
  builder.finish();
}

async function findSource(
  files: readonly DataFile[],
  layer: KnownLayer,
  encoding: string | undefined,
  signal?: AbortSignal,
): Promise<LayerSource> {
  const { layers, problems } = await findLayers(files, {
    ...(signal && { signal }),
    // The names of columns are read by it as well.
    encodingOf: (path) => (path.join('/') === layer.id ? encoding : undefined),
  });
  const ids = idsOf(layers);
  const source = layers.find((one) => ids.get(one) === layer.id);
  if (source) return source;
  const why = problems.find(({ file }) => file === layer.id);
  throw why ? new DataError({ ...why, file: layer.file }) : refusal([layer.file], 'no-layer');
}

async function systemFor(
  layer: KnownLayer,
  mapping: DataMapping,
  source: LayerSource,
): Promise<{ crs: DataCrs; projection: Projection }> {
  const said = mapping.crs;
  if (said !== undefined && said.trim() !== '') {
    const projection = await projectionOf(said);
    if (!projection) throw refusal(source.path, 'crs-not-known', { crs: shown(said) });
    const { name, epsg } = projection;
    return { crs: { name, from: 'mapping', ...(epsg !== undefined && { epsg }) }, projection };
  }
  const { crs } = layer;
  const claim = source.crs.from === 'none' || source.crs.from === 'standard' ? undefined : source.crs.text;
  const text =
    crs.from === 'unknown'
      ? ''
      : crs.from === 'standard'
        ? 'EPSG:4326'
        : crs.from === 'guessed'
          ? `EPSG:${crs.epsg}`
          : (claim ?? `EPSG:${crs.epsg}`);
  const projection = await projectionOf(text);
  if (projection) return { crs, projection };
  throw refusal(source.path, 'crs-unknown');
}

function encodingFor({ file }: KnownLayer, { encoding }: DataMapping): string | undefined {
  if (encoding === undefined || encoding === '') return undefined;
  const known = encodingOfLabel(encoding);
  if (known !== undefined) return known;
  throw refusal([file], 'encoding-not-known', { encoding: shown(encoding) });
}

/** Progress counts the bytes of the file in which the layer is. */
function contextFor(
  files: readonly DataFile[],
  { file }: KnownLayer,
  signal: AbortSignal | undefined,
  onProgress: DataOptions['onProgress'],
): ReadContext {
  const total = files.find(({ name }) => name === file)?.blob.size ?? 0;
  let done = 0;
  return {
    ...(signal && { signal }),
    onBytes: (count) => {
      done = Math.min(total, done + count);
      onProgress?.({ done, total });
    },
  };
}

function takeFeature(
  feature: RawFeature,
  mapping: DataMapping,
  projection: Projection,
  builder: ReportBuilder,
  sink: FeatureSink,
): void {
  const { report } = builder;
  const { number } = feature;
  report.read++;
  if (feature.problem) {
    builder.leaveOut(number, feature.problem);
    return;
  }
  if (!feature.geometry) {
    builder.leaveOut(number, reason('no-geometry'));
    return;
  }
  if (Object.keys(feature.properties).length > LIMITS.columns) {
    builder.leaveOut(number, reason('too-many-properties', { limit: LIMITS.columns }));
    return;
  }
  const result = normaliseGeometry(feature.geometry, projection, mapping.swapAxes === true);
  if ('problem' in result) {
    builder.leaveOut(number, result.problem);
    return;
  }
  const fitting = geometryForKind(mapping.kind, result.shapes);
  if ('problem' in fitting) {
    builder.leaveOut(number, fitting.problem);
    return;
  }
  const properties = cleanProperties(feature.properties, () => builder.noteDamaged());
  const values = mappedValues(properties, mapping.columns);
  if (mapping.kind === 'designPoles' && !values.design) {
    builder.leaveOut(number, reason('no-design'));
    return;
  }
  report.wrapped += result.shapes.wrapped;
  if (fitting.fromArea) report.turnedIntoPoints++;
  builder.noteParts(fitting.geometries.length);
  const rest = restOfProperties(properties, mapping);
  fitting.geometries.forEach((geometry, part) => {
    if (mapping.kind === 'addresses') {
      const words = [values.street, values.number, values.unit, values.postcode].join('\n').toLowerCase();
      const isAgain = builder.isDuplicate(number, `${JSON.stringify(geometry.coordinates)}\n${words}`);
      if (isAgain && mapping.duplicates === 'leave-out') {
        builder.leaveOut(number, reason('duplicate'));
        return;
      }
    }
    report.given++;
    builder.noteFilled(values);
    sink.add(number, geometry, { ...rest, ...heightProperties(fitting.heights[part]) }, values);
  });
}

/** Stores hold two dimensions, so heights are kept as properties. */
function heightProperties(heights: number[] | undefined): Record<string, unknown> {
  if (!heights) return {};
  const [only] = heights;
  return heights.length === 1 ? { elevation_metres: only } : { elevations_metres: heights };
}
