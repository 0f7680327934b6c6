import * as z from 'zod';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { designParam, findDesign } from '../../backend/definitions/design.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';

/** The ids of addresses, as one node of the workflow hands them to the next. */
export const addressIds = z.array(z.int().positive()).min(1).max(500);

/**
 * Checks the data of addresses, and says which can be connected: those that have a street and a number, and that the design has not
 * connected yet. An address that is not good is a failed item, and the task goes on.
 */
export const checkData = defineTask({
  name: 'check_data',
  keep: 'good-items',
  params: z.strictObject({ design: designParam, addresses: addressIds }),
  async execute({ design, addresses }, { network, progress, item }) {
    const view = await findDesign(design, network);
    const boxes = await view.table('wall_box').recs();
    const connected = new Set(boxes.map(({ properties }) => properties.address));
    const good: number[] = [];
    for (const [index, id] of addresses.entries()) {
      const record = await view.table('address').get(id);
      const { street_name: street, street_number: number } = record?.properties ?? {};
      await item(
        `address/${id}`,
        async () => {
          if (!record) throw refusal('not-found', `There is no address ${id}`);
          if (!street || !number) throw refusal('no-number', `Address ${id} has no street or no number`);
          if (connected.has(record.urn))
            throw refusal('connected', `${street} ${number} is connected already`);
          good.push(id);
        },
        record?.geometry ? { geometry: record.geometry } : undefined,
      );
      const done = index + 1;
      const percent = (100 * done) / addresses.length;
      await progress({
        done,
        total: addresses.length,
        percent,
        message: `${good.length} of ${done} are good`,
      });
    }
    if (good.length === 0) {
      throw refusal('no-addresses', 'No address of the area can be connected: choose another area');
    }
    return { addresses: good, refused: addresses.length - good.length };
  },
});

function refusal(code: string, message: string): TaskRefusal {
  return new TaskRefusal({ code, message });
}
