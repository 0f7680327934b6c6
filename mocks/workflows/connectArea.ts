import * as z from 'zod';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { buildDrops } from '../../backend/definitions/connectCustomers.ts';
import { findSite } from '../../backend/definitions/connectionSite.ts';
import { DropBuilder } from '../../backend/definitions/DropBuilder.ts';
import { designParam } from '../../backend/definitions/design.ts';
import type { NetworkRecord } from '../../backend/network/NetworkStore.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import { addressIds } from './checkData.ts';

/** Builds a drop from the pole to each address, in their order, as customer_connection_task does. */
export const connectArea = defineTask({
  name: 'connect_area',
  queue: 'high_priority',
  timeoutSeconds: 600,
  params: z.strictObject({ design: designParam, pole_id: z.int().positive(), addresses: addressIds }),
  exclusive: ({ design }) => design,
  async execute({ design, pole_id, addresses }, { network, progress }) {
    const site = await findSite({ design, pole_id, count: addresses.length, selection: 'nearest' }, network);
    const records: NetworkRecord[] = [];
    for (const id of addresses) {
      const record = await site.view.table('address').get(id);
      if (!record) throw new TaskRefusal({ code: 'not-found', message: `There is no address ${id}` });
      records.push(record);
    }
    const builder = new DropBuilder(site.view, site.pole);
    await builder.equip();
    const total = records.length;
    const built = await buildDrops(builder, records, (done, features) => {
      const message = `${done} / ${total} addresses connected`;
      return progress({ done, total, percent: (100 * done) / total, message, features });
    });
    return { ...built, cableLengthMetres: Math.round(built.cableLengthMetres) };
  },
});
