import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, themes } from 'lrt-plugin/host';
import { createMockBackend, generateTown } from 'lrt-plugin/mocks';
import { PlaceClosuresPlugin } from '../src/index.ts';
import { placeClosures } from '../task/placeClosures.ts';
import { MonitorPlugin } from './MonitorPlugin.ts';
import { TownLayers } from './TownLayers.ts';

export interface DemoOptions {
  language?: string;
  theme?: 'light' | 'dark';
  /** About how long a task takes; 0: as fast as it goes. */
  runSeconds?: number;
}

/** The monitor calls the task by these names. */
const taskNames = {
  en: { task_place_closures: 'Place closures' },
  de: { task_place_closures: 'Muffen setzen' },
};

/**
 * An application with the plugin and the task monitor, on a backend in this page: for the demo page, the story and the
 * tests.
 */
export async function createDemo({ language = 'en', theme = 'light', runSeconds = 0 }: DemoOptions = {}) {
  const mock = await createMockBackend({
    town: generateTown({ addresses: 400 }),
    tasks: [placeClosures],
    runSeconds,
  });
  const layers = new TownLayers(mock);
  await layers.load();
  const app = createApplication({
    system: createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch }),
    map: layers,
    plugins: { placeClosures: PlaceClosuresPlugin, monitor: [MonitorPlugin, { packs: taskNames }] },
    toolbar: ['placeClosures.dialog', 'monitor.tasks'],
    language,
    theme: themes[theme],
  });
  async function close() {
    app.dispose();
    await mock.close();
  }
  return { app, layers, mock, close };
}

export type Demo = Awaited<ReturnType<typeof createDemo>>;
