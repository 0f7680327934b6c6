import type { GeoFeature } from '../../src/contract/index.ts';
import type { MapContent } from './NetworkMap.ts';
import { type Ask, readFeatures } from './readFeatures.ts';

/** The tables that can be seen. Equipment sits in a pole or wall box, and a cable on its route. */
const TABLES = 'pole,wall_box,oh_route';
const PAGE = 10_000;

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

/** Reads the stored features that tasks build: those of master, and those that each design ('design/NAME') adds. */
export async function loadNetwork(
  ask: Ask,
  baseUrl: string,
  designs: string[],
): Promise<Pick<MapContent, 'pole' | 'route' | 'wallBox'>> {
  const read = (design?: string) => {
    const query = design === undefined ? '' : `&design=${encodeURIComponent(design)}`;
    return readFeatures(ask, `${baseUrl}/features?tables=${TABLES}&limit=${PAGE}${query}`);
  };
  const [master, ...views] = await Promise.all([read(), ...designs.map(read)]);
  // A design is shown over master: its own are those that say so.
  const deltas = views.flatMap((view, index) =>
    view.filter(({ properties }) => properties.design === designs[index]),
  );
  const network: GeoFeature[] = [...(master ?? []), ...deltas];
  const ofTable = (table: string) => network.filter(({ properties }) => properties.table === table);
  return { pole: ofTable('pole'), route: ofTable('oh_route'), wallBox: ofTable('wall_box') };
}
