import type { NetworkTrace, Position, TraceLine } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { NetworkReads } from '../../network/tracing/NetworkReads.ts';
import { networkPlace, numberOf } from '../../network/tracing/networkPlace.ts';
import { traceWith } from '../../network/tracing/traceFeature.ts';
import type { HandoverSource } from '../HandoverSource.ts';
import { type Cell, nameOf, type Report, rounded } from './Report.ts';

/** The loss that the equipment bears, and the part of it that stays free, in dB. */
export interface OpticalLimit {
  limitDb?: number | undefined;
  marginDb?: number | undefined;
}

/** An address that the run has not served. */
export interface UnservedAddress {
  /** Its URN. */
  address: string;
  /** A code: 'out-of-reach'. */
  reason: string;
  /** English: the reason with its distance. */
  remark: string;
  position?: Position | undefined;
}

/** Lines that are followed side by side: each may pass a feeder of hundreds of fibres. */
const TRACED_AT_ONCE = 100;

/** Lists each address with its pole, terminal, splitter, port, cable, length and budget; then those that are not served. */
export function addressReport(
  source: HandoverSource,
  limit: OpticalLimit,
  unserved: () => AsyncIterable<UnservedAddress>,
): Report {
  return {
    columns: [
      'address_urn',
      'address',
      'longitude_deg',
      'latitude_deg',
      'served',
      'reason',
      'remark',
      'structure',
      'structure_urn',
      'terminal',
      'terminal_port',
      'splitter',
      'splitter_urn',
      'splitter_port',
      'drop_cable',
      'drop_fibre',
      'drop_m',
      'line_m',
      'line_ends',
      'loss_db',
      'limit_db',
      'margin_db',
      'within_budget',
    ],
    rows: rowsOf(source, limit, unserved),
  };
}

async function* rowsOf(
  source: HandoverSource,
  limit: OpticalLimit,
  unserved: () => AsyncIterable<UnservedAddress>,
): AsyncGenerator<readonly Cell[]> {
  for await (const page of source.pages('wall_box')) {
    let reads = source.readsFor(page);
    for (let from = 0; from < page.length; from += TRACED_AT_ONCE) {
      const boxes = page.slice(from, from + TRACED_AT_ONCE);
      const trace = () => Promise.all(boxes.map((box) => rowOf(reads, box, limit)));
      let rows = await trace();
      // The reader holds no more, so some of these lines may lack a part.
      if (reads.truncated) {
        reads = source.readsFor(page);
        rows = await trace();
      }
      yield* rows;
    }
  }
  let batch: UnservedAddress[] = [];
  const written = async function* () {
    const reads = source.readsFor([]);
    yield* await Promise.all(batch.map((one) => unservedRow(reads, one)));
    batch = [];
  };
  for await (const one of unserved()) {
    batch.push(one);
    if (batch.length === TRACED_AT_ONCE) yield* written();
  }
  yield* written();
}

async function rowOf(reads: NetworkReads, box: NetworkRecord, limit: OpticalLimit): Promise<Cell[]> {
  const [address, trace] = await Promise.all([reads.get(box.properties.address), traceWith(reads, box)]);
  const place = address && networkPlace(address);
  const [longitude, latitude] =
    place?.position ?? (box.geometry?.type === 'Point' ? box.geometry.coordinates : []);
  return [
    String(box.properties.address ?? box.urn),
    nameOf(place) ?? nameOf(networkPlace(box)),
    longitude,
    latitude,
    trace.lines.length > 0,
    undefined,
    undefined,
    ...lineCells(trace),
    ...budgetCells(numberOf(box.properties.loss_db), limit),
  ];
}

/** From the structure to the end of the line. An address with two fibres has the first one here. */
function lineCells({ lines: [line] }: Pick<NetworkTrace, 'lines'>): Cell[] {
  const equipment = line?.steps.flatMap((step) => (step.kind === 'equipment' ? [step] : [])) ?? [];
  const cables = line?.steps.flatMap((step) => (step.kind === 'cable' ? [step] : [])) ?? [];
  const terminal = equipment.find(({ table }) => table === 'fiber_terminal');
  const splitter = equipment.find(({ table }) => table === 'fiber_splitter');
  const structure = (terminal ?? splitter)?.at;
  const [drop] = cables;
  return [
    nameOf(structure),
    structure?.urn,
    nameOf(terminal),
    terminal?.enters?.pin,
    nameOf(splitter),
    splitter?.urn,
    splitter?.enters?.pin,
    drop && (drop.name ?? drop.urn),
    drop?.fibre,
    rounded(drop?.lengthMetres),
    rounded(line?.lengthMetres),
    line && ENDS[line.ends],
  ];
}

const ENDS: Record<TraceLine['ends'], string> = {
  feed: 'feed',
  splitter: 'splitter without feed',
  open: 'open',
  loop: 'loop',
  limit: 'too long to follow',
};

function budgetCells(loss: number | undefined, { limitDb, marginDb }: OpticalLimit): Cell[] {
  const isKnown = loss !== undefined && limitDb !== undefined;
  return [rounded(loss), limitDb, marginDb, isKnown ? loss <= limitDb - (marginDb ?? 0) : undefined];
}

async function unservedRow(
  reads: NetworkReads,
  { address: urn, reason, remark, position }: UnservedAddress,
): Promise<Cell[]> {
  const record = await reads.get(urn);
  const place = record && networkPlace(record);
  const [longitude, latitude] = place?.position ?? position ?? [];
  return [urn, nameOf(place), longitude, latitude, false, reason, remark];
}
