import * as z from 'zod';
import type { GeoFeature } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NetworkDataView, NetworkRecord, NetworkTransaction } from '../network/NetworkStore.ts';
import { defineTask } from '../tasks/defineTask.ts';
import { addFeature, buildDrops } from './connectCustomers.ts';
import { DropBuilder } from './DropBuilder.ts';
import { designParam, findDesign } from './design.ts';
import { seededRandom, seedOf } from './seededRandom.ts';

/** As many as the platform's sample connects. */
const CONNECTIONS = 2_000;
/** The sample reports everything as its fourth step. */
const STEP = 4;

/** Params of `lrt_task`, as the platform's sample sends them. */
const params = z.strictObject({
  design: designParam,
  coords_x: z.number().min(-180).max(180).describe('Longitude of the first pole, in degrees'),
  coords_y: z.number().min(-90).max(90).describe('Latitude of the first pole, in degrees'),
});

/**
 * The task of the platform's public sample "Long Running Tasks": it puts a new pole at a position of a design and
 * connects 2,000 random addresses to it, with a further pole wherever a splitter is full. An address may be drawn more
 * than once, as in the sample. Params: `{ design: 'design/NAME', coords_x, coords_y }` (degrees of WGS 84); result: a
 * sentence. Refused before it is queued: 'invalid-params' where there is no such design, 'no-addresses' where master
 * has none.
 *
 * @example
 * await client.enqueueTask('lrt_task', { design: 'design/FTTH-East', coords_x: 10.18, coords_y: 48.85 });
 */
export const lrtTask = defineTask({
  name: 'lrt_task',
  queue: 'high_priority',
  timeoutSeconds: 600,
  params,
  async check({ design }, { network }) {
    await findDesign(design, network);
    if ((await (await addressTable(network)).recs({ limit: 1 })).length === 0) throw noAddresses();
  },
  exclusive: ({ design }) => design,
  async execute({ design, coords_x, coords_y }, { network, progress, taskId }) {
    const view: NetworkDataView = await findDesign(design, network);
    const addresses = drawWithRepeats(
      await (await addressTable(network)).recs(),
      seededRandom(seedOf(taskId)),
    );
    const builder = await DropBuilder.atNewPole(view, [coords_x, coords_y]);
    await builder.equip();
    const report = (done: number, features: GeoFeature[]) =>
      progress({
        step: STEP,
        message: `${done} / ${CONNECTIONS} addresses connected`,
        percent: (100 * done) / CONNECTIONS,
        done,
        total: CONNECTIONS,
        features,
      });
    const first: GeoFeature[] = [];
    addFeature(first, builder.pole.record);
    await report(0, first);
    await buildDrops(builder, addresses, report);
    return 'Operation completed successfully';
  },
});

async function addressTable(network: NetworkTransaction) {
  return (await network.view()).table('address');
}

function drawWithRepeats(
  addresses: readonly NetworkRecord[],
  random: (limit: number) => number,
): NetworkRecord[] {
  const drawn: NetworkRecord[] = [];
  while (drawn.length < CONNECTIONS) {
    const address = addresses[random(addresses.length)];
    if (!address) throw noAddresses();
    drawn.push(address);
  }
  return drawn;
}

function noAddresses(): TaskRefusal {
  return new TaskRefusal({
    code: 'no-addresses',
    message: 'The network has no addresses to connect: load a town that has some.',
  });
}
