import { z } from 'zod';
import type { GeoFeature, NetworkRelations, NetworkTrace } from '../../src/contract/index.ts';
import type { Ask } from '../map/readFeatures.ts';
import { relationsSchema, traceSchema } from './factsSchema.ts';

/** The network says this of a feature besides its properties. */
export interface FeatureFacts {
  relations: NetworkRelations;
  trace: NetworkTrace;
}

/** Only these have anything to do with fibres. */
const KNOWN =
  /^(pole|address|handhole|fiber_\w+|splice_closure|wall_box|oh_route|ug_route|cable_segment)\/\d{1,15}$/;

/** `undefined`: the network has nothing to say of such a feature. Rejects where the backend does not answer. */
export async function readFacts(
  ask: Ask,
  baseUrl: string,
  urn: string,
  design: string | undefined,
): Promise<FeatureFacts | undefined> {
  if (!KNOWN.test(urn)) return undefined;
  const query = design === undefined ? '' : `?design=${encodeURIComponent(design)}`;
  const read = async <T>(of: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const response = await ask(`${baseUrl}/features/${urn}/${of}${query}`);
    // The record went a moment ago.
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${urn}/${of}: ${response.status}`);
    return schema.parse(await response.json());
  };
  const [relations, trace] = await Promise.all([
    read('related', relationsSchema),
    read('trace', traceSchema),
  ]);
  return relations && trace && { relations, trace };
}

/** True where the backend says that there is no such record. An answer that fails says nothing. */
export async function isRecordGone(
  ask: Ask,
  baseUrl: string,
  urn: string,
  design: string | undefined,
): Promise<boolean> {
  if (!KNOWN.test(urn)) return false;
  const query = design === undefined ? '' : `?design=${encodeURIComponent(design)}`;
  try {
    return (await ask(`${baseUrl}/features/${urn}${query}`)).status === 404;
  } catch {
    return false;
  }
}

const feature: z.ZodType<GeoFeature> = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()], z.number()) }),
    z.object({
      type: z.literal('LineString'),
      coordinates: z.array(z.tuple([z.number(), z.number()], z.number())),
    }),
    z.object({
      type: z.literal('Polygon'),
      coordinates: z.array(z.array(z.tuple([z.number(), z.number()], z.number()))),
    }),
  ]),
  properties: z.looseObject({ table: z.string(), name: z.string().optional().catch(undefined) }),
});
/** A record may have no place: a connection, a cable. */
const record = z.object({
  id: z.string(),
  geometry: z.unknown(),
  properties: z.looseObject({ table: z.string() }),
});

/** Reads one record, whether it has a place or not. */
export async function readRecord(
  ask: Ask,
  baseUrl: string,
  urn: string,
  design: string | undefined,
): Promise<Pick<GeoFeature, 'id' | 'properties'> & { geometry: GeoFeature['geometry'] | null }> {
  const query = design === undefined ? '' : `?design=${encodeURIComponent(design)}`;
  const response = await ask(`${baseUrl}/features/${urn}${query}`);
  if (!response.ok) throw new Error(`${urn}: ${response.status}`);
  const body: unknown = await response.json();
  const placed = feature.safeParse(body);
  if (placed.success) return placed.data;
  const { id, properties } = record.parse(body);
  return { id, properties, geometry: null };
}
