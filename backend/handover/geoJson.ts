import type { HandoverSource } from './HandoverSource.ts';
import { RfcBounds, rfcGeometry } from './rfcGeometry.ts';

/**
 * All records as one FeatureCollection (RFC 7946), in order of table and id: what has no geometry as well, such as connections. A
 * line for each feature, so that a tool can read it line by line.
 */
export async function* geoJson(source: HandoverSource): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let between = '\n';
  const bounds = new RfcBounds();
  for (const { name } of source.tables) {
    for await (const page of source.drawnPages(name)) {
      for (const { urn: id, geometry, properties, table, design } of page) {
        const written = geometry && rfcGeometry(geometry);
        if (written) bounds.add(written);
        yield `${between}${JSON.stringify({
          type: 'Feature',
          id,
          geometry: written,
          properties: { ...properties, table, design },
        })}`;
        between = ',\n';
      }
    }
  }
  // The box is known last, and members of an object come in any order.
  const { bbox } = bounds;
  yield `\n]${bbox ? `,"bbox":${JSON.stringify(bbox)}` : ''}}\n`;
}
