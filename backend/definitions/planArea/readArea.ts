import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import type { PolesToLeaveOut } from '../../../src/contract/planArea.ts';
import { geodesicDistance } from '../../network/geodesy.ts';
import type { NetworkDataView, NetworkRecord, NetworkTransaction } from '../../network/NetworkStore.ts';
import type { PlacedPoint, PlanInput } from '../../planning/PlanInput.ts';
import { completeRules } from '../../planning/rules.ts';
import { findDesign, invalidParams } from '../design.ts';
import { AreaShape } from './AreaShape.ts';
import { claimDesign } from './claimDesign.ts';
import { type Plant, readPlant } from './Plant.ts';
import type { PlanParams } from './planAreaParams.ts';
import { type ReadLines, readFreeLines } from './readFreeLines.ts';
import { rulesOf } from './rulesOf.ts';

/** Metres: the way to the feed may leave the area, so streets and poles are taken so far beyond it. */
const BEYOND = 120;
const MOST_ADDRESSES = 50_000;
const MOST_POLES = 200_000;
const MOST_STREETS = 100_000;
/** Metres: a feed that is farther from every address is a mistake. */
const FARTHEST_FEED = 50_000;

/** All that a plan is made of. */
export interface AreaToPlan {
  view: NetworkDataView;
  input: PlanInput;
  /** By URN: the addresses to serve. */
  addresses: ReadonlyMap<string, NetworkRecord>;
  plant: Plant;
  lines: ReadLines;
  /** Addresses of the area that are connected already. */
  connected: number;
}

/**
 * Reads the addresses of the area that are not connected yet, the poles and streets around them, and the plant that is there.
 * `only`: the URNs of the addresses to serve, where a user retries those that failed. Rejects with 'invalid-params'.
 */
export async function readArea(
  params: PlanParams,
  network: NetworkTransaction,
  only?: readonly string[],
): Promise<AreaToPlan> {
  await claimDesign(await findDesign(params.design, network));
  const { view, shape, inside } = await findAddresses(params, network);
  const rules = rulesOf(params.rules);
  const box = shape?.boxAround(BEYOND, params.feed ? [params.feed] : []);
  const isConnected = await connectedAddresses(view);
  const wanted = only && new Set(only);
  const open = inside.filter(({ id }) => !isConnected.has(id) && (wanted?.has(id) ?? true));
  const poles = withoutLeftOut(await placed(view, 'pole', box, MOST_POLES), params.rules.leaveOutPoles);
  const { longestDrop } = completeRules(rules);
  const reach = Math.max(BEYOND, longestDrop);
  const plantBox = shape?.boxAround(reach, params.feed ? [params.feed] : []);
  const plant = await readPlant(view, plantBox);
  const lines = await readFreeLines({
    view,
    read: async (table) => (plantBox ? view.table(table).within(plantBox) : view.table(table).recs()),
    splitters: plant.splitters,
    records: plant.records,
    open: open.map(({ position }) => position),
    longestDrop,
  });
  const feed =
    params.feed ??
    plant.feedNear(middleOf((open.length > 0 ? open : inside).map(({ position }) => position)));
  return {
    view,
    addresses: new Map(open.map(({ id, record }) => [id, record])),
    plant,
    lines,
    connected: inside.filter(({ id }) => isConnected.has(id)).length,
    input: {
      addresses: open.map(({ id, position }) => ({ id, position })),
      poles: poles.map(({ id, position }) => ({ id, position })),
      streets: await streetsOf(view, box),
      ...(feed && { feed }),
      splitters: plant.splitters,
      terminals: lines.terminals,
      freeFibres: lines.lines.freeFibres,
      rules,
    },
  };
}

/** The addresses in the area. Rejects with 'invalid-params' where there are none, or too many, or the feed is far away. */
export async function findAddresses(params: PlanParams, network: NetworkTransaction) {
  const view = await findDesign(params.design, network);
  const shape = await shapeOf(params, network);
  const all = await placed(view, 'address', shape?.boxAround(1), MOST_ADDRESSES);
  const inside = shape ? all.filter(({ position }) => shape.has(position)) : all;
  if (inside.length === 0) throw noAddresses(params);
  refuseFarFeed(params, inside);
  return { view, shape, inside };
}

/** Undefined: all addresses there are. */
async function shapeOf(
  { area, design }: PlanParams,
  network: NetworkTransaction,
): Promise<AreaShape | undefined> {
  if (area === 'all') return undefined;
  if (area !== 'design') return new AreaShape(area);
  const found = (await network.designs()).find(({ name }) => `design/${name}` === design);
  return found && new AreaShape(found.geometry);
}

type PlacedRecord = PlacedPoint & { record: NetworkRecord };

async function placed(
  view: NetworkDataView,
  table: 'address' | 'pole',
  box: BoundingBox | undefined,
  most: number,
): Promise<PlacedRecord[]> {
  const records = view.table(table);
  const found = await (box ? records.within(box, { limit: most + 1 }) : records.recs({ limit: most + 1 }));
  refuseTooMany(table === 'pole' ? 'poles' : 'addresses', found.length, most);
  return found.flatMap((record): PlacedRecord[] => {
    const { geometry, urn } = record;
    return geometry?.type === 'Point' ? [{ id: urn, position: geometry.coordinates, record }] : [];
  });
}

/** The middle one of the positions in both directions, each longitude as near to the first as it can be. */
function middleOf(positions: readonly Position[]): Position | undefined {
  const [first] = positions;
  if (!first) return undefined;
  const near = ([x]: Position) => x - 360 * Math.round((x - first[0]) / 360);
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return [median(positions.map(near)), median(positions.map(([, y]) => y))];
}

/** Rejects a property that no pole has: the user has misspelt it, and would get a plan on the poles that were to be left out. */
function withoutLeftOut(
  poles: readonly PlacedRecord[],
  leftOut: PolesToLeaveOut | undefined,
): readonly PlacedRecord[] {
  if (!leftOut || poles.length === 0) return poles;
  const { property, values } = leftOut;
  const known = new Set(poles.flatMap(({ record }) => Object.keys(record.properties)));
  if (!known.has(property)) {
    const there = [...known].sort().slice(0, 20).join(', ');
    throw invalidParams({
      parameter: 'rules.leaveOutPoles',
      code: 'not-found',
      message: `no pole of the area has a property '${property}'; they have ${there || 'none'}: name one of these`,
    });
  }
  const unwanted = new Set(values.map(String));
  return poles.filter(({ record }) => !unwanted.has(String(record.properties[property])));
}

async function streetsOf(view: NetworkDataView, box: BoundingBox | undefined): Promise<PlanInput['streets']> {
  const streets = view.table('street');
  const limit = MOST_STREETS + 1;
  const found = await (box ? streets.within(box, { limit }) : streets.recs({ limit }));
  refuseTooMany('streets', found.length, MOST_STREETS);
  return found.flatMap(({ urn, geometry }) =>
    geometry?.type === 'LineString' ? [{ id: urn, coordinates: geometry.coordinates }] : [],
  );
}

async function connectedAddresses(view: NetworkDataView): Promise<ReadonlySet<unknown>> {
  const boxes = await view.table('wall_box').recs();
  return new Set(boxes.map(({ properties }) => properties.address));
}

function refuseTooMany(what: string, found: number, most: number): void {
  if (found <= most) return;
  throw invalidParams({
    parameter: 'area',
    code: 'too-many',
    message: `the area has more than ${most} ${what}: plan it in several smaller areas`,
    expected: `an area with at most ${most} ${what}`,
  });
}

function noAddresses({ area, design }: PlanParams) {
  const where =
    area === 'all' ? 'the network' : area === 'design' ? `the area of ${design}` : 'the area that was drawn';
  const fix = area === 'all' ? 'load addresses first' : 'draw an area around some, or load addresses first';
  return invalidParams({
    parameter: 'area',
    code: 'no-addresses',
    message: `there are no addresses in ${where}: ${fix}`,
    expected: 'an area with addresses',
  });
}

function refuseFarFeed({ feed }: PlanParams, addresses: readonly PlacedPoint[]): void {
  if (!feed) return;
  let nearest = Number.POSITIVE_INFINITY;
  for (const { position } of addresses) {
    nearest = Math.min(nearest, roughMetres(feed, position));
    if (nearest <= FARTHEST_FEED) return;
  }
  const metres = geodesicDistance(feed, addresses[0]?.position ?? feed);
  const message = `lies ${Math.round(metres / 1000)} km from the area: give [longitude, latitude] of a place near the addresses`;
  throw invalidParams({ parameter: 'feed', code: 'out-of-range', message });
}

function roughMetres([x, y]: Position, [otherX, otherY]: Position): number {
  const across = Math.abs(x - otherX);
  const aside = Math.min(across, 360 - across) * Math.cos((y * Math.PI) / 180);
  return Math.hypot(aside, y - otherY) * 111_320;
}
