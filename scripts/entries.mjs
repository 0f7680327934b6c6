/** The package's entries and their sources: what the build makes, and what tests and the harness use in its place. */
export const entries = {
  '.': 'src/index.ts',
  './client': 'src/client/index.ts',
  './parts': 'src/parts/index.ts',
  './myworld': 'src/myworld/index.ts',
  './host': 'src/host/index.ts',
  './host/myworld-client': 'src/host/myworld-client/index.ts',
  './host/myworld-client/react': 'src/host/myworld-client/react.ts',
  './host/vite': 'src/host/vite/index.ts',
  './openlayers': 'src/openlayers/index.ts',
  './maplibre': 'src/maplibre/index.ts',
  './qwc2': 'src/qwc2/index.ts',
  './locales': 'src/locales/check/index.ts',
  './mocks': 'mocks/index.ts',
};

/** By the path in `dist` that each becomes, without its extension. */
export const builtNames = Object.fromEntries(
  Object.entries(entries).map(([entry, source]) => [entry.slice(2) || 'index', source]),
);

/** For Vite: the package's name, as its users import it, stands for the sources here. */
export const sourceAliases = Object.entries(entries).map(([entry, source]) => ({
  find: new RegExp(`^lrt-plugin${entry.slice(1)}$`),
  replacement: new URL(`../${source}`, import.meta.url).pathname,
}));
