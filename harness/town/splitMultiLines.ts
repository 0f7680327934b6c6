import { z } from 'zod';

const collection = z.looseObject({ features: z.array(z.unknown()) });
const multiLine = z.looseObject({
  geometry: z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.unknown()) }),
});

/**
 * GeoJSON text as an object, each MultiLineString in it as so many LineStrings: a street with a gap is two streets to
 * the map. What is not GeoJSON is given back as it was, for the parser that follows to judge.
 */
export function splitMultiLines(text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text;
  }
  const parsed = collection.safeParse(json);
  if (!parsed.success) return json;
  return { ...parsed.data, features: parsed.data.features.flatMap(split) };
}

function split(feature: unknown): unknown[] {
  const parsed = multiLine.safeParse(feature);
  if (!parsed.success) return [feature];
  return parsed.data.geometry.coordinates.map((coordinates) => ({
    ...parsed.data,
    geometry: { type: 'LineString', coordinates },
  }));
}
