import { defineTask, type GeoFeature, type NetworkDataView, TaskRefusal } from 'lrt-plugin/mocks';
import * as z from 'zod';

/** Places a splice closure at every pole around the one that the user selected. */
export const placeClosures = defineTask({
  name: 'place_closures',
  timeoutSeconds: 60,

  // What a caller may send. Anything else is refused before the task is queued.
  params: z.strictObject({
    design: z.string(), // 'design/NAME'
    pole_id: z.int(),
    radius: z.int().min(10).max(1000), // metres
  }),

  // Of tasks with the same key, one runs at a time.
  exclusive: ({ design }) => design,

  // What the schema cannot know. Also before the task is queued.
  async check({ design, pole_id }, { network }) {
    await findPole(await network.view(design), pole_id);
  },

  async execute({ design, pole_id, radius }, { network, progress }) {
    const view = await network.view(design);
    const closures = view.table('splice_closure');
    const centre = await findPole(view, pole_id);
    const poles = await view.table('pole').near(centre, { radiusMetres: radius });
    let placed = 0;
    for (const [index, pole] of poles.entries()) {
      const features: GeoFeature[] = [];
      const there = await closures.filterOn('housing', pole.urn, { limit: 1 });
      if (there.length === 0 && pole.geometry) {
        const properties = { name: `Closure ${pole.properties.name}`, housing: pole.urn };
        const { urn } = await closures.insert({ geometry: pole.geometry, properties });
        features.push({
          type: 'Feature',
          id: urn,
          geometry: pole.geometry,
          properties: { table: 'splice_closure', ...properties },
        });
        placed += 1;
      }
      const done = index + 1;
      // Await it: other work goes on meanwhile, and it rejects once the task is cancelled or out of time.
      await progress({
        percent: (100 * done) / poles.length,
        message: `${done} of ${poles.length} poles`,
        done,
        total: poles.length,
        features, // the map draws them as not committed
      });
    }
    // The result. What was inserted is committed now, all at once.
    return { placed, skipped: poles.length - placed };
  },
});

/** Where the pole is. A refusal has a code for programs, and a message that names the fix. */
async function findPole(view: NetworkDataView, id: number) {
  const pole = await view.table('pole').get(id);
  if (pole?.design === view.design && pole.geometry?.type === 'Point') return pole.geometry.coordinates;
  throw new TaskRefusal({
    code: 'pole-not-in-design',
    message: `Pole ${id} is not a pole of ${view.design}: select one that is`,
  });
}
