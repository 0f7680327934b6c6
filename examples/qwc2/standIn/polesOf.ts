import type { MockBackend } from 'lrt-plugin/mocks';
import type { StandInPole } from './qwc2Store.ts';

/** The poles of a design and of its surroundings, as QGIS Server would answer with them. */
export async function polesOf(backend: MockBackend, design: string): Promise<StandInPole[]> {
  const { features } = await backend.store.features({ design, tables: ['pole'], limit: 10_000 });
  return features.flatMap(({ id, geometry, properties: { table: _table, ...properties } }) =>
    geometry.type === 'Point'
      ? [
          {
            type: 'Feature',
            id: id.replace('/', '.'),
            geometry: { type: 'Point', coordinates: geometry.coordinates },
            properties,
          },
        ]
      : [],
  );
}
