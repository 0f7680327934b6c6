import { createMockBackend, defineTables, defineTask } from 'lrt-plugin/mocks';
import * as z from 'zod';

export const tables = defineTables([{ name: 'inspection', geometry: 'Point', indexed: ['pole'] }]);

export const inspectPoles = defineTask({
  name: 'inspect_poles',
  params: z.strictObject({ design: z.string(), inspector: z.string() }),
  exclusive: ({ design }) => design,
  async execute({ design, inspector }, { network }) {
    const view = await network.view(design);
    const inspections = view.table('inspection');
    let renewed = 0;
    for (const pole of await view.table('pole').recs()) {
      if (pole.design !== design) continue;
      const [last, ...older] = await inspections.filterOn('pole', pole.urn);
      for (const { id } of older) await inspections.delete(id);
      if (last) {
        await inspections.update(last.id, { properties: { inspector } });
        renewed += 1;
      } else {
        await inspections.insert({
          geometry: pole.geometry,
          properties: { pole: pole.urn, inspector },
        });
      }
    }
    return { inspections: await inspections.count(), renewed };
  },
});

export const backend = await createMockBackend({ tasks: [inspectPoles], tables });
