import type { Geometry, ParameterProblem } from '../../src/contract/index.ts';
import type { NetworkDataView, NetworkRecord, NetworkTransaction } from '../network/NetworkStore.ts';
import type { ConnectionParams } from './customerConnectionParams.ts';
import { designUrns, findDesign, invalidParams } from './design.ts';
import { drawDistinct, seededRandom } from './seededRandom.ts';

/** A record whose geometry is a point. */
export interface Placed {
  record: NetworkRecord;
  point: Extract<Geometry, { type: 'Point' }>;
}

export function placed(record: NetworkRecord): Placed | undefined {
  const { geometry } = record;
  return geometry?.type === 'Point' ? { record, point: geometry } : undefined;
}

/** The place in which a task builds connections. */
export interface ConnectionSite {
  view: NetworkDataView;
  pole: Placed;
}

/** Finds the design and the pole. Rejects with 'invalid-params' that names the parameter and the fix. */
export async function findSite(
  { design, pole_id }: ConnectionParams,
  network: NetworkTransaction,
): Promise<ConnectionSite> {
  const view = await findDesign(design, network);
  const record = await view.table('pole').get(pole_id);
  const pole = record?.design === design ? placed(record) : undefined;
  if (pole) return { view, pole };
  throw invalidParams(await poleProblem(pole_id, record, design, network));
}

async function poleProblem(
  id: number,
  record: NetworkRecord | undefined,
  design: string,
  network: NetworkTransaction,
): Promise<ParameterProblem> {
  const problem = { parameter: 'pole_id', expected: `the id of a pole that belongs to ${design}` };
  if (record?.design === null) {
    return {
      ...problem,
      code: 'in-master',
      message: `Pole ${id} is in master, not in ${design}: give a pole that the design added`,
    };
  }
  for (const other of await designUrns(network)) {
    if (other === design) continue;
    const found = await (await network.view(other)).table('pole').get(id);
    if (found?.design !== other) continue;
    return {
      ...problem,
      code: 'in-other-design',
      message: `Pole ${id} belongs to ${other}, not to ${design}: give one of its poles, or that design`,
    };
  }
  return { ...problem, code: 'not-found', message: `There is no pole ${id} in ${design}` };
}

/** Rejects with 'invalid-params' where fewer addresses can be had than are wanted. */
export async function refuseTooMany(
  params: ConnectionParams,
  network: NetworkTransaction,
  site: ConnectionSite,
): Promise<void> {
  refuseMoreThan((await unconnected(params, network, site)).length, params);
}

/**
 * The addresses to connect, each once, in the order in which to connect them. They are master's: a design does not
 * add addresses. The same seed chooses the same ones on every store.
 */
export async function chooseAddresses(
  params: ConnectionParams,
  seed: number,
  network: NetworkTransaction,
  site: ConnectionSite,
): Promise<NetworkRecord[]> {
  const { count, selection } = params;
  const candidates = await unconnected(params, network, site);
  refuseMoreThan(candidates.length, params);
  if (selection === 'nearest') return candidates.slice(0, count);
  candidates.sort((a, b) => a.id - b.id);
  return drawDistinct(candidates, count, seededRandom(seed));
}

/**
 * The addresses to choose from: without those that the design has connected already, in an earlier run. For
 * 'nearest' the nearest first, and no more than are wanted.
 */
async function unconnected(
  { count, selection, radius_metres: radiusMetres }: ConnectionParams,
  network: NetworkTransaction,
  { view, pole }: ConnectionSite,
): Promise<NetworkRecord[]> {
  const addresses = (await network.view()).table('address');
  const wallBoxes = await view.table('wall_box').recs();
  const connected = new Set(wallBoxes.map(({ properties }) => properties.address));
  const at = pole.point.coordinates;
  let candidates: NetworkRecord[];
  if (radiusMetres !== undefined) candidates = await addresses.near(at, { radiusMetres });
  else if (selection === 'nearest') candidates = await addresses.near(at, { limit: count + connected.size });
  else candidates = await addresses.recs();
  return connected.size === 0 ? candidates : candidates.filter(({ urn }) => !connected.has(urn));
}

function refuseMoreThan(available: number, { count, radius_metres }: ConnectionParams): void {
  if (count <= available) return;
  const where = radius_metres === undefined ? '' : ` within ${radius_metres} m of the pole`;
  const fix = radius_metres === undefined ? '' : ', or a larger radius';
  throw invalidParams(
    {
      parameter: 'count',
      code: 'too-many',
      message: `${count} addresses are wanted, but there are ${available}${where} that are not connected yet: give a smaller count${fix}`,
      expected: available === 0 ? `addresses${where}` : `at most ${available}`,
    },
    { available, requested: count },
  );
}
