import '../../../harness/samples/main.samples.js';
import {
  Database,
  type DrawingMap,
  type FeatureData,
  type PlatformApplication,
  type Shape,
  type StartOptions,
  startApplication,
} from 'lrt-plugin/host/myworld-client';
import { expect, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem, type FakeSystem } from '../../../harness/fakeSystem.ts';
import { FeatureDetails, Palette, Toolbar } from '../../../src/host/index.ts';

function pole(id: number, name: string, lng: number, delta = 'design/Mill Road'): FeatureData {
  return {
    id,
    type: 'pole',
    properties: { name, height: 9 },
    geometry: { type: 'Point', coordinates: [lng, 52.2] },
    delta,
  };
}

// A degree of longitude is about 68 km here: the poles are 0, 68, 136 and 341 m from the first.
export const FEATURES: FeatureData[] = [
  pole(1, 'P-1', 0.1),
  pole(2, 'P-2', 0.101),
  pole(3, 'P-3', 0.102, 'design/North'),
  pole(4, 'P-4', 0.105),
  {
    id: 7,
    type: 'address',
    properties: { street_number: 3, street_name: 'Mill Road' },
    geometry: { type: 'Point', coordinates: [0.1012, 52.2] },
    title: '3 Mill Road',
  },
];

export interface Samples {
  app: PlatformApplication;
  database: Database;
  problems: unknown[];
  /** What plugins have drawn on the map. */
  drawn(): Shape[];
  select(urn: string): Promise<void>;
}

/** The application with the three samples, its toolbar, palette and details; gone when the test ends. */
export async function startSamples(options: StartOptions = {}): Promise<Samples> {
  const database = new Database({ features: FEATURES });
  const layers = new Map<object, readonly Shape[]>();
  const map: DrawingMap = {
    getBounds: () => [0, 52, 1, 53],
    fitBounds() {},
    zoomTo() {},
    drawLayer(layer, shapes) {
      if (shapes) layers.set(layer, shapes);
      else layers.delete(layer);
    },
  };
  const app = startApplication({ database, map, ...options });
  const problems: unknown[] = [];
  app.on('error', (problem: never) => problems.push(problem));
  onTestFinished(() => app.dispose());
  await app.ready;
  for (const Part of [Toolbar, Palette, FeatureDetails]) app.renderReactNode(null, Part, {});
  return {
    app,
    database,
    problems,
    drawn: () => [...layers.values()].flat(),
    async select(urn) {
      app.setCurrentFeature(await database.getFeatureByUrn(urn));
    },
  };
}

export const toolbar = () => page.getByRole('toolbar');
export const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });

/** A sample whose dialog starts a task: its buttons, by the title of both. */
export function taskSample(title: string) {
  const open = () => userEvent.click(toolbar().getByRole('button', { name: title }));
  const start = () => dialog(title).getByRole('button', { name: 'Connect', exact: true });
  return {
    open,
    start,
    /** The samples after the user has selected the first pole, and started the task for it. */
    async started(): Promise<Samples & { system: FakeSystem }> {
      const system = createFakeSystem();
      const samples = await startSamples({ system: system.client });
      await samples.select('pole/1');
      await open();
      await userEvent.click(start());
      await expect.poll(() => system.openStreams).toBe(1);
      return { ...samples, system };
    },
  };
}
