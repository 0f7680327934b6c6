import './main.samples.js';
import { Database, type Feature, type FeatureData, startApplication } from 'lrt-plugin/host/myworld-client';
import type { GeoFeature } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';
import { hostFeature } from '../../src/host/hostFeature.ts';
import type { HostedPlugins } from '../HostSession.ts';

/** The sample plugins in the host application: the task server is the mock backend, the database is this page's. */
export function hostedSamples(): HostedPlugins {
  const database = new Database();
  const edited = new Map<string, FeatureData>();
  return {
    start(options, session) {
      const app = startApplication({ ...options, database });
      app.on('featureCollection-modified', ({ feature }: { feature?: Feature }) => {
        if (!feature) {
          void session.reload();
          return;
        }
        const data = dataOf(feature);
        edited.set(feature.getUrn(), data);
        const { properties, geometry, type, id, delta } = data;
        if (type !== 'pole' || !geometry) return;
        const design = delta === undefined ? {} : { design: delta };
        session.showPole({
          type: 'Feature',
          id: `${type}/${id}`,
          geometry,
          properties: { ...properties, table: type, ...design },
        });
      });
      return app;
    },
    loaded(features: GeoFeature[]) {
      database.load(features.map((feature) => edited.get(feature.id) ?? dataOf(hostFeature(feature))));
    },
  };
}

function dataOf(feature: HostFeature): FeatureData {
  const { id, properties, geometry, _myw } = feature;
  const title = properties.name === _myw?.title ? {} : { title: feature.getTitle() };
  return {
    id,
    type: feature.getType(),
    properties,
    geometry: geometry ?? null,
    ...title,
    ...(_myw?.delta === undefined ? {} : { delta: _myw.delta }),
  };
}
