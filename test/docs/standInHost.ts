// What the application's page loads: it registers plugins, buttons and messages.
import '../../harness/samples/main.samples.js';
import { Palette, Toolbar } from 'lrt-plugin/host';
import { Database, startApplication } from 'lrt-plugin/host/myworld-client';

export async function startMyPlugins() {
  const database = new Database({
    features: [
      {
        type: 'pole',
        id: 12,
        properties: { name: 'P-12' },
        geometry: { type: 'Point', coordinates: [0.12, 52.2] },
        delta: 'design/Mill Road',
      },
    ],
  });
  const app = startApplication({ database, settings: { 'custom.feature': 'pole' } });
  // The messages are loaded.
  await app.ready;
  app.renderReactNode(null, Toolbar, {});
  app.renderReactNode(null, Palette, {});
  return { app, database };
}
