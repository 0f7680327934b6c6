import * as z from 'zod';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { addFeature } from '../../backend/definitions/connectCustomers.ts';
import { designParam, findDesign } from '../../backend/definitions/design.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import type { GeoFeature, Geometry, Position } from '../../src/contract/index.ts';

/** Addresses that are shown with one progress call. */
const SHOWN_AT_ONCE = 5;

/**
 * Chooses the addresses of a design's area that are to be connected, those nearest to the design's first pole first. It reports each
 * as a feature, and builds nothing.
 */
export const chooseArea = defineTask({
  name: 'choose_area',
  params: z.strictObject({
    design: designParam,
    most: z.int().min(1).max(500).default(60).describe('So many addresses at most'),
  }),
  check: async ({ design }, { network }) => void (await findDesign(design, network)),
  async execute({ design, most }, { network, progress }) {
    const view = await findDesign(design, network);
    const area = (await network.designs()).find(({ name }) => `design/${name}` === design);
    const ring = area && outerRing(area.geometry);
    const pole = (await view.table('pole').recs()).find((record) => record.design === design);
    if (!ring || pole?.geometry?.type !== 'Point') {
      throw new TaskRefusal({
        code: 'no-area',
        message: `${design} has no area or no pole: choose another design`,
      });
    }
    const near = await view.table('address').near(pole.geometry.coordinates, { limit: 20_000 });
    const chosen = near
      .filter(({ geometry }) => geometry?.type === 'Point' && isWithin(geometry.coordinates, ring))
      .slice(0, most);
    if (chosen.length === 0) {
      throw new TaskRefusal({
        code: 'no-addresses',
        message: `There is no address in the area of ${design}`,
      });
    }
    for (let done = 0; done < chosen.length; done += SHOWN_AT_ONCE) {
      const features: GeoFeature[] = [];
      const some = chosen.slice(done, done + SHOWN_AT_ONCE);
      for (const record of some) addFeature(features, record);
      const count = done + some.length;
      const message = `${count} addresses in the area`;
      await progress({
        done: count,
        total: chosen.length,
        percent: (100 * count) / chosen.length,
        message,
        features,
      });
    }
    return { design, pole_id: pole.id, addresses: chosen.map(({ id }) => id) };
  },
});

function outerRing(geometry: Geometry): Position[] | undefined {
  return geometry.type === 'Polygon' ? geometry.coordinates[0] : undefined;
}

/** Counts how often a line to the west crosses the ring. */
function isWithin([x, y]: Position, ring: readonly Position[]): boolean {
  let isInside = false;
  for (const [i, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(i + 1) % ring.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x > x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) isInside = !isInside;
  }
  return isInside;
}
