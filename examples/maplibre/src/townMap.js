import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { loadNetwork, loadSurvey } from '../../shared/loadTown.js';
import { palettes } from '../../shared/palettes.js';

// MapLibre looks for its worker beside its own file, which a bundler has merged into another.
setWorkerUrl(workerUrl);

const EMPTY = { type: 'FeatureCollection', features: [] };

/** A style of the application's own data: no tiles, no sprite, no glyphs. The ground is the page's. */
function styleOf({ street, address, pole, network, selected }, data) {
  const circle = (color, radius) => ({ 'circle-color': color, 'circle-radius': radius });
  const only = (table) => ['==', ['get', 'table'], table];
  const ofDesign = ['to-boolean', ['get', 'design']];
  return {
    version: 8,
    sources: {
      survey: { type: 'geojson', data: data.survey },
      // Tiles keep numbers only as ids: 'pole/12' comes from a property.
      network: { type: 'geojson', data: data.network, promoteId: 'urn' },
      selected: { type: 'geojson', data: data.selected },
    },
    layers: [
      {
        id: 'street',
        source: 'survey',
        type: 'line',
        filter: only('street'),
        paint: { 'line-color': street, 'line-width': 5 },
      },
      {
        id: 'address',
        source: 'survey',
        type: 'circle',
        filter: only('address'),
        paint: circle(address, 1.5),
      },
      {
        id: 'route',
        source: 'network',
        type: 'line',
        filter: only('oh_route'),
        paint: { 'line-color': network, 'line-opacity': 0.38 },
      },
      {
        id: 'wallBox',
        source: 'network',
        type: 'circle',
        filter: only('wall_box'),
        paint: circle(network, 2),
      },
      { id: 'pole', source: 'network', type: 'circle', filter: only('pole'), paint: circle(pole, 2) },
      {
        id: 'designPole',
        source: 'network',
        type: 'circle',
        filter: ['all', only('pole'), ofDesign],
        paint: circle(network, 6),
      },
      {
        id: 'selected',
        source: 'selected',
        type: 'circle',
        paint: {
          'circle-radius': 10,
          'circle-opacity': 0,
          'circle-stroke-color': selected,
          'circle-stroke-width': 3,
        },
      },
    ],
  };
}

/** The application's own map. `theme`: 'light' or 'dark'. */
export function createTownMap(baseUrl, theme) {
  const data = { survey: EMPTY, network: EMPTY, selected: EMPTY };
  const map = new MapLibre({
    container: document.createElement('div'),
    style: styleOf(palettes[theme], data),
    attributionControl: false,
  });
  const loaded = map.once('load');

  const show = (source, geojson) => {
    data[source] = geojson;
    map.getSource(source).setData(geojson);
  };
  const showNetwork = async () => {
    const network = await loadNetwork(baseUrl);
    for (const { id, properties } of network.features) properties.urn = id;
    show('network', network);
  };

  return {
    map,
    loadNetwork: showNetwork,
    async load() {
      const [survey] = await Promise.all([loadSurvey(baseUrl), loaded]);
      show('survey', survey);
      map.fitBounds(boundsOfTown(survey), { padding: 24, animate: false });
      await showNetwork();
    },
    poleAt: ({ x, y }) =>
      map.queryRenderedFeatures(
        [
          [x - 6, y - 6],
          [x + 6, y + 6],
        ],
        { layers: ['designPole', 'pole'] },
      )[0],
    highlight(feature) {
      const { geometry } = feature ?? {};
      show('selected', geometry ? { type: 'Feature', geometry, properties: {} } : EMPTY);
    },
    setTheme(next) {
      map.setStyle(styleOf(palettes[next], data));
    },
  };
}

/** West, south, east, north of streets and addresses. */
function boundsOfTown({ features }) {
  const points = features.map(({ geometry }) => geometry.coordinates.flat()).map(([x, y]) => [x, y]);
  const longitudes = points.map(([x]) => x);
  const latitudes = points.map(([, y]) => y);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
