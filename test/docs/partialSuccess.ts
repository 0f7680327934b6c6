import { createMockBackend, defineTask } from 'lrt-plugin/mocks';
import * as z from 'zod';

export const checkHeights = defineTask({
  name: 'check_heights',
  params: z.strictObject({ design: z.string() }),
  // `items` is there when the user runs the failed items of an earlier task again: their ids.
  async execute({ design }, { items, network, progress, log }) {
    const poles = await (await network.view(design)).table('pole').recs();
    const due = poles.filter(({ urn, design: own }) => own === design && (items?.includes(urn) ?? true));
    for (const [index, { urn, geometry, properties }] of due.entries()) {
      const hasHeight = typeof properties.height === 'number';
      const failure = {
        id: urn,
        code: 'no-height',
        message: `${urn} has no height`,
        ...(geometry && { geometry }), // the map shows it
      };
      if (!hasHeight) log('warning', failure.message);
      await progress({
        done: index + 1,
        total: due.length,
        items: [hasHeight ? { id: urn, ok: true } : failure],
      });
    }
    return { checked: due.length };
  },
});

export const backend = await createMockBackend({ tasks: [checkHeights] });
