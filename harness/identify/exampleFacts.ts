/** A wall box of a planned network, for stories: its line to the feed, its neighbours, and a table of its run. */
import type { GeoFeature, NetworkPlace, Position } from '../../src/contract/index.ts';
import { hostFeature } from '../../src/host/index.ts';
import type { FeatureFacts } from './readFacts.ts';

const HOME: Position = [10.1019, 48.8003];
const POLE: Position = [10.1012, 48.8];
const FEED: Position = [10.0998, 48.7996];

const point = (id: string, at: Position, properties: Record<string, unknown> = {}): GeoFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties: { table: id.replace(/\/.*/, ''), design: 'design/FTTH-North', ...properties },
});

export const BOX = point('wall_box/1', HOME, {
  name: 'High Street 12 Wall Box',
  drop_metres: 58.3,
  loss_db: 19.9,
});

/** The table of a run lists these. */
export const BUILT: readonly GeoFeature[] = [
  BOX,
  point('fiber_splitter/1', POLE, { name: 'P1-SP1', n_fiber_out_ports: 32, root_housing: 'pole/34' }),
  point('fiber_odf/1', FEED, { name: 'P1-ODF1', n_fiber_out_ports: 12 }),
  {
    ...point('fiber_cable/2', POLE, { name: 'P1-C2', kind: 'feeder', fiber_count: 12, length_metres: 131.4 }),
    geometry: { type: 'LineString', coordinates: [FEED, POLE] },
  },
  {
    ...point('oh_route/7', POLE, { kind: 'drop', length: 58.3 }),
    geometry: { type: 'LineString', coordinates: [POLE, HOME] },
  },
  point('address/48', HOME, {
    name: '12 High Street',
    root_housing: 'P-0034',
    splitter: 'P1-SP1 · 1',
    drop_metres: 58.3,
  }),
  point('address/49', [10.103, 48.8011], { name: '44 Mill Lane', served: false }),
];

const place = (urn: string, name?: string): NetworkPlace => ({
  urn,
  table: urn.replace(/\/.*/, ''),
  ...(name !== undefined && { name }),
});
const pole = place('pole/34', 'P-0034');
const address = place('address/48', '12 High Street');
const design = 'design/FTTH-North';

export const FACTS: FeatureFacts = {
  trace: {
    urn: BOX.id,
    design,
    truncated: false,
    lines: [
      {
        address,
        ends: 'feed',
        lengthMetres: 189.7,
        lossDb: 19.9,
        steps: [
          {
            kind: 'equipment',
            ...place('fiber_ont/1', 'ONT'),
            at: place(BOX.id, 'High Street 12 Wall Box'),
            leaves: { side: 'in', pin: 1 },
          },
          {
            kind: 'cable',
            ...place('fiber_cable/9', 'P1-D1'),
            cableKind: 'drop',
            fibre: 1,
            fibreCount: 4,
            segments: ['cable_segment/9'],
            lengthMetres: 58.3,
            path: [[HOME, POLE]],
          },
          { kind: 'joint', urn: 'connection/4', splice: true, at: pole, lossDb: 0.1 },
          {
            kind: 'equipment',
            ...place('fiber_splitter/1', 'P1-SP1'),
            at: pole,
            enters: { side: 'out', pin: 1 },
            leaves: { side: 'in', pin: 1 },
            lossDb: 17.5,
          },
          {
            kind: 'cable',
            ...place('fiber_cable/2', 'P1-C2'),
            cableKind: 'feeder',
            fibre: 3,
            fibreCount: 12,
            segments: ['cable_segment/2'],
            lengthMetres: 131.4,
            path: [[POLE, FEED]],
          },
          { kind: 'equipment', ...place('fiber_odf/1', 'P1-ODF1'), enters: { side: 'out', pin: 3 } },
        ],
      },
    ],
  },
  relations: {
    urn: BOX.id,
    design,
    housedIn: [],
    houses: [{ ...place('fiber_ont/1', 'ONT'), housing: BOX.id }],
    ports: [
      {
        side: 'out',
        pin: 1,
        peer: { ...place('fiber_cable/9', 'P1-D1'), side: 'in', pin: 1 },
        address,
        end: place('fiber_ont/1', 'ONT'),
        lengthMetres: 58.3,
      },
      { side: 'out', pin: 2 },
    ],
    cables: [
      {
        ...place('fiber_cable/9', 'P1-D1'),
        cableKind: 'drop',
        fibreCount: 4,
        fibresUsed: 1,
        lengthMetres: 58.3,
      },
    ],
    routes: [{ ...place('oh_route/7'), kind: 'drop', lengthMetres: 58.3, to: pole }],
    addresses: [address],
    truncated: true,
  },
};

export const BOX_FEATURE = hostFeature(BOX);
export const ADDRESS_FEATURE = hostFeature(point('address/48', HOME, { name: '12 High Street' }));
