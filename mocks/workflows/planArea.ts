import * as z from 'zod';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { designParam, findDesign } from '../../backend/definitions/design.ts';
import { geodesicDistance } from '../../backend/network/geodesy.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import { addressIds } from './checkData.ts';

/** A splitter has so many ports, and each pole one splitter. */
const PORTS = 32;

/**
 * Plans a drop from the pole to each address: in which order they are built, how long they are and how many poles they need.
 * It builds nothing. It refuses an area with an address that is too far from the pole.
 */
export const planArea = defineTask({
  name: 'plan_area',
  params: z.strictObject({
    design: designParam,
    pole_id: z.int().positive(),
    addresses: addressIds,
    longest_metres: z.number().positive().max(100_000).default(2_000).describe('No drop may be longer'),
  }),
  async execute({ design, pole_id: poleId, addresses, longest_metres: longest }, { network, progress }) {
    const view = await findDesign(design, network);
    const pole = await view.table('pole').get(poleId);
    if (pole?.geometry?.type !== 'Point') {
      throw new TaskRefusal({ code: 'not-found', message: `There is no pole ${poleId} in ${design}` });
    }
    const drops: { address: number; metres: number }[] = [];
    for (const id of addresses) {
      const record = await view.table('address').get(id);
      if (record?.geometry?.type !== 'Point') {
        throw new TaskRefusal({ code: 'not-found', message: `There is no address ${id}` });
      }
      const metres = Math.round(geodesicDistance(pole.geometry.coordinates, record.geometry.coordinates));
      if (metres > longest) {
        const message = `Address ${id} is ${metres} m from the pole, and the longest drop is ${longest} m: choose a smaller area`;
        throw new TaskRefusal({ code: 'too-far', message });
      }
      drops.push({ address: id, metres });
      const done = drops.length;
      const percent = (100 * done) / addresses.length;
      await progress({ done, total: addresses.length, percent, message: `${done} drops planned` });
    }
    drops.sort((a, b) => a.metres - b.metres);
    return {
      addresses: drops.map(({ address }) => address),
      poles: Math.ceil(drops.length / PORTS) - 1,
      metres: drops.reduce((sum, drop) => sum + drop.metres, 0),
    };
  },
});
