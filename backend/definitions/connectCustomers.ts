import type { BoundingBox, GeoFeature, Position } from '../../src/contract/index.ts';
import type { NetworkRecord } from '../network/NetworkStore.ts';
import type { TaskContext } from '../tasks/defineTask.ts';
import { chooseAddresses, findSite, placed } from './connectionSite.ts';
import type { ConnectionParams } from './customerConnectionParams.ts';
import { DropBuilder } from './DropBuilder.ts';
import { seedOf } from './seededRandom.ts';

const STEP_COUNT = 5;

export interface CustomerConnectionResult {
  design: string;
  connections: number;
  poles: number;
  cables: number;
  cableLengthMetres: number;
  seed: number;
  /** Encloses everything that the task built. */
  bbox: BoundingBox;
}

/** Does the work of customer_connection_task: it writes everything to the transaction, and commits nothing. */
export async function connectCustomers(
  params: ConnectionParams,
  context: Pick<TaskContext, 'network' | 'progress' | 'taskId'>,
): Promise<CustomerConnectionResult> {
  const { network } = context;
  const { design, count: total, seed = seedOf(context.taskId) } = params;
  const report = (step: number, message: string, done: number, features?: GeoFeature[]) =>
    context.progress({
      step,
      stepCount: STEP_COUNT,
      message,
      done,
      total,
      percent: (100 * done) / total,
      ...(features && { features }),
    });

  await report(1, 'Checking the design and the pole', 0);
  const site = await findSite(params, network);
  await report(2, 'Choosing addresses', 0);
  const addresses = await chooseAddresses(params, seed, network, site);
  await report(3, 'Preparing the pole', 0);
  const builder = new DropBuilder(site.view, site.pole);
  await builder.equip();
  const built = await buildDrops(builder, addresses, (done, features) =>
    report(4, `${done} / ${total} addresses connected`, done, features),
  );
  await report(5, 'Committing', total);
  return { design, cables: built.connections, seed, ...built };
}

/** The sums of what was built: so many drops, new poles for them, metres of cable, and the box around all of it. */
export type BuiltDrops = Pick<
  CustomerConnectionResult,
  'connections' | 'poles' | 'cableLengthMetres' | 'bbox'
>;

/**
 * Builds a drop to each of the addresses, in their order, and new poles where a splitter is full. `onDrop` hears after
 * each drop how many there are, and what the map needs to show what is new.
 */
export async function buildDrops(
  builder: DropBuilder,
  addresses: readonly NetworkRecord[],
  onDrop: (done: number, features: GeoFeature[]) => Promise<void>,
): Promise<BuiltDrops> {
  const bbox = new GrowingBox(builder.pole.point.coordinates);
  let poles = 0;
  let cableLengthMetres = 0;
  let connections = 0;
  for (const record of addresses) {
    const features: GeoFeature[] = [];
    if (builder.isFull) {
      const pole = await builder.addPole();
      poles += 1;
      addFeature(features, pole);
    }
    const address = placed(record);
    if (!address) throw new Error(`${record.urn} has no point: it cannot be connected`);
    const drop = await builder.connect(address);
    cableLengthMetres += drop.cableLengthMetres;
    connections += 1;
    addFeature(features, drop.route);
    addFeature(features, drop.wallBox);
    for (const { geometry } of features) {
      if (geometry.type === 'Point') bbox.include(geometry.coordinates);
    }
    await onDrop(connections, features);
  }
  return { connections, poles, cableLengthMetres, bbox: bbox.box };
}

/** Adds what the map needs to show the record, and no more: it is sent for every connection. */
export function addFeature(
  features: GeoFeature[],
  { urn, table, design, geometry, properties }: NetworkRecord,
): void {
  if (!geometry) return;
  const name = typeof properties.name === 'string' ? { name: properties.name } : {};
  features.push({ type: 'Feature', id: urn, geometry, properties: { table, ...name, design } });
}

class GrowingBox {
  readonly box: BoundingBox;

  constructor([x, y]: Position) {
    this.box = [x, y, x, y];
  }

  include([x, y]: Position): void {
    const { box } = this;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
}
