import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import { createNetwork, type Network } from './layers.ts';
import { recordsOfTown } from './recordsOfTown.ts';
import type { TownSource } from './TownSource.ts';
import { designName } from './urn.ts';

/** A town as a network, read in batches; other work goes on in between. */
export async function networkOfSource(town: TownSource): Promise<Network> {
  const network = createNetwork(town.designs);
  for await (const { table, records } of recordsOfTown(town)) {
    for (const record of records) {
      const { layer } = (record.design && network.designs.get(designName(record.design))) || network.master;
      layer.table(table).list.add(record);
      network.lastIds.set(table, record.id);
    }
    await yieldToEventLoop();
  }
  for (const [, { list }] of network.master.layer.entries()) {
    for (const _ of list.prepareNearest()) await yieldToEventLoop();
  }
  return network;
}
