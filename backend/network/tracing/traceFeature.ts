import type {
  NetworkPlace,
  NetworkTrace,
  TraceCable,
  TraceEquipment,
  TraceJoint,
  TraceLine,
  TraceStep,
} from '../../../src/contract/index.ts';
import type { NetworkRecord, NetworkStore } from '../NetworkStore.ts';
import { lineOf, segmentLength } from './CableLine.ts';
import { connectionsAt, type PinOf } from './connectionEnds.ts';
import { type FibreStep, followFibre } from './followFibre.ts';
import { NetworkReads } from './NetworkReads.ts';
import { networkPlace, numberOf, placeOf, textOf } from './networkPlace.ts';

/** A feature has so many lines at most; a terminal has 16, an address one or two. */
const MAX_LINES = 64;

interface LineStart {
  equipment: NetworkRecord;
  pin: PinOf;
  wallBox?: NetworkRecord;
}

/**
 * Follows each fibre of the feature to the feed: of an address, a wall box, an ONT, a terminal or a splitter. Other features have
 * no line of their own. It reads the records alone, so the network may be of any task, or drawn by hand.
 */
export async function traceFeature(
  store: NetworkStore,
  record: NetworkRecord,
  design: string | null,
): Promise<NetworkTrace> {
  return { urn: record.urn, design, ...(await traceWith(new NetworkReads(store, design), record)) };
}

/** As `traceFeature`, by a reader that other traces share. */
export async function traceWith(
  reads: NetworkReads,
  record: NetworkRecord,
): Promise<Pick<NetworkTrace, 'lines' | 'truncated'>> {
  const starts = await startsOf(reads, record);
  const lines = await Promise.all(starts.slice(0, MAX_LINES).map((start) => traceLine(reads, start)));
  return { lines, truncated: reads.truncated || starts.length > MAX_LINES };
}

async function startsOf(reads: NetworkReads, record: NetworkRecord): Promise<LineStart[]> {
  const { table, urn } = record;
  if (table === 'address') {
    const boxes = await reads.matching('wall_box', 'address', urn);
    return (await Promise.all(boxes.map((box) => startsOf(reads, box)))).flat();
  }
  if (table === 'wall_box') {
    const onts = await reads.matching('fiber_ont', 'housing', urn);
    const inputs = await Promise.all([record, ...onts].map((equipment) => inputsOf(reads, equipment)));
    return inputs.flat().map((start) => ({ ...start, wallBox: record }));
  }
  if (table === 'fiber_ont') {
    const wallBox = await reads.get(record.properties.housing);
    const inputs = await inputsOf(reads, record);
    return wallBox?.table === 'wall_box' ? inputs.map((start) => ({ ...start, wallBox })) : inputs;
  }
  const hasInputs = table === 'fiber_splitter' || table === 'fiber_terminal';
  return hasInputs ? inputsOf(reads, record) : [];
}

/** The pins of the equipment on the side of the feed that have a fibre. */
async function inputsOf(reads: NetworkReads, equipment: NetworkRecord): Promise<LineStart[]> {
  const starts: LineStart[] = [];
  for (const { side, low, high } of await connectionsAt(reads, equipment.urn)) {
    for (let pin = low; side === 'in' && pin <= high && starts.length <= MAX_LINES; pin += 1) {
      starts.push({ equipment, pin: { object: equipment.urn, side, pin } });
    }
  }
  return starts.sort((a, b) => a.pin.pin - b.pin.pin);
}

async function traceLine(reads: NetworkReads, { equipment, pin, wallBox }: LineStart): Promise<TraceLine> {
  const { steps: followed, ends } = await followFibre(reads, pin);
  const leaves = { side: pin.side, pin: pin.pin };
  const [first, steps, address] = await Promise.all([
    equipmentStep(reads, { kind: 'equipment', record: equipment, leaves }),
    Promise.all(followed.map((step) => traceStep(reads, step))),
    placeOf(reads, wallBox?.properties.address),
  ]);
  const lossDb = numberOf(wallBox?.properties.loss_db);
  return {
    ...(address && { address }),
    steps: [first, ...steps],
    // A fibre that leads to another customer, or to outputs, comes from no feed.
    ends: ends === 'ont' || ends === 'outputs' ? 'open' : ends,
    lengthMetres: steps.reduce((sum, step) => sum + (step.kind === 'cable' ? step.lengthMetres : 0), 0),
    ...(lossDb !== undefined && { lossDb }),
  };
}

function traceStep(reads: NetworkReads, step: FibreStep): Promise<TraceStep> {
  if (step.kind === 'cable') return cableStep(reads, step);
  return step.kind === 'joint' ? jointStep(reads, step) : equipmentStep(reads, step);
}

async function cableStep(
  reads: NetworkReads,
  { cable, fibre, passed }: Extract<FibreStep, { kind: 'cable' }>,
): Promise<TraceCable> {
  const [path, ...lengths] = await Promise.all([
    lineOf(reads, passed),
    ...passed.map(({ segment }) => segmentLength(reads, segment)),
  ]);
  const { urn, table, name } = networkPlace(cable);
  const cableKind = textOf(cable.properties.kind);
  const fibreCount = numberOf(cable.properties.fiber_count);
  return {
    kind: 'cable',
    urn,
    table,
    ...(name !== undefined && { name }),
    ...(cableKind !== undefined && { cableKind }),
    fibre,
    ...(fibreCount !== undefined && { fibreCount }),
    segments: passed.map(({ segment }) => segment.urn),
    lengthMetres: lengths.reduce((sum, metres) => sum + metres, 0),
    path,
  };
}

async function jointStep(
  reads: NetworkReads,
  { connection, from, to }: Extract<FibreStep, { kind: 'joint' }>,
): Promise<TraceJoint> {
  const { properties, urn } = connection;
  const at = await placeAt(reads, properties.root_housing ?? properties.housing);
  const lossDb = numberOf(properties.loss_db);
  const isSegment = (object: string) => object.startsWith('cable_segment/');
  return {
    kind: 'joint',
    urn,
    splice: isSegment(from.object) && isSegment(to.object),
    ...(at && { at }),
    ...(lossDb !== undefined && { lossDb }),
  };
}

async function equipmentStep(
  reads: NetworkReads,
  {
    record,
    enters,
    leaves,
  }: Omit<Extract<FibreStep, { kind: 'equipment' }>, 'enters'> & {
    enters?: TraceEquipment['enters'];
  },
): Promise<TraceEquipment> {
  const { root_housing, housing, loss_db } = record.properties;
  const at = await placeAt(reads, root_housing ?? housing);
  const lossDb = numberOf(loss_db);
  return {
    kind: 'equipment',
    ...networkPlace(record),
    ...(at && { at }),
    ...(enters && { enters }),
    ...(leaves && { leaves }),
    ...(lossDb !== undefined && { lossDb }),
  };
}

function placeAt(reads: NetworkReads, urn: unknown): Promise<NetworkPlace | undefined> {
  return placeOf(reads, urn);
}
