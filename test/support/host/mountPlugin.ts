import type { ThemeConfig } from 'antd';
import { onTestFinished, vi } from 'vitest';
import type { SystemClient } from '../../../src/client/SystemClient.ts';
import type { HostFeature, HostMap, MapSketches, TaskOverlay } from '../../../src/host/contract.ts';
import { createApplication, Toolbar } from '../../../src/host/index.ts';
import { LrtPlugin, type LrtPluginInstance, type LrtPluginOptions } from '../../../src/index.ts';
import { connectionLocales } from '../../../src/locales/customerConnection/connectionLocales.ts';

export function feature(given: { type: string; id?: number; name?: string; design?: string }): HostFeature {
  const { type, id = 12, name = `POLE-${id}`, design } = given;
  return {
    id,
    getType: () => type,
    getUrn: () => `${type}/${id}`,
    getTitle: () => `${type} ${name}`,
    properties: { name },
    geometry: { type: 'Point', coordinates: [0.12, 52.2] },
    _myw: { title: name, ...(design ? { delta: design } : {}) },
  };
}

export const POLE = feature({ type: 'pole', name: 'POLE-0012', design: 'design/Mill Road' });

export interface MountOptions {
  system?: SystemClient;
  options?: LrtPluginOptions;
  language?: string;
  theme?: ThemeConfig;
  messages?: Record<string, Record<string, Record<string, string>>>;
  selected?: HostFeature | null;
  overlay?: TaskOverlay;
  sketches?: MapSketches;
  /** Opens the modal. Default true. */
  open?: boolean;
  /** With antd's animations. Default false: to draw them was an eighth of the work of these tests. */
  motion?: boolean;
}

/** The standalone host with a toolbar and the plugin; removed again, with all traces, when the test ends. */
export async function mountPlugin({
  selected = POLE,
  open = true,
  motion = false,
  ...given
}: MountOptions = {}) {
  const fitBounds = vi.fn();
  const map: HostMap = {
    getBounds: () => [0, 52, 1, 53],
    fitBounds,
    zoomTo: () => {},
    ...(given.overlay ? { taskOverlay: given.overlay } : {}),
    ...(given.sketches ? { sketches: given.sketches } : {}),
  };
  if (given.language) await connectionLocales.load(given.language);
  const problems: unknown[] = [];
  const app = createApplication({
    plugins: { lrtPlugin: [LrtPlugin as never, { ...given.options }] },
    toolbar: ['lrtPlugin.dialog'],
    map,
    ...(given.system ? { system: given.system } : {}),
    ...(given.language ? { language: given.language } : {}),
    theme: { ...given.theme, token: { motion, ...given.theme?.token } },
    ...(given.messages ? { messages: given.messages } : {}),
  });
  app.on('error', (problem: never) => problems.push(problem));
  onTestFinished(() => {
    app.dispose();
    localStorage.clear();
  });
  app.setCurrentFeature(selected);
  app.renderReactNode(null, Toolbar, {});
  const plugin = app.plugins.lrtPlugin as LrtPluginInstance;
  if (open) plugin.showModal();
  return { app, plugin, map, fitBounds, problems };
}
