import { z } from 'zod';
import type { GeoFeature, Geometry } from '../../src/contract/index.ts';

/** Asks the backend. */
export type Ask = (url: string) => Promise<Response>;

const position = z.tuple([z.number(), z.number()], z.number());
const geometry: z.ZodType<Geometry> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(position) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
]);
const feature: z.ZodType<GeoFeature> = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry,
  // A record without a name has null there.
  properties: z.looseObject({ table: z.string(), name: z.string().optional().catch(undefined) }),
});
const page = z.object({
  features: z.array(feature),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
});

export interface ReadOptions {
  /** The caller has no use for other features. */
  isWanted?: (feature: GeoFeature) => boolean;
  /** No further page is read once there are so many. */
  most?: number;
}

/** The backend's answer was no features. */
export class ReadError extends Error {
  readonly status: number;

  constructor(url: string, status: number) {
    super(`${url}: ${status}`);
    this.status = status;
  }
}

/** All pages of a feature collection of the backend. */
export async function readFeatures(
  ask: Ask,
  url: string,
  { isWanted = () => true, most = Number.POSITIVE_INFINITY }: ReadOptions = {},
): Promise<GeoFeature[]> {
  const found: GeoFeature[] = [];
  for (let next: string | undefined = url; next !== undefined && found.length < most; ) {
    const response: Response = await ask(next);
    if (!response.ok) throw new ReadError(next, response.status);
    const { features, links } = page.parse(await response.json());
    for (const one of features) if (isWanted(one)) found.push(one);
    const href = links.find((link) => link.rel === 'next')?.href;
    next = href === undefined ? undefined : new URL(href, response.url).href;
  }
  return found;
}

/** The features of one event of a task; none where it is another sort of event. */
export function featuresOfEvent(data: string): GeoFeature[] {
  const event = z.object({ features: z.array(feature) }).safeParse(JSON.parse(data));
  return event.success ? event.data.features : [];
}
