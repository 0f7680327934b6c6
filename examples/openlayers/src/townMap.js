import GeoJSON from 'ol/format/GeoJSON.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import { loadNetwork, loadSurvey } from '../../shared/loadTown.js';
import { palettes } from '../../shared/palettes.js';

const styles = ({ street, address, pole, network, selected }) => ({
  street: { 'stroke-color': street, 'stroke-width': 5 },
  address: { 'circle-radius': 1.5, 'circle-fill-color': address },
  oh_route: { 'stroke-color': `${network}60`, 'stroke-width': 1 },
  wall_box: { 'circle-radius': 2, 'circle-fill-color': network },
  pole: { 'circle-radius': 2, 'circle-fill-color': pole },
  designPole: { 'circle-radius': 6, 'circle-fill-color': network },
  selected: { 'circle-radius': 10, 'circle-stroke-color': selected, 'circle-stroke-width': 3 },
});

/** The application's own map: a layer for each table, and one for the selected pole. `theme`: 'light' or 'dark'. */
export function createTownMap(baseUrl, theme) {
  const layers = {
    street: new VectorImageLayer({ source: new VectorSource() }),
    address: new VectorImageLayer({ source: new VectorSource() }),
    oh_route: new VectorImageLayer({ source: new VectorSource() }),
    wall_box: new VectorImageLayer({ source: new VectorSource() }),
    pole: new VectorLayer({ source: new VectorSource() }),
    designPole: new VectorLayer({ source: new VectorSource(), zIndex: 1 }),
    selected: new VectorLayer({ source: new VectorSource(), zIndex: 1 }),
  };
  const setTheme = (next) => {
    for (const [name, style] of Object.entries(styles(palettes[next]))) layers[name].setStyle(style);
  };
  setTheme(theme);
  const map = new OlMap({
    view: new View(),
    layers: Object.values(layers),
    // The map takes keys when it has the focus (`tabIndex` in App.jsx), and the mouse at any time.
    interactions: defaultInteractions({ onFocusOnly: false }),
  });

  const show = (collection) => {
    const features = new GeoJSON({ featureProjection: map.getView().getProjection() }).readFeatures(
      collection,
    );
    const byLayer = Object.groupBy(features, (feature) =>
      feature.get('table') === 'pole' && feature.get('design') ? 'designPole' : feature.get('table'),
    );
    for (const [name, members] of Object.entries(byLayer)) {
      layers[name].getSource().clear();
      layers[name].getSource().addFeatures(members);
    }
  };
  const showNetwork = async () => show(await loadNetwork(baseUrl));

  return {
    map,
    loadNetwork: showNetwork,
    async load() {
      show(await loadSurvey(baseUrl));
      map.getView().fit(layers.street.getSource().getExtent(), { padding: [24, 24, 24, 24] });
      await showNetwork();
    },
    poleAt: (pixel) =>
      map.getFeaturesAtPixel(pixel, {
        hitTolerance: 6,
        layerFilter: (layer) => layer === layers.designPole || layer === layers.pole,
      })[0],
    highlight(feature) {
      layers.selected.getSource().clear();
      if (feature) layers.selected.getSource().addFeature(feature.clone());
    },
    setTheme,
  };
}
