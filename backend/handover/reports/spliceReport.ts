import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { NetworkReads } from '../../network/tracing/NetworkReads.ts';
import { networkPlace, numberOf, placeOf, textOf } from '../../network/tracing/networkPlace.ts';
import type { HandoverSource } from '../HandoverSource.ts';
import { isSplice, pinsOf } from './billReport.ts';
import { type Cell, nameOf, type Report } from './Report.ts';

const END_COLUMNS = ['name', 'kind', 'urn', 'side', 'pin'];

/** Lists each splice and each patch: where it is, and which fibre or port is joined to which. */
export function spliceReport(source: HandoverSource): Report {
  return {
    columns: [
      'connection',
      'kind',
      'structure',
      'structure_urn',
      'longitude_deg',
      'latitude_deg',
      'housing',
      ...END_COLUMNS.map((column) => `from_${column}`),
      ...END_COLUMNS.map((column) => `to_${column}`),
      'loss_db',
    ],
    rows: rowsOf(source),
  };
}

async function* rowsOf(source: HandoverSource): AsyncGenerator<readonly Cell[]> {
  for await (const page of source.pages('connection')) {
    const reads = source.readsFor(page);
    const rows = await Promise.all(page.map((record) => connectionRows(reads, record)));
    for (const ofOne of rows) yield* ofOne;
  }
}

async function connectionRows(reads: NetworkReads, record: NetworkRecord): Promise<Cell[][]> {
  const { urn, properties } = record;
  const [structure, housing, from, to] = await Promise.all([
    placeOf(reads, properties.root_housing ?? properties.housing),
    placeOf(reads, properties.housing),
    endOf(reads, record, 'in'),
    endOf(reads, record, 'out'),
  ]);
  const [longitude, latitude] = structure?.position ?? [];
  const kind = isSplice(record) ? 'splice' : 'patch';
  return Array.from({ length: pinsOf(record) }, (_, i) => [
    urn,
    kind,
    nameOf(structure),
    structure?.urn ?? textOf(properties.root_housing),
    longitude,
    latitude,
    nameOf(housing),
    ...from(i),
    ...to(i),
    numberOf(properties.loss_db),
  ]);
}

/** A fibre is named by its cable, and a port by its equipment. */
async function endOf(
  reads: NetworkReads,
  { properties }: NetworkRecord,
  end: 'in' | 'out',
): Promise<(i: number) => Cell[]> {
  const urn = textOf(properties[`${end}_object`]);
  const object = await reads.get(urn);
  const cable = object?.table === 'cable_segment' ? await reads.get(object.properties.cable) : undefined;
  const shown = cable ?? object;
  const place = shown && networkPlace(shown);
  const low = numberOf(properties[`${end}_low`]);
  return (i) => [
    nameOf(place) ?? urn,
    place?.table,
    place?.urn ?? urn,
    textOf(properties[`${end}_side`]),
    low === undefined ? undefined : low + i,
  ];
}
