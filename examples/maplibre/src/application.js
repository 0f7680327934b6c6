import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, hostFeature, themes } from 'lrt-plugin/host';
import { createMapLibreMap, overlayColours } from 'lrt-plugin/maplibre';
import { MonitorPlugin } from '../../shared/monitorPlugin.js';
import { createTownMap } from './townMap.js';

/** The application's map, and the plugins on it. They live as long as the page. */
export function openApplication(baseUrl) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = () => (dark.matches ? 'dark' : 'light');
  const town = createTownMap(baseUrl, theme());
  const map = createMapLibreMap(town.map, { colours: overlayColours[theme()], onSettled: town.loadNetwork });
  const app = createApplication({
    system: createTaskClient({ baseUrl }),
    map,
    language: navigator.language,
    theme: themes[theme()],
    plugins: { lrtPlugin: LrtPlugin, monitor: MonitorPlugin },
    toolbar: ['lrtPlugin.dialog', 'monitor.tasks'],
  });

  town.map.on('click', (event) => {
    const pole = town.poleAt(event.point);
    app.setCurrentFeature(pole ? hostFeature(pole) : null);
    town.highlight(pole);
  });
  dark.addEventListener('change', () => {
    app.setTheme(themes[theme()]);
    map.taskOverlay.setColours(overlayColours[theme()]);
    town.setTheme(theme());
  });

  return { app, map: town.map, load: town.load };
}
