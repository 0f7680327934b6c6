import type { NetworkPlace, NetworkRelations, PortUse } from '../../../src/contract/index.ts';
import type { NetworkRecord, NetworkStore } from '../NetworkStore.ts';
import { segmentLength } from './CableLine.ts';
import { cableDetails, cableUse } from './cableDetails.ts';
import { NetworkReads } from './NetworkReads.ts';
import { networkPlace, placeOf, textOf } from './networkPlace.ts';
import { portsOf } from './portsOf.ts';

const HOUSED = ['splice_closure', 'fiber_splitter', 'fiber_terminal', 'fiber_odf', 'fiber_ont'];
const ROUTES = ['oh_route', 'ug_route'];
/** A list of an answer has so many entries at most. */
const MAX_LISTED = 1_000;

/** Gives what the feature is connected to: what it is in, what is in it, its ports and who is on them, its cables and fibres. */
export async function relateFeature(
  store: NetworkStore,
  record: NetworkRecord,
  design: string | null,
): Promise<NetworkRelations> {
  const reads = new NetworkReads(store, design);
  const [housedIn, houses, ports, cables, routes, cable] = await Promise.all([
    housedInOf(reads, record),
    housesOf(reads, record),
    portsOf(reads, record),
    cablesAt(reads, record),
    routesAt(reads, record),
    cableOf(reads, record),
  ]);
  const addresses = await addressesOf(reads, record, houses, ports);
  const lists = [houses, ports, cables, routes, addresses];
  return {
    urn: record.urn,
    design,
    housedIn,
    houses: houses.slice(0, MAX_LISTED),
    ports: ports.slice(0, MAX_LISTED),
    cables: cables.slice(0, MAX_LISTED),
    routes: routes.slice(0, MAX_LISTED),
    ...(cable && { cable }),
    addresses: addresses.slice(0, MAX_LISTED),
    truncated: reads.truncated || lists.some(({ length }) => length > MAX_LISTED),
  };
}

/** The chain of housings, each once. */
async function housedInOf(reads: NetworkReads, record: NetworkRecord): Promise<NetworkPlace[]> {
  const chain: NetworkPlace[] = [];
  const seen = new Set([record.urn]);
  let next: unknown = record.table === 'wall_box' ? record.properties.address : record.properties.housing;
  while (typeof next === 'string' && !seen.has(next) && chain.length < 20) {
    seen.add(next);
    const housing = await reads.get(next);
    if (!housing) break;
    chain.push(networkPlace(housing));
    next = housing.properties.housing;
  }
  return chain;
}

async function housesOf(
  reads: NetworkReads,
  { urn, table }: NetworkRecord,
): Promise<NetworkRelations['houses']> {
  if (table === 'address') {
    const boxes = await reads.matching('wall_box', 'address', urn);
    const inside = await Promise.all(boxes.map((box) => housesOf(reads, box)));
    return boxes.flatMap((box, i) => [{ ...networkPlace(box), housing: urn }, ...(inside[i] ?? [])]);
  }
  const kinds = HOUSED.flatMap((kind) => [
    reads.matching(kind, 'root_housing', urn),
    reads.matching(kind, 'housing', urn),
  ]);
  const found = new Map<string, NetworkRecord>();
  for (const record of (await Promise.all(kinds)).flat())
    if (record.urn !== urn) found.set(record.urn, record);
  return [...found.values()].map((record) => ({
    ...networkPlace(record),
    housing: textOf(record.properties.housing) ?? urn,
  }));
}

/** The cables that end or pass at a structure, or that lie in a route. */
async function cablesAt(
  reads: NetworkReads,
  { urn, table }: NetworkRecord,
): Promise<NetworkRelations['cables']> {
  const by = ROUTES.includes(table) ? ['housing'] : ['in_structure', 'out_structure'];
  const segments = (
    await Promise.all(by.map((property) => reads.matching('cable_segment', property, urn)))
  ).flat();
  const cables = [...new Set(segments.map(({ properties }) => properties.cable))].slice(0, MAX_LISTED + 1);
  const records = await Promise.all(cables.map((cable) => reads.get(cable)));
  return Promise.all(records.flatMap((cable) => (cable ? cableUse(reads, cable) : [])));
}

async function routesAt(reads: NetworkReads, { urn }: NetworkRecord): Promise<NetworkRelations['routes']> {
  const asked = ROUTES.flatMap((table) =>
    ['in_structure', 'out_structure'].map(async (end) => {
      const other = end === 'in_structure' ? 'out_structure' : 'in_structure';
      return (await reads.matching(table, end, urn)).map((route) => ({ route, to: route.properties[other] }));
    }),
  );
  const found = (await Promise.all(asked)).flat().slice(0, MAX_LISTED + 1);
  return Promise.all(
    found.map(async ({ route, to }) => {
      const [lengthMetres, there] = await Promise.all([segmentLength(reads, route), placeOf(reads, to)]);
      const kind = textOf(route.properties.kind);
      return {
        urn: route.urn,
        table: route.table,
        ...(kind !== undefined && { kind }),
        lengthMetres,
        ...(there && { to: there }),
      };
    }),
  );
}

async function cableOf(
  reads: NetworkReads,
  record: NetworkRecord,
): Promise<NetworkRelations['cable'] | undefined> {
  if (record.table === 'fiber_cable') return cableDetails(reads, record);
  const cable = record.table === 'cable_segment' ? await reads.get(record.properties.cable) : undefined;
  return cable && cableDetails(reads, cable);
}

/** Gives the addresses on its own ports, and on the ports of what is in it. */
async function addressesOf(
  reads: NetworkReads,
  record: NetworkRecord,
  houses: NetworkRelations['houses'],
  ports: readonly PortUse[],
): Promise<NetworkPlace[]> {
  if (record.table === 'address') return [];
  if (record.table === 'wall_box') {
    const address = await placeOf(reads, record.properties.address);
    return address ? [address] : [];
  }
  const inside = houses.filter(({ table }) => table === 'fiber_splitter' || table === 'fiber_terminal');
  const records = await Promise.all(inside.slice(0, 50).map(({ urn }) => reads.get(urn)));
  const others = await Promise.all(records.flatMap((one) => (one ? portsOf(reads, one) : [])));
  const all = [...ports, ...others.flat()].flatMap(({ side, address }) =>
    side === 'out' && address ? [[address.urn, address] as const] : [],
  );
  return [...new Map(all).values()];
}
