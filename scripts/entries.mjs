/** The package's entries and their sources: what the build makes, and what tests and the harness use in its place. */
export const entries = {
  '.': 'src/index.ts',
  './client': 'src/client/index.ts',
  './parts': 'src/parts/index.ts',
  './monitor': 'src/monitor/index.ts',
  './plan': 'src/plan/index.ts',
  './myworld': 'src/hosts/myworld/index.ts',
  './host': 'src/host/index.ts',
  './host/myworld-client': 'standin/platform/index.ts',
  './host/myworld-client/react': 'standin/platform/react.ts',
  './host/vite': 'standin/vite/index.ts',
  './openlayers': 'src/maps/openlayers/index.ts',
  './maplibre': 'src/maps/maplibre/index.ts',
  './qwc2': 'src/hosts/qwc2/index.ts',
  './locales': 'src/locales/check/index.ts',
  './mocks': 'mocks/index.ts',
};

/** By the path in `dist` that each becomes, without its extension. */
export const builtNames = Object.fromEntries(
  Object.entries(entries).map(([entry, source]) => [entry.slice(2) || 'index', source]),
);

/** For Vite: the names of the packages, as their users import them, stand for the sources here. */
export const sourceAliases = [
  ...Object.entries(entries).map(([entry, source]) => [`lrt-plugin${entry.slice(1)}`, source]),
  ['lrt-server/service', 'server/src/service/index.ts'],
].map(([name, source]) => ({
  find: new RegExp(`^${name}$`),
  replacement: new URL(`../${source}`, import.meta.url).pathname,
}));
