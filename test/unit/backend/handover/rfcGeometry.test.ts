import { expect, it } from 'vitest';
import { geoJson } from '../../../../backend/handover/geoJson.ts';
import { HandoverSource } from '../../../../backend/handover/HandoverSource.ts';
import { RfcBounds, rfcGeometry } from '../../../../backend/handover/rfcGeometry.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { storeWith } from '../../../support/handover/handedOn.ts';

const line = (...coordinates: Position[]) => ({ type: 'LineString' as const, coordinates });

it('cuts a line at the antimeridian, however it was written, with its altitudes', () => {
  const cut = {
    type: 'MultiLineString',
    coordinates: [
      [
        [179, 0, 10],
        [180, 1, 15],
      ],
      [
        [-180, 1, 15],
        [-179, 2, 20],
      ],
    ],
  };
  expect(rfcGeometry(line([179, 0, 10], [-179, 2, 20]))).toEqual(cut);
  expect(rfcGeometry(line([179, 0, 10], [181, 2, 20]))).toEqual(cut);
  expect(rfcGeometry({ type: 'Point', coordinates: [180.5, 1] })).toEqual({
    type: 'Point',
    coordinates: [-179.5, 1],
  });
  // A line that ends on it, or lies on one side, is one line.
  for (const whole of [line([179, 0], [180, 0]), line([-179, 0], [-180, 0]), line([-180, 0], [-179, 1])])
    expect(rfcGeometry(whole)).toEqual(whole);
  // It goes on from the meridian on the other side.
  expect(rfcGeometry(line([179, 0], [180, 1], [-179, 2]))).toMatchObject({
    coordinates: [
      [
        [179, 0],
        [180, 1],
      ],
      [
        [-180, 1],
        [-179, 2],
      ],
    ],
  });
});

it('winds rings by the right-hand rule', () => {
  const clockwise: Position[] = [
    [0, 0],
    [0, 4],
    [4, 4],
    [0, 0],
  ];
  const hole: Position[] = [
    [1, 2],
    [2, 3],
    [1, 3],
    [1, 2],
  ];
  expect(rfcGeometry({ type: 'Polygon', coordinates: [clockwise, hole] })).toEqual({
    type: 'Polygon',
    coordinates: [clockwise.toReversed(), hole.toReversed()],
  });
});

it('knows the smallest box, which may reach over the antimeridian', () => {
  const bounds = new RfcBounds();
  expect(bounds.bbox).toBeUndefined();
  bounds.add({ type: 'Point', coordinates: [179.5, -17] });
  expect(bounds.bbox).toEqual([179.5, -17, 179.5, -17]);
  bounds.add(rfcGeometry(line([179, -16], [-179, -16])));
  expect(bounds.bbox).toEqual([179, -17, -179, -16]);
  const world = new RfcBounds();
  const ring: Position[] = [
    [-180, -80],
    [180, -80],
    [180, 80],
    [-180, 80],
    [-180, -80],
  ];
  world.add(rfcGeometry({ type: 'Polygon', coordinates: [ring] }));
  expect(world.bbox).toEqual([-180, -80, 180, 80]);
});

it('is what a file has, with its box at the end', async () => {
  const store = await storeWith({
    oh_route: [{ geometry: line([179.9, 1], [-179.9, 1]), properties: { name: 'A\0\u2028"' } }],
  });
  let text = '';
  for await (const part of geoJson(new HandoverSource(await store.snapshot(), { design: 'design/North' })))
    text += part;
  const { bbox, features } = JSON.parse(text);
  expect(bbox).toHaveLength(4);
  const route = features.find(({ id }: { id: string }) => id.startsWith('oh_route/'));
  expect(route.geometry.type).toBe('MultiLineString');
  expect(route.properties.name).toBe('A\0\u2028"');
});
