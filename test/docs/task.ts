import { createMockBackend, defineTask, TaskRefusal } from 'lrt-plugin/mocks';
import * as z from 'zod';

export const labelPoles = defineTask({
  name: 'label_poles',
  timeoutSeconds: 60,
  params: z.strictObject({ design: z.string(), prefix: z.string().max(20) }),
  exclusive: ({ design }) => design, // never two at once on one design
  async execute({ design, prefix }, { network, progress }) {
    const poles = (await network.view(design)).table('pole');
    const own = (await poles.recs()).filter((pole) => pole.design === design);
    if (own.length === 0) throw new TaskRefusal({ code: 'no-poles', message: `${design} has no poles` });
    let done = 0;
    for (const pole of own) {
      await poles.update(pole.id, { properties: { label: `${prefix}${pole.properties.name}` } });
      done += 1;
      await progress({
        percent: (100 * done) / own.length,
        message: `${done} poles`,
        done,
        total: own.length,
      });
    }
    return { labelled: done };
  },
});

export const backend = await createMockBackend({ tasks: [labelPoles] });
