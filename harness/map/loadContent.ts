import type { GeoFeature } from '../../src/contract/index.ts';
import type { SourceName } from './baseLayers.ts';
import type { MapContent } from './MapData.ts';
import { type Ask, readFeatures } from './readFeatures.ts';

/** The table that each source of the map shows. A cable that leads to one address lies on its drop, and is not shown beside it. */
const SOURCE_OF_TABLE: Readonly<Record<string, SourceName>> = {
  pole: 'pole',
  wall_box: 'wallBox',
  oh_route: 'route',
  ug_route: 'route',
  fiber_cable: 'cable',
  handhole: 'equipment',
  fiber_odf: 'equipment',
  splice_closure: 'equipment',
  fiber_splitter: 'equipment',
  fiber_terminal: 'equipment',
};
/** Tasks build the features of these sources. */
export type NetworkContent = Pick<MapContent, 'pole' | 'route' | 'wallBox' | 'cable' | 'equipment'>;
/** A page that is larger would be read for longer than a frame takes. */
const PAGE = 2_000;

/** Reads the features that no task changes: streets, addresses and the outlines of designs. */
export async function loadSurvey(
  ask: Ask,
  baseUrl: string,
): Promise<Pick<MapContent, 'street' | 'address' | 'design'>> {
  const [street, address, design] = await Promise.all([
    readFeatures(ask, `${baseUrl}/features?tables=street&limit=${PAGE}`),
    readFeatures(ask, `${baseUrl}/features?tables=address&limit=${PAGE}`),
    readFeatures(ask, `${baseUrl}/designs`),
  ]);
  return { street, address, design };
}

/** Reads what is stored in master, or with `design` ('design/NAME') what this design adds to it. */
export async function loadLayer(ask: Ask, baseUrl: string, design?: string): Promise<GeoFeature[]> {
  const query = design === undefined ? '' : `&design=${encodeURIComponent(design)}`;
  const tables = Object.keys(SOURCE_OF_TABLE).join();
  const isShown = ({ properties }: GeoFeature) =>
    // A design is seen over master: its own are those that say so.
    (design === undefined || properties.design === design) &&
    (properties.table !== 'fiber_cable' || isTrunk(properties));
  return readFeatures(ask, `${baseUrl}/features?tables=${tables}&limit=${PAGE}${query}`, {
    isWanted: isShown,
  });
}

/** The content of the map that layers make together. */
export function contentOf(layers: Iterable<readonly GeoFeature[]>): NetworkContent {
  const content: NetworkContent = { pole: [], route: [], wallBox: [], cable: [], equipment: [] };
  for (const layer of layers) {
    for (const feature of layer) {
      const source = SOURCE_OF_TABLE[feature.properties.table];
      if (source && isNetwork(source)) content[source].push(feature);
    }
  }
  return content;
}

const isNetwork = (source: SourceName): source is keyof NetworkContent =>
  source !== 'street' && source !== 'address' && source !== 'design';

/** A cable that carries the fibres of many. Cables of earlier versions have no kind, and lead to one address each. */
const isTrunk = ({ kind }: Record<string, unknown>) => typeof kind === 'string' && kind !== 'drop';
