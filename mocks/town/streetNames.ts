import { type Random, shuffled } from './random.ts';

const MAIN = ['High Street', 'Station Road', 'Bridge Street', 'Castle Road', 'Market Road', 'Abbey Road'];

const STEMS = (
  'Mill Church Linden Chestnut Orchard Meadow Tanner Cooper Weaver Garden Spring Windmill Rose Poplar Willow Quarry ' +
  'School Priory Saddler Vineyard Hazel Juniper Heron Swan Kiln Granary Beacon Cloister Ferry Harvest Bakehouse ' +
  'Smithy Walnut Cherry Maple Elder Birch Acacia Laurel Rowan Alder Ivy Fern Heather Clover Barley Orchid Falcon ' +
  'Kestrel Plover Lark Thrush Wren Finch Otter Badger Fox Stag Dyer Potter Thatcher Mason Glover Chandler'
).split(' ');

const KINDS = ['Street', 'Lane', 'Road', 'Way', 'Close', 'Walk', 'Row', 'Avenue', 'Terrace', 'Rise'];

/** Names without end: first those of the main roads, or for side streets every stem once before any stem again. */
export function createStreetNames(random: Random): { main(): string; side(): string } {
  const main = [...MAIN];
  let [round, left] = [0, shuffled(STEMS, random)];
  const offset = Math.floor(random() * KINDS.length);
  const side = (): string => {
    const stem = left.pop();
    if (stem === undefined) {
      round++;
      left = shuffled(STEMS, random);
      return side();
    }
    const kind = KINDS[(STEMS.indexOf(stem) * 7 + offset + round) % KINDS.length] ?? 'Street';
    // After every stem has had every kind, the names of a very large town carry a number.
    const lap = Math.floor(round / KINDS.length);
    return lap === 0 ? `${stem} ${kind}` : `${stem} ${kind} ${lap + 1}`;
  };
  return { main: () => main.shift() ?? side(), side };
}
