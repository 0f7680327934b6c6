// Before any map is made.
import '../../docs/maplibreWorker.ts';

import { createApplication } from 'lrt-plugin/host';
import { createMapLibreMap } from 'lrt-plugin/maplibre';
import { createOpenLayersMap } from 'lrt-plugin/openlayers';
import { Map as MapLibre } from 'maplibre-gl';
import Feature from 'ol/Feature.js';
import { Point } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Application } from '../../../src/host/index.ts';
import * as maplibre from '../../docs/maplibre.tsx';
import { selectByClick as selectInMapLibre } from '../../docs/maplibreSelection.ts';
import * as maplibreTheme from '../../docs/maplibreTheme.ts';
import * as openlayers from '../../docs/openlayers.tsx';
import { selectByClick as selectInOpenLayers } from '../../docs/openlayersSelection.ts';
import * as openlayersTheme from '../../docs/openlayersTheme.ts';

function place(): HTMLDivElement {
  const element = document.body.appendChild(document.createElement('div'));
  element.style.cssText = 'width: 400px; height: 300px';
  onTestFinished(() => element.remove());
  return element;
}

async function opensFromTheToolbar(App: ComponentType, app: Application): Promise<void> {
  const root = createRoot(place());
  root.render(<App />);
  await page.getByRole('toolbar').getByRole('button').click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  app.dispose();
  root.unmount();
}

it('docs/openlayers.md: a map with the button, and the button opens the dialog', async () => {
  await opensFromTheToolbar(openlayers.App, openlayers.app);
  openlayers.map.dispose();
});

it('docs/openlayers.md: a click selects a pole, a click elsewhere nothing', async () => {
  const pole = new Feature({ geometry: new Point([0, 0]), name: 'N-1' });
  pole.setId('pole/12');
  const poles = new VectorLayer({
    source: new VectorSource({ features: [pole] }),
    style: { 'circle-radius': 5, 'circle-fill-color': 'red' },
  });
  const target = place();
  const map = new OlMap({ target, layers: [poles], view: new View({ center: [0, 0], zoom: 5 }) });
  const app = createApplication({ map: createOpenLayersMap(map) });
  selectInOpenLayers(app, map, poles);
  map.renderSync();
  await page.elementLocator(target).click();
  await expect.poll(() => app.currentFeature?.getUrn()).toBe('pole/12');
  await page.elementLocator(target).click({ position: { x: 300, y: 50 } });
  await expect.poll(() => app.currentFeature).toBeNull();
  app.dispose();
  map.dispose();
});

it('docs/openlayers.md: what a task drew stays until the layer is loaded', async () => {
  const map = new OlMap({ view: new View({ center: [0, 0], zoom: 5 }) });
  const network = new VectorSource();
  const host = openlayersTheme.hostMap(map, network);
  const app = createApplication({ map: host });
  openlayersTheme.setTheme(app, host, 'light');
  const layers = () => host.taskOverlay.layer.getLayersArray();
  const geometry = { type: 'Point' as const, coordinates: [0, 0] as [number, number] };
  const wallBox = { type: 'Feature' as const, id: 'wall_box/1', geometry, properties: { table: 'wall_box' } };
  host.taskOverlay.add('1', [wallBox], { replace: false });
  const refreshed = vi.spyOn(network, 'refresh');
  host.taskOverlay.settle('1');
  await expect.poll(() => refreshed.mock.calls.length).toBe(1);
  expect(layers().some((layer) => layer.getVisible())).toBe(true);
  network.dispatchEvent('featuresloadend');
  await expect.poll(() => layers().some((layer) => layer.getVisible())).toBe(false);
  app.dispose();
  host.dispose();
  map.dispose();
});

it('docs/maplibre.md: a map with the button, and the button opens the dialog', async () => {
  await opensFromTheToolbar(maplibre.App, maplibre.app);
  maplibre.map.remove();
});

it('docs/maplibre.md: a click selects a pole, and another style keeps what a task drew', async () => {
  const container = place();
  const map = new MapLibre({
    container,
    center: [0, 0],
    zoom: 5,
    style: {
      version: 8,
      sources: {
        network: {
          type: 'geojson',
          data: {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [0, 0] },
            properties: { urn: 'pole/12', name: 'N-1', design: 'design/North' },
          },
          promoteId: 'urn',
        },
      },
      layers: [{ id: 'pole', source: 'network', type: 'circle' }],
    },
  });
  const host = createMapLibreMap(map);
  const app = createApplication({ map: host });
  selectInMapLibre(app, map);
  maplibreTheme.setTheme(app, host, 'dark');
  await map.once('idle');
  await page.elementLocator(container).click();
  await expect.poll(() => app.currentFeature?.getUrn()).toBe('pole/12');
  expect(app.currentFeature).toMatchObject({ id: 12, _myw: { title: 'N-1', delta: 'design/North' } });
  app.dispose();
  host.dispose();
  map.remove();
});
