import { createNetwork, createRecord, type Layer, type Network, takeId } from './layers.ts';
import type { NetworkRecord } from './NetworkStore.ts';
import { ParseLocation } from './ParseLocation.ts';
import type { TownData } from './TownData.ts';
import { type ShippedTable, STREET } from './tables.ts';

/** A town as a network: each table numbered from 1, master before the designs. */
export function networkOfTown(town: TownData): Network {
  const network = createNetwork(town.designs);
  const add = (
    layer: Layer,
    table: ShippedTable | typeof STREET,
    design: string | null,
    { geometry, properties }: Pick<NetworkRecord, 'geometry' | 'properties'>,
  ) => {
    layer.table(table).list.add(createRecord(table, takeId(network, table), design, geometry, properties));
  };

  const { layer: master } = network.master;
  for (const address of town.addresses.features) add(master, 'address', null, address);
  for (const pole of town.poles.features) add(master, 'pole', null, pole);
  for (const street of town.streets?.features ?? []) add(master, STREET, null, street);
  town.designPoles?.features.forEach(({ geometry, properties: { design, ...properties } }, index) => {
    const layer = network.designs.get(design)?.layer;
    if (!layer) {
      throw new ParseLocation('designPoles')
        .feature(index)
        .property('properties.design')
        .refusal(`'${design}' is not a design of this town`, 'name one of its designs');
    }
    add(layer, 'pole', `design/${design}`, { geometry, properties });
  });
  return network;
}
