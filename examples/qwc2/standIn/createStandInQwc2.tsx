import * as React from 'react';
import { Component, type ComponentType, createElement, type ReactNode, StrictMode, Suspense } from 'react';
import * as ReactDOM from 'react-dom';

import { reproject, reprojectBbox } from './mercator.ts';
import { Qwc2Store, type StandInFeature, type StandInLayer, type StandInPole } from './qwc2Store.ts';
import { StandInMap } from './StandInMap.tsx';
import './standIn.css';

/**
 * Plays QWC2's part, for trying the plugin out and for tests: our reading of QWC2's source (docs/qwc2.md says of
 * which versions), not QWC2 itself. It has the shape of `window.qwc2`, the slices of the state and the behaviours
 * that the plugin relies on, and where QWC2 is strict or odd, it is so too.
 */
export interface StandInOptions {
  /** QWC2's code: 'de-DE'. */
  language?: string;
  /** QWC2's own words, and a site's, by key. */
  messages?: Record<string, string>;
  colorScheme?: string;
  /** config.json: its plugins. */
  plugins: { name: string; cfg?: Record<string, unknown> }[];
  /** config.json: the TopBar's. */
  menuItems: { key: string; icon?: string }[];
  /** The theme's layer of poles: what GetFeatureInfo answers with, coordinates in WGS 84. */
  poles: { layer: string; features: StandInPole[] };
}

export const LAYER_ROLE = { BACKGROUND: 1, THEME: 2, USERLAYER: 3, SELECTION: 4, MARKER: 5 } as const;

export function createStandInQwc2(options: StandInOptions) {
  const { language = 'en-US', messages = {}, colorScheme = 'default', poles } = options;
  const store = new Qwc2Store({
    task: { id: null, mode: null, data: null, blocked: false, unsetOnMapClick: false },
    locale: { current: language, messages },
    localConfig: { colorScheme, customPlugins: [] },
    map: { projection: 'EPSG:3857', bbox: { bounds: boundsOf(poles.features), rotation: 0 }, click: null },
    layers: { flat: [{ id: 'theme', role: LAYER_ROLE.THEME, features: [] }] },
  });
  const customPlugins = new Map<string, ComponentType>();
  const pickers = new Map<object, { layer: string; featurePicked(layer: string, feature: unknown): void }>();

  const changeLayers = (change: (layers: StandInLayer[]) => StandInLayer[]) =>
    store.update(({ layers }) => ({ layers: { flat: change(layers.flat) } }));

  /** Like QWC2's: while it is rendered, a click asks the layer of that name what is there. */
  class PickFeature extends Component<{
    layer: string;
    featurePicked(layer: string, feature: unknown): void;
  }> {
    override componentDidMount() {
      pickers.set(this, this.props);
    }
    override componentDidUpdate() {
      pickers.set(this, this.props);
    }
    override componentWillUnmount() {
      pickers.delete(this);
    }
    override render(): ReactNode {
      return null;
    }
  }

  const qwc2 = {
    addPlugin(name: string, component: ComponentType, translations: Record<string, object> = {}) {
      customPlugins.set(name, component);
      const { current } = store.getState().locale;
      // QWC2 merges what it finds under exactly its language, and fails where there is nothing.
      const added = translations[current];
      if (!added)
        throw new TypeError(`No translations for '${current}': QWC2 fails on Object.keys(undefined)`);
      store.update(({ locale, localConfig }) => ({
        locale: { ...locale, messages: { ...locale.messages, ...flatten(added) } },
        localConfig: { ...localConfig, customPlugins: [...localConfig.customPlugins, name] },
      }));
    },
    removePlugin(name: string) {
      customPlugins.delete(name);
      store.update(({ localConfig }) => ({
        localConfig: {
          ...localConfig,
          customPlugins: localConfig.customPlugins.filter((one) => one !== name),
        },
      }));
    },
    getState: (): unknown => store.getState(),
    setCurrentTask(
      id: string | null,
      mode: string | null = null,
      _mapClickAction?: string | null,
      data?: unknown,
    ) {
      store.update(({ task }) => (task.blocked ? {} : { task: { ...task, id, mode, data: data ?? null } }));
    },
    addLayerFeatures(
      layer: { id: string; role: number },
      features: readonly StandInFeature[],
      clear = false,
    ) {
      const ids = new Set(features.map(({ id }) => id));
      changeLayers((layers) => {
        const before = layers.find(({ id }) => id === layer.id);
        if (!before) return [...layers, { ...layer, features: [...features] }];
        const kept = clear ? [] : before.features.filter(({ id }) => !ids.has(id));
        return layers.map((one) => (one === before ? { ...one, features: [...kept, ...features] } : one));
      });
    },
    removeLayer: (layerId: string) => changeLayers((layers) => layers.filter(({ id }) => id !== layerId)),
    refreshLayer: (filter: (layer: { role?: number }) => boolean) =>
      changeLayers((layers) =>
        layers.map((layer) => (filter(layer) ? { ...layer, rev: (layer.rev ?? 0) + 1 } : layer)),
      ),
    zoomToExtent(extent: readonly number[], crs: string) {
      const bounds = reprojectBbox(extent, crs, 'EPSG:3857');
      store.update(({ map }) => ({ map: { ...map, bbox: { ...map.bbox, bounds } } }));
    },
    panTo(position: readonly number[], crs: string) {
      const [x = 0, y = 0] = reproject(position, crs, 'EPSG:3857');
      store.update(({ map }) => {
        const [west = 0, south = 0, east = 0, north = 0] = map.bbox.bounds;
        const [halfWidth, halfHeight] = [(east - west) / 2, (north - south) / 2];
        const bounds = [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
        return { map: { ...map, bbox: { ...map.bbox, bounds } } };
      });
    },
    LayerRole: LAYER_ROLE,
    CoordinatesUtils: { reproject, reprojectBbox },
    libs: { React, ReactDOM, connect: store.connect },
    components: { PickFeature },
  };

  /** A click on a pole of the theme: QWC2 asks QGIS Server, whose answer is in the map's coordinates. */
  function clickPole({ geometry, ...pole }: StandInPole) {
    const coordinates = reproject(geometry.coordinates, 'EPSG:4326', 'EPSG:3857');
    const { name } = pole.properties;
    const answer = { ...pole, geometry: { ...geometry, coordinates }, crs: 'EPSG:3857', displayname: name };
    store.update(({ map }) => ({
      map: { ...map, click: { button: 0, coordinate: coordinates, features: [] } },
    }));
    for (const { layer, featurePicked } of [...pickers.values()]) {
      if (layer === poles.layer) featurePicked(layer, answer);
    }
  }

  const Plugins = store.connect(() => ({ customPlugins: store.getState().localConfig.customPlugins }))(() =>
    options.plugins.map(({ name, cfg }) => {
      const Plugin = customPlugins.get(`${name}Plugin`);
      return Plugin ? <Suspense key={name}>{createElement(Plugin, cfg)}</Suspense> : null;
    }),
  );

  const TopBar = store.connect(() => store.getState())(({ task, locale, localConfig }) => (
    <nav className={`qwc2-topbar ${localConfig.colorScheme}`} aria-label="QWC2">
      {options.menuItems.map(({ key }) => (
        <button
          key={key}
          type="button"
          aria-pressed={task.id === key}
          onClick={() => qwc2.setCurrentTask(task.id === key ? null : key)}
        >
          {locale.messages[`appmenu.items.${key}`] ?? `appmenu.items.${key}`}
        </button>
      ))}
    </nav>
  ));

  /** QWC2's page: the map, the menu, and the plugins, in one tree. */
  function App() {
    return (
      <StrictMode>
        <TopBar />
        <StandInMap store={store} poles={poles.features} onPole={clickPole} />
        <Plugins />
      </StrictMode>
    );
  }

  return { qwc2, store, App };
}

/** `{ a: { b: 'c' } }` gives `{ 'a.b': 'c' }`. */
function flatten(messages: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

function boundsOf(features: StandInPole[]): number[] {
  const places = features.map(({ geometry }) => reproject(geometry.coordinates, 'EPSG:4326', 'EPSG:3857'));
  const xs = places.map(([x = 0]) => x);
  const ys = places.map(([, y = 0]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
