import { createRecord, type MapRecord } from './layers.ts';
import { ParseLocation } from './ParseLocation.ts';
import type { TownSource } from './TownSource.ts';
import { STREET } from './tables.ts';
import type { LayerKind, TownFeature } from './townTypes.ts';

/** The layers in the order in which their tables number them: master before the designs. */
const LAYERS: readonly [layer: LayerKind, table: string][] = [
  ['addresses', 'address'],
  ['poles', 'pole'],
  ['designPoles', 'pole'],
  ['streets', STREET],
];

export interface NumberedBatch {
  table: string;
  /** In order of id; each table is numbered from 1. */
  records: readonly MapRecord[];
}

/**
 * The records of a town, in batches as they are read, for the stores that load one. Throws a TaskRefusal 'invalid-request'
 * that names a pole whose design is not in the town.
 */
export async function* recordsOfTown(town: TownSource): AsyncGenerator<NumberedBatch> {
  const designs = new Set(town.designs.map(({ name }) => name));
  const lastIds = new Map<string, number>();
  for (const [layer, table] of LAYERS) {
    let read = 0;
    for await (const features of town.read(layer)) {
      const firstId = (lastIds.get(table) ?? 0) + 1;
      const records = features.map((feature, i) =>
        layer === 'designPoles'
          ? designRecord(designs, table, firstId + i, feature, read + i)
          : createRecord(table, firstId + i, null, feature.geometry, feature.properties),
      );
      read += records.length;
      lastIds.set(table, firstId + records.length - 1);
      yield { table, records };
    }
  }
}

function designRecord(
  designs: ReadonlySet<string>,
  table: string,
  id: number,
  { geometry, properties: { design, ...properties } }: TownFeature,
  index: number,
): MapRecord {
  if (typeof design === 'string' && designs.has(design)) {
    return createRecord(table, id, `design/${design}`, geometry, properties);
  }
  throw new ParseLocation('designPoles')
    .feature(index)
    .property('properties.design')
    .refusal(`'${String(design)}' is not a design of this town`, 'name one of its designs');
}
