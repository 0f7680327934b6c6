// Tests what plugins hear of QWC2's map: movements, clicks on what tasks build, and sizes that follow the zoom.
import { expect, test, vi } from 'vitest';
import type { Qwc2Api, Qwc2Layer } from '../../../../src/hosts/qwc2/qwc2Api.ts';
import { Qwc2Map } from '../../../../src/hosts/qwc2/qwc2Map.ts';
import { Qwc2Overlay } from '../../../../src/hosts/qwc2/qwc2Overlay.ts';
import { CENTRE, drops } from '../../../support/network/drops.ts';

const METRES_PER_DEGREE = 111_320;

/** QWC2 with a map in WGS 84 that is 1,000 pixels wide. */
function openMap() {
  const state = { map: { projection: 'EPSG:4326', bbox: { bounds: [0, 0, 0, 0] }, size: { width: 1_000 } } };
  const look = (metresPerPixel: number, [longitude, latitude] = CENTRE) => {
    const half = (500 * metresPerPixel) / METRES_PER_DEGREE / Math.cos((latitude * Math.PI) / 180);
    state.map.bbox = { bounds: [longitude - half, latitude - half, longitude + half, latitude + half] };
  };
  look(1.5);
  const layers = new Map<string, readonly object[]>();
  const qwc2: Qwc2Api = {
    addPlugin: () => undefined,
    removePlugin: () => undefined,
    getState: () => state,
    setCurrentTask: () => undefined,
    addLayerFeatures: ({ id }: Qwc2Layer, features) => void layers.set(id, features),
    removeLayer: (id) => void layers.delete(id),
    refreshLayer: () => undefined,
    zoomToExtent: () => undefined,
    panTo: () => undefined,
    LayerRole: { THEME: 1, SELECTION: 2 },
    CoordinatesUtils: {
      reproject: (point) => [...point],
      reprojectBbox: (bounds) => [...bounds],
    },
    libs: { connect: () => (component) => component as never },
    components: {},
  };
  const overlay = new Qwc2Overlay(qwc2);
  return { map: new Qwc2Map(qwc2, overlay), overlay, layers, look };
}

test('a movement is reported when it has ended, and whose it was', () => {
  const { map, look } = openMap();
  const moves = vi.fn();
  map.moved();
  const end = map.onMove(moves);
  map.moved();
  expect(moves).not.toHaveBeenCalled();
  look(1.5, [8.6, 47.3]);
  map.moved();
  expect(moves.mock.calls).toEqual([[{ byUser: true, moving: true }], [{ byUser: true, moving: false }]]);
  moves.mockClear();
  map.fitBounds([8, 47, 9, 48]);
  look(20);
  map.moved();
  expect(moves.mock.calls).toEqual([[{ byUser: false, moving: false }]]);
  end();
  look(30);
  map.moved();
  expect(moves).toHaveBeenCalledTimes(1);
});

test('a click on what a task builds is picked; another button and an empty place are not', () => {
  const { map, overlay } = openMap();
  map.moved();
  overlay.add('7', drops(50), { replace: false });
  const picks = vi.fn();
  overlay.onPick(picks);
  const end = drops(1, 50).at(-1)?.geometry;
  if (end?.type !== 'Point') throw new Error('no end');
  map.clicked({ button: 2, coordinate: end.coordinates });
  map.clicked({ button: 0, coordinate: [0, 0] });
  map.clicked({ button: 0, coordinate: 'here' });
  map.clicked(null);
  expect(picks).not.toHaveBeenCalled();
  map.clicked({ button: 0, coordinate: end.coordinates });
  expect(picks.mock.calls).toEqual([[{ taskId: '7', featureId: 'wall_box/50', at: end.coordinates }]]);
  overlay.dispose();
});

test('signs are as large as the zoom asks for, and follow it', () => {
  vi.useFakeTimers();
  const { map, overlay, layers, look } = openMap();
  const radius = () => {
    vi.advanceTimersByTime(1_000);
    const [, box] = layers.get('lrt-7') ?? [];
    return box && 'styleOptions' in box ? Reflect.get(Object(box.styleOptions), 'circleRadius') : undefined;
  };
  map.moved();
  overlay.add('7', drops(1), { replace: false });
  const middle = radius();
  look(0.4);
  map.moved();
  const near = radius();
  look(10);
  map.moved();
  const far = radius();
  expect(near).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(far);
  overlay.dispose();
  vi.useRealTimers();
});
