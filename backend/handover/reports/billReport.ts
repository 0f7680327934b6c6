import type { NetworkRecord } from '../../network/NetworkStore.ts';
import { segmentLength, segmentsOf } from '../../network/tracing/CableLine.ts';
import type { NetworkReads } from '../../network/tracing/NetworkReads.ts';
import { numberOf, textOf } from '../../network/tracing/networkPlace.ts';
import type { HandoverSource } from '../HandoverSource.ts';
import { type Cell, type Report, rounded } from './Report.ts';

/** The price of a unit of each item, and a word for the sums. */
export interface PriceList {
  prices: ReadonlyMap<string, number>;
  currency?: string | undefined;
}

type Unit = 'piece' | 'metre';
interface Line {
  item: string;
  unit: Unit;
  quantity: number;
}
type Add = (item: string, unit: Unit, quantity: number) => void;

/** Lists what is there now, from the records, by the names that price lists use: also after somebody has changed the plan. */
export function billReport(source: HandoverSource, priceList: PriceList): Report {
  return {
    columns: ['item', 'unit', 'quantity', 'price_per_unit', 'cost', 'currency'],
    rows: rowsOf(source, priceList),
  };
}

async function* rowsOf(
  source: HandoverSource,
  { prices, currency }: PriceList,
): AsyncGenerator<readonly Cell[]> {
  for (const { item, unit, quantity } of await billOfRecords(source)) {
    const price = prices.get(item);
    const cost = price === undefined ? undefined : price * quantity;
    yield [item, unit, rounded(quantity), price, rounded(cost), cost === undefined ? undefined : currency];
  }
}

async function billOfRecords(source: HandoverSource): Promise<Line[]> {
  const lines = new Map<string, Line>();
  const add: Add = (item, unit, quantity) => {
    const line = lines.get(item);
    if (line) line.quantity += quantity;
    else lines.set(item, { item, unit, quantity });
  };
  for (const { name } of source.tables) {
    for await (const page of source.pages(name)) {
      const reads = source.readsFor(page);
      await Promise.all(page.map((record) => addRecord(add, record, reads)));
    }
  }
  return [...lines.values()]
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }));
}

/** Tables that are bought as they are. */
const PIECES: Readonly<Record<string, string>> = {
  pole: 'pole',
  handhole: 'handhole',
  splice_closure: 'closure',
  wall_box: 'wall-box',
  fiber_ont: 'ont',
};
/** Tables whose item has the number of their ports behind. */
const BY_PORTS: Readonly<Record<string, string>> = {
  fiber_splitter: 'splitter',
  fiber_terminal: 'terminal',
  fiber_odf: 'odf',
};

async function addRecord(add: Add, record: NetworkRecord, reads: NetworkReads): Promise<void> {
  const { table, properties } = record;
  const piece = PIECES[table];
  const byPorts = BY_PORTS[table];
  if (piece !== undefined) add(piece, 'piece', 1);
  else if (byPorts !== undefined)
    add(`${byPorts}-${numberOf(properties.n_fiber_out_ports) ?? 0}`, 'piece', 1);
  else if (table === 'oh_route' || table === 'ug_route') {
    const kind = textOf(properties.kind) ?? (table === 'oh_route' ? 'aerial' : 'street');
    if (kind !== 'drop') add(`route-${kind}`, 'metre', await segmentLength(reads, record));
  } else if (table === 'fiber_cable') {
    const item = properties.kind === 'drop' ? 'drop-cable' : `cable-${numberOf(properties.fiber_count) ?? 0}`;
    add(item, 'metre', (await cableLength(reads, record)) + (numberOf(properties.slack_metres) ?? 0));
  } else if (table === 'connection' && isSplice(record)) add('splice', 'piece', pinsOf(record));
}

async function cableLength(reads: NetworkReads, cable: NetworkRecord): Promise<number> {
  const recorded = numberOf(cable.properties.length_metres);
  if (recorded !== undefined) return recorded;
  const segments = await segmentsOf(reads, cable.urn);
  const lengths = await Promise.all(segments.map((segment) => segmentLength(reads, segment)));
  return lengths.reduce((sum, metres) => sum + metres, 0);
}

/** A connection of two cables, and not of a cable and a port. */
export function isSplice({ properties }: NetworkRecord): boolean {
  return [properties.in_object, properties.out_object].every(
    (object) => typeof object === 'string' && object.startsWith('cable_segment/'),
  );
}

/** The number of pins that a connection joins; a record may say anything. */
export function pinsOf({ properties }: NetworkRecord): number {
  const [low, high] = [numberOf(properties.in_low), numberOf(properties.in_high)];
  return low === undefined || high === undefined ? 1 : Math.max(1, Math.min(high - low + 1, 10_000));
}
