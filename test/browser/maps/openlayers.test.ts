import 'ol/ol.css';
import { createOpenLayersMap, hostFeatureOf, type OverlayOptions } from 'lrt-plugin/openlayers';
import Feature from 'ol/Feature.js';
import { LineString, Point } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import { clearUserProjection, fromLonLat, toLonLat, useGeographic } from 'ol/proj.js';
import View from 'ol/View.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BoundingBox, GeoFeature, Geometry, Position } from '../../../src/contract/index.ts';
import { hostFeature } from '../../../src/host/index.ts';
import {
  CONTRACT_COLOURS as colours,
  describeOverlay,
  NOTHING,
  type Shown,
} from '../../contracts/overlay.contract.ts';
import { describeSketches } from '../../contracts/sketches.contract.ts';
import { CENTRE, drops } from '../../support/network/drops.ts';
import { count } from './colours.ts';

interface Opened {
  map: OlMap;
  host: ReturnType<typeof createOpenLayersMap>;
  /** Pixels of each colour in what the map has drawn last. */
  picture(): Shown;
}

function openMap({
  projection = 'EPSG:3857',
  ...options
}: OverlayOptions & { projection?: string } = {}): Opened {
  const target = document.body.appendChild(document.createElement('div'));
  target.style.cssText = 'width: 400px; height: 300px';
  const map = new OlMap({ target, controls: [], pixelRatio: 1, view: new View({ projection }) });
  const host = createOpenLayersMap(map, { colours, ...options });
  onTestFinished(() => {
    host.dispose();
    map.setTarget(undefined);
    map.dispose();
    target.remove();
  });
  return { map, host, picture: () => pictureOf(map) };
}

/** All canvases of the map, over each other. */
function pictureOf(map: OlMap): Shown {
  map.renderSync();
  const whole = document.createElement('canvas');
  Object.assign(whole, { width: 400, height: 300 });
  const context = whole.getContext('2d');
  if (!context) throw new Error('no canvas');
  const canvases = map.getTargetElement()?.querySelectorAll<HTMLCanvasElement>('.ol-layer canvas') ?? [];
  for (const canvas of canvases) {
    if (canvas.width > 0) context.drawImage(canvas, 0, 0);
  }
  return count(context.getImageData(0, 0, 400, 300));
}

const AROUND: BoundingBox = [CENTRE[0] - 0.003, CENTRE[1] - 0.002, CENTRE[0] + 0.003, CENTRE[1] + 0.002];

describeOverlay('OpenLayers', async (options) => {
  const { host, picture } = openMap(options);
  host.fitBounds(AROUND);
  return { overlay: host.taskOverlay, shown: picture };
});

describeSketches('OpenLayers', async () => {
  const { map, host } = openMap();
  host.fitBounds(AROUND);
  map.renderSync();
  const element = map.getTargetElement();
  if (!element) throw new Error('no element');
  element.tabIndex = 0;
  let clicks = 0;
  map.on('singleclick', () => {
    clicks += 1;
  });
  return {
    host,
    element,
    placeAt: (x, y) => {
      const [longitude = 0, latitude = 0] = toLonLat(map.getCoordinateFromPixel([x, y]));
      return [longitude, latitude];
    },
    moveTo: ([longitude, latitude]) => {
      map.getView().setCenter(fromLonLat([longitude, latitude]));
      map.renderSync();
    },
    clicks: () => clicks,
    zoom: () => map.getView().getZoom() ?? 0,
  };
});

test('what a task builds is drawn, settled and removed', async () => {
  const { host, picture } = openMap();
  host.fitBounds(AROUND);
  expect(picture()).toEqual(NOTHING);
  host.taskOverlay.add('1', drops(50), { replace: false });
  const few = picture();
  expect(few.growing).toBeGreaterThan(40);
  host.taskOverlay.add('1', drops(500, 51), { replace: false });
  expect(picture().growing).toBeGreaterThan(few.growing);
  expect(host.taskOverlay.pending).toBe(1100);

  host.taskOverlay.add('1', drops(50), { replace: true });
  await expect.poll(picture).toEqual(few);

  host.taskOverlay.settle('1');
  expect(picture()).toMatchObject({ growing: 0, settled: expect.toSatisfy((pixels) => pixels > 40) });
  expect(host.taskOverlay.pending).toBe(0);
  host.taskOverlay.remove('1');
  expect(picture()).toEqual(NOTHING);
});

test('a frame draws no more than what was added since the last one', async () => {
  const { host, picture } = openMap();
  host.fitBounds(AROUND);
  const strokes = vi.spyOn(CanvasRenderingContext2D.prototype, 'stroke');
  onTestFinished(() => strokes.mockRestore());
  const strokesOfAFrame = async () => {
    await new Promise(requestAnimationFrame);
    strokes.mockClear();
    await new Promise(requestAnimationFrame);
    picture();
    return strokes.mock.calls.length;
  };
  host.taskOverlay.add('1', drops(8000), { replace: false });
  // A fan of thousands is painted over some frames, so that none of them holds up the page.
  let longest = 0;
  await expect
    .poll(async () => {
      const count = await strokesOfAFrame();
      longest = Math.max(longest, count);
      return count;
    })
    .toBe(0);
  expect(longest).toBeLessThan(5_100);
  host.taskOverlay.add('1', drops(10, 8001), { replace: false });
  // Their ends are one stroke, and so are those of the last moments that stand out.
  strokes.mockClear();
  picture();
  expect(strokes.mock.calls.length).toBeLessThanOrEqual(12);
});

test('other colours apply to what is drawn already', async () => {
  const { host, picture } = openMap();
  host.fitBounds(AROUND);
  host.taskOverlay.add('1', drops(100), { replace: false });
  host.taskOverlay.setColours({
    pending: colours.settled,
    settled: colours.pending,
    hues: [colours.settled],
  });
  expect(picture().growing).toBe(0);
  expect(picture().settled).toBeGreaterThan(100);
});

test.each(['EPSG:3857', 'EPSG:4326'])('bounds go in and come out in WGS 84: %s', async (projection) => {
  const { host, picture } = openMap({ projection });
  host.fitBounds(AROUND);
  // Drawn in place: the box is 304 pixels of 400 wide, or 204 of 300 high, the rest is padding.
  const [west, south, east, north] = host.getBounds();
  expect(west).toBeLessThan(AROUND[0]);
  expect(south).toBeLessThan(AROUND[1]);
  expect(east).toBeGreaterThan(AROUND[2]);
  expect(north).toBeGreaterThan(AROUND[3]);
  expect(Math.min(AROUND[0] - west, AROUND[1] - south)).toBeLessThan(0.002);
  host.taskOverlay.add('1', drops(1000), { replace: false });
  expect(picture().growing).toBeGreaterThan(500);
});

test('an application that speaks WGS 84 to its map', async () => {
  useGeographic();
  onTestFinished(clearUserProjection);
  const { map, host, picture } = openMap();
  host.fitBounds(AROUND);
  expect(map.getView().getCenter()?.[0]).toBeCloseTo(CENTRE[0], 4);
  expect(host.getBounds()[0]).toBeCloseTo(AROUND[0], 2);
  host.taskOverlay.add('1', drops(1000), { replace: false });
  expect(picture().growing).toBeGreaterThan(500);
});

test('another view may have another projection, and be another world away', async () => {
  const { map, host, picture } = openMap();
  host.fitBounds(AROUND);
  host.taskOverlay.add('1', drops(1000), { replace: false });
  const mercator = picture().growing;
  const center = [CENTRE[0] + 360, CENTRE[1]];
  map.setView(new View({ projection: 'EPSG:4326', center, resolution: 0.00003 }));
  expect(picture().growing).toBeGreaterThan(mercator / 4);
});

test('a map that is not on the page yet shows what it was asked for once it is', async () => {
  const { map, host } = openMap();
  const target = map.getTargetElement();
  map.setTarget(undefined);
  expect(host.getBounds()).toEqual([-180, -90, 180, 90]);
  host.fitBounds([0, 0, 1, 1]);
  host.fitBounds(AROUND);
  map.setTarget(target);
  await expect.poll(() => host.getBounds()[0]).toBeCloseTo(AROUND[0], 2);
});

test('zooms to a feature, and does nothing for one that is nowhere', async () => {
  const { map, host } = openMap();
  const pole = { id: 'pole/1', geometry: { type: 'Point', coordinates: CENTRE } };
  host.zoomTo(hostFeature(pole));
  await expect
    .poll(() => map.getView().getCenter()?.[0])
    .toBeCloseTo(fromLonLat([CENTRE[0], CENTRE[1]])[0] ?? 0);
  expect(map.getView().getResolution()).toBeCloseTo(0.6);
  host.zoomTo(hostFeature({ id: 'pole/2' }));
  expect(map.getView().getResolution()).toBeCloseTo(0.6);
});

test('disposed, it leaves the map as it was', async () => {
  const own = new VectorLayer();
  const map = new OlMap({ layers: [own] });
  const listeners = () => map.getListeners('change:size')?.length ?? 0;
  const before = listeners();
  const host = createOpenLayersMap(map);
  host.taskOverlay.add('1', drops(10), { replace: false });
  host.fitBounds(AROUND);
  expect(listeners()).not.toBe(before);
  host.dispose();
  host.dispose();
  host.taskOverlay.settle('1');
  expect(listeners()).toBe(before);
  expect(map.getLayers().getArray()).toEqual([own]);
  map.dispose();
});

test('a feature of a layer as plugins know it', () => {
  const { map } = openMap();
  const pole = new Feature({
    geometry: new Point(fromLonLat([8, 47])),
    table: 'pole',
    name: 'N-1001',
    design: 'design/North',
    height: 7,
  });
  pole.setId(12);
  const feature = hostFeatureOf(pole, map);
  expect(feature).toMatchObject({
    id: 12,
    properties: { name: 'N-1001', height: 7 },
    _myw: { title: 'N-1001', delta: 'design/North' },
  });
  expect([feature.getType(), feature.getUrn(), feature.getTitle()]).toEqual(['pole', 'pole/12', 'N-1001']);
  expect(feature.geometry).toEqual({ type: 'Point', coordinates: [expect.closeTo(8), expect.closeTo(47)] });

  const route = new Feature({ line: new LineString([fromLonLat([8, 47]), fromLonLat([9, 47])]) });
  route.setGeometryName('line');
  route.setId('oh_route/3');
  expect(hostFeatureOf(route, map)).toMatchObject({
    id: 3,
    properties: {},
    geometry: { type: 'LineString' },
  });
  expect(hostFeatureOf(new Feature(), map)).toMatchObject({ geometry: null });
});

/** Sends what a pointer does at a place in the middle of the map's element. */
function pointerOn(map: OlMap, at: readonly number[]) {
  map.renderSync();
  const viewport = map.getViewport();
  if (!viewport) throw new Error('no viewport');
  const [x = 0, y = 0] = map.getPixelFromCoordinate(fromLonLat([at[0] ?? 0, at[1] ?? 0]));
  const { left, top } = viewport.getBoundingClientRect();
  return (type: string, init: PointerEventInit = {}) => {
    const target = type === 'pointerleave' ? viewport : (viewport.querySelector('canvas') ?? viewport);
    const place = { clientX: left + x, clientY: top + y, pointerId: 1, isPrimary: true, bubbles: true };
    target.dispatchEvent(new PointerEvent(type, { ...place, cancelable: true, ...init }));
  };
}

test('the drop under the pointer stands out, until the pointer leaves the map', async () => {
  const { map, host } = openMap();
  host.fitBounds(AROUND);
  host.taskOverlay.add('1', drops(1, 300), { replace: false });
  // Drops, and above them those that are drawn in full.
  const fresh = host.taskOverlay.lines.getLayers().item(1);
  await vi.waitFor(() => expect(fresh.getVisible()).toBe(false));
  const line = drops(1, 300)[0]?.geometry;
  const end = line?.type === 'LineString' ? line.coordinates.at(-1) : undefined;
  const send = pointerOn(map, [((end?.[0] ?? 0) + CENTRE[0]) / 2, ((end?.[1] ?? 0) + CENTRE[1]) / 2]);
  send('pointermove');
  await vi.waitFor(() => expect(fresh.getVisible()).toBe(true));
  send('pointerleave');
  await vi.waitFor(() => expect(fresh.getVisible()).toBe(false));
});

test('a finger that rests opens a menu, and its click is none; the next one is', async () => {
  const { map, host } = openMap();
  host.fitBounds(AROUND);
  host.taskOverlay.add('1', drops(50), { replace: false });
  const picks = vi.fn();
  host.taskOverlay.onPick(picks);
  const send = pointerOn(map, CENTRE);
  const touch = { pointerType: 'touch', button: 0 };
  const clicked = new Promise((resolve) => map.once('singleclick', resolve));
  send('pointerdown', touch);
  send('contextmenu', touch);
  send('pointerup', touch);
  await clicked;
  expect(picks).not.toHaveBeenCalled();
  send('pointerdown', touch);
  send('pointerup', touch);
  await vi.waitFor(() => expect(picks).toHaveBeenCalledTimes(1));
});

test('a pole that becomes crowded has only its own drops drawn in another way', async () => {
  const { map, host, picture } = openMap();
  host.fitBounds(AROUND);
  // From afar no drop is dashed.
  map.getView().setResolution(1.2);
  const { taskOverlay } = host;
  /** Drops to a pole of their own, 60 metres beside the one before. */
  const fan = (pole: number, count: number, from = 1) =>
    drops(count, from).map(({ geometry, ...feature }): GeoFeature => {
      const moved = ([x, y]: Position): Position => [x + 0.0008 * pole, y];
      const shown: Geometry =
        geometry.type === 'Point'
          ? { ...geometry, coordinates: moved(geometry.coordinates) }
          : {
              type: 'LineString',
              coordinates: geometry.type === 'LineString' ? geometry.coordinates.map(moved) : [],
            };
      return { ...feature, id: `${feature.id}-${pole}`, geometry: shown };
    });
  for (const pole of [-1, 0, 1]) taskOverlay.add('1', fan(pole, 64), { replace: false });
  await vi.waitFor(() => expect(picture().growing).toBeGreaterThan(100));
  const squares = vi.spyOn(CanvasRenderingContext2D.prototype, 'fillRect');
  onTestFinished(() => squares.mockRestore());
  taskOverlay.add('1', fan(0, 1, 65), { replace: false });
  for (let frame = 0; frame < 5; frame++) {
    await new Promise(requestAnimationFrame);
    map.renderSync();
  }
  // The new address, and none of the 192 that were there.
  expect(squares).toHaveBeenCalledTimes(1);
  // The pole is crowded now: its drops are solid and no longer dashed.
  const dashes = vi.spyOn(CanvasRenderingContext2D.prototype, 'setLineDash');
  onTestFinished(() => dashes.mockRestore());
  taskOverlay.hue('1', 1);
  await vi.waitFor(() => {
    map.renderSync();
    const set = dashes.mock.calls.map(([dash]) => [...dash].join());
    expect(set).toContain('4,3');
    expect(set).toContain('');
  });
});
