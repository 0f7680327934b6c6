import type {
  ExistingSplitter,
  PlacedPoint,
  PlanInput,
  StreetLine,
} from '../../../backend/planning/PlanInput.ts';
import type { Position } from '../../../src/contract/index.ts';
import { townInput } from './townInput.ts';

/** A random number from 0 to before 1. The same seed gives the same numbers. */
type Random = () => number;

/** A made-up town with everything wrong that real data have. The same seed gives the same town. */
export function spoiledTown(seed: number, most = 4_000): PlanInput {
  const random = randomOf(seed);
  const addresses = Math.ceil(most ** random());
  const centre: [number, number] = [(random() * 2 - 1) * 179.5, (random() * 2 - 1) * 80];
  const town = townInput({ seed, addresses, centre });
  const spoilt = SPOILERS.reduce((input, spoil) => (random() < 0.4 ? spoil(input, random) : input), town);
  const rules = random() < 0.3 ? oddRules(random) : undefined;
  const feed =
    random() < 0.7 ? moved(pick(spoilt.addresses, random)?.position ?? centre, random, 80) : undefined;
  return { ...spoilt, ...(feed && { feed }), ...(rules && { rules }) };
}

type Spoiler = (input: PlanInput, random: Random) => PlanInput;

const SPOILERS: readonly Spoiler[] = [
  function withoutPoles(input, random) {
    const share = random();
    return { ...input, poles: input.poles.filter(() => random() >= share) };
  },
  function withPosts(input, random) {
    const posts: PlacedPoint[] = [];
    for (let row = 0; row < 3; row++) {
      const start = pick(input.addresses, random)?.position ?? [0, 0];
      const turn = random() * 2 * Math.PI;
      const length = 5 + Math.floor(random() * 30);
      for (let i = 0; i < length; i++) {
        const position = offset(start, 5 * i * Math.cos(turn), 5 * i * Math.sin(turn));
        posts.push({ id: `post/${row}-${i}`, position });
      }
    }
    return { ...input, poles: [...input.poles, ...posts] };
  },
  function withBrokenEnds(input, random) {
    const far = random() * 3;
    return mapLines(input, (line) =>
      line.map((position, i) => (i === 0 || i === line.length - 1 ? moved(position, random, far) : position)),
    );
  },
  function withStacks(input, random) {
    const stacked = input.addresses.flatMap((address): PlacedPoint[] => {
      if (random() > 0.05) return [address];
      const count = 2 + Math.floor(random() * 39);
      return Array.from({ length: count }, (_, i) => ({ ...address, id: `${address.id}-${i}` }));
    });
    return { ...input, addresses: stacked };
  },
  function withRepeatedPoles(input, random) {
    const poles = input.poles.flatMap((pole): PlacedPoint[] => {
      if (random() > 0.1) return [pole];
      const position = random() < 0.3 ? pole.position : moved(pole.position, random, 3);
      return [pole, { id: `${pole.id}-again`, position }];
    });
    return { ...input, poles };
  },
  function withRiver(input, random) {
    const river = pick(input.addresses, random)?.position[1] ?? 0;
    let bridges = random() < 0.5 ? 1 : 0;
    const streets = input.streets.flatMap((street): StreetLine[] => {
      const kept = linesOf(street).flatMap((line) => {
        const crosses = line.some(([, y]) => y < river) && line.some(([, y]) => y >= river);
        return crosses && bridges-- <= 0 ? [line.filter(([, y]) => y < river)] : [line];
      });
      return kept.some((line) => line.length > 1) ? [{ ...street, coordinates: kept }] : [];
    });
    const poles = input.poles.filter(({ position: [, y] }) => Math.abs(y - river) > 0.0003);
    return { ...input, streets, poles };
  },
  function withBridges(input, random) {
    const bridges = Array.from({ length: 5 }, (_, i): StreetLine => {
      const middle = pick(input.addresses, random)?.position ?? [0, 0];
      const turn = random() * 2 * Math.PI;
      const ends = [-200, 200].map((metres) =>
        offset(middle, metres * Math.cos(turn), metres * Math.sin(turn)),
      );
      return { id: `bridge/${i}`, coordinates: ends };
    });
    return { ...input, streets: [...input.streets, ...bridges] };
  },
  function withLoops(input, random) {
    const streets = input.streets.map((street) => {
      const [line] = linesOf(street);
      const [first, second] = line ?? [];
      if (!line || !first || !second || random() > 0.2) return street;
      const loop =
        random() < 0.5 ? [...line, first] : [first, ...line, ...line.slice(-1), ...line.slice().reverse()];
      return { ...street, coordinates: loop };
    });
    return { ...input, streets };
  },
  function withStrangeStreets(input, random) {
    const [line = []] = linesOf(input.streets[0] ?? { id: '', coordinates: [] });
    const strange: StreetLine[] = [
      { id: 'strange/none', coordinates: [] },
      { id: 'strange/point', coordinates: line.slice(0, 1) },
      { id: 'strange/zero', coordinates: [...line.slice(0, 1), ...line.slice(0, 1)] },
      { id: 'strange/nan', coordinates: [...line.slice(0, 2), [Number.NaN, 0], ...line.slice(2)] },
      { id: 'strange/multi', coordinates: [line, [], line.map((position) => moved(position, random, 300))] },
      { id: 'strange/far', coordinates: [[0, 0], ...line.slice(0, 1), [120, -40]] },
    ];
    return { ...input, streets: [...strange, ...input.streets] };
  },
  function withFarAddresses(input, random) {
    const addresses = input.addresses.map((address) => {
      if (random() > 0.1) return address;
      const [turn, metres] = [random() * 2 * Math.PI, 61 + random() * 439];
      return {
        ...address,
        position: offset(address.position, metres * Math.cos(turn), metres * Math.sin(turn)),
      };
    });
    return { ...input, addresses };
  },
  function withPlant(input, random) {
    const splitters = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i): ExistingSplitter => {
      const pole = pick(input.poles, random);
      const at = pole?.position ?? pick(input.addresses, random)?.position ?? [0, 0];
      const freePorts = Array.from({ length: Math.floor(random() * 20) }, (_, port) => 3 * port + 1);
      return {
        id: `fiber_splitter/${i}`,
        position: at,
        ...(pole && { pole: pole.id }),
        freePorts,
        fed: random() < 0.7,
      };
    });
    return { ...input, splitters };
  },
  function withStrangeAddresses(input) {
    const [first] = input.addresses;
    if (!first) return input;
    const strange: PlacedPoint[] = [
      { id: 'strange/nan', position: [Number.NaN, 1] },
      { id: 'strange/pole', position: [0, 91] },
      { id: 'strange/metres', position: [4_500_000, 5_400_000] },
      { ...first },
    ];
    return { ...input, addresses: [...input.addresses, ...strange] };
  },
  function withOneAddress(input, random) {
    return random() < 0.2 ? { ...input, addresses: input.addresses.slice(-1) } : input;
  },
  function withoutStreets(input, random) {
    return random() < 0.2 ? { ...input, streets: [] } : input;
  },
];

function oddRules(random: Random): NonNullable<PlanInput['rules']> {
  const ways = (['any', 'street', 'aerial'] as const)[Math.floor(random() * 3)] ?? 'any';
  return {
    ways,
    crossStreets: random() < 0.7,
    longestDrop: 20 + random() * 100,
    longestSpan: 20 + random() * 100,
    splitterPorts: random() < 0.5 ? 32 : 64,
    sparePorts: random() * 0.5,
    terminalPorts: 1 + Math.floor(random() * 24),
    spareFibres: random(),
    cableSizes: random() < 0.5 ? [12] : [8, 36, 432],
    detour: 1 + random() * 2,
    poleGap: random() < 0.5 ? 0 : random() * 15,
  };
}

function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function offset([longitude, latitude]: Position, east: number, north: number): Position {
  const perDegree = 111_320;
  return [
    longitude + east / (perDegree * Math.cos((latitude * Math.PI) / 180)),
    latitude + north / perDegree,
  ];
}

function moved(position: Position, random: Random, most: number): Position {
  const [turn, metres] = [random() * 2 * Math.PI, random() * most];
  return offset(position, metres * Math.cos(turn), metres * Math.sin(turn));
}

function linesOf({ coordinates }: StreetLine): Position[][] {
  const lines: Position[][] = [];
  const single: Position[] = [];
  for (const part of coordinates) {
    if (isPosition(part)) single.push(part);
    else lines.push([...part]);
  }
  return single.length > 0 ? [single] : lines;
}

function isPosition(part: Position | readonly Position[]): part is Position {
  return typeof part[0] === 'number';
}

function mapLines(input: PlanInput, change: (line: Position[]) => Position[]): PlanInput {
  return {
    ...input,
    streets: input.streets.map((street) => ({ ...street, coordinates: linesOf(street).map(change) })),
  };
}
