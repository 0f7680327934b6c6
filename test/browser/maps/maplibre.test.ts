import 'maplibre-gl/dist/maplibre-gl.css';
import { createMapLibreMap, type OverlayOptions } from 'lrt-plugin/maplibre';
import {
  clearPrewarmedResources,
  type GeoJSONSource,
  Map as MapLibre,
  prewarm,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
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

setWorkerUrl(workerUrl);
// The maps of these tests share a worker: each would load one of its own.
prewarm();
afterAll(clearPrewarmedResources);

const AROUND: BoundingBox = [CENTRE[0] - 0.003, CENTRE[1] - 0.002, CENTRE[0] + 0.003, CENTRE[1] + 0.002];
const ground = (colour: string): StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colour } }],
  transition: { duration: 0, delay: 0 },
});

interface Opened {
  map: MapLibre;
  host: ReturnType<typeof createMapLibreMap>;
  /** Pixels of each colour. */
  picture(): Promise<Shown>;
  /** How many features the map has been given to draw. */
  given(taskId: string): Promise<number>;
}

async function openMap(options: OverlayOptions & { loaded?: boolean } = {}): Promise<Opened> {
  const { loaded = true, ...overlay } = options;
  const container = document.body.appendChild(document.createElement('div'));
  container.style.cssText = 'width: 400px; height: 300px';
  const map = new MapLibre({
    container,
    style: ground('#ffffff'),
    bounds: AROUND,
    pixelRatio: 1,
    attributionControl: false,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  const host = createMapLibreMap(map, { colours, ...overlay });
  onTestFinished(() => {
    host.dispose();
    map.remove();
    container.remove();
  });
  if (loaded) await map.once('load');
  return { map, host, picture: () => pictureOf(map), given: (taskId) => givenTo(map, taskId) };
}

async function pictureOf(map: MapLibre): Promise<Shown> {
  map.triggerRepaint();
  await map.once('idle');
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [400, 300];
  const context = copy.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(map.getCanvas(), 0, 0);
  const marks = map.getContainer().querySelector<HTMLCanvasElement>('.lrt-marks');
  if (marks) context.drawImage(marks, 0, 0);
  return count(context.getImageData(0, 0, 400, 300));
}

async function givenTo(map: MapLibre, taskId: string): Promise<number> {
  const data = await map.getSource<GeoJSONSource>(`lrt-${taskId}`)?.getData();
  return data?.type === 'FeatureCollection' ? data.features.length : 0;
}

/** WebGL without a graphics card takes its time. */
const soon = <Value>(get: () => Value) => expect.poll(get, { timeout: 12_000 });

describeOverlay('MapLibre', async (options) => {
  const { host, picture } = await openMap(options);
  return { overlay: host.taskOverlay, shown: picture };
});

describeSketches('MapLibre', async () => {
  const { map, host } = await openMap();
  let clicks = 0;
  map.on('click', () => {
    clicks += 1;
  });
  const element = map.getContainer();
  element.tabIndex = 0;
  return {
    host,
    element,
    placeAt: (x, y) => {
      const { lng, lat } = map.unproject([x, y]);
      return [lng, lat];
    },
    moveTo: ([longitude, latitude]) => {
      map.jumpTo({ center: [longitude, latitude] });
    },
    clicks: () => clicks,
    zoom: () => map.getZoom(),
  };
});

test('what a task builds is drawn, settled and removed', async () => {
  const { host, picture } = await openMap();
  expect(await picture()).toEqual(NOTHING);
  host.taskOverlay.add('1', drops(50), { replace: false });
  await soon(async () => (await picture()).growing).toBeGreaterThan(50);
  const few = await picture();
  host.taskOverlay.add('1', drops(500, 51), { replace: false });
  await soon(async () => (await picture()).growing).toBeGreaterThan(few.growing * 1.5);
  expect(host.taskOverlay.pending).toBe(1100);

  host.taskOverlay.add('1', drops(50), { replace: true });
  await soon(picture).toEqual(few);

  host.taskOverlay.settle('1');
  await soon(async () => (await picture()).settled).toBeGreaterThan(50);
  expect((await picture()).growing).toBe(0);
  expect(host.taskOverlay.pending).toBe(0);
  host.taskOverlay.remove('1');
  expect(await picture()).toEqual(NOTHING);
});

test('16,000 features in batches: each is given to the map once, and all arrive', async () => {
  const { map, host, given } = await openMap();
  host.taskOverlay.add('1', drops(10), { replace: false });
  const source = map.getSource<GeoJSONSource>('lrt-1');
  if (!source) throw new Error('no source');
  const updates = vi.spyOn(source, 'updateData');
  for (let first = 11; first <= 8000; first += 10) {
    host.taskOverlay.add('1', drops(Math.min(10, 8001 - first), first), { replace: false });
    if (first % 500 === 11) await new Promise(requestAnimationFrame);
  }
  expect(host.taskOverlay.pending).toBe(16_000);
  // Each drop has an end, which is a feature of its own.
  await soon(() => given('1')).toBe(24_000);
  const added = updates.mock.calls.map(([diff]) => diff.add?.length ?? 0);
  expect(added.reduce((sum, length) => sum + length)).toBe(23_970);
  // What came while the map was at work went with its next portion.
  expect(added.length).toBeLessThan(100);
  expect(map.getSource('lrt-1')).toBe(source);
});

test.each([{ diff: true }, { diff: false }])('another style keeps what tasks drew (%o)', async (options) => {
  const { map, host, picture } = await openMap();
  host.taskOverlay.add('1', drops(100), { replace: false });
  host.taskOverlay.settle('1');
  host.taskOverlay.add('2', drops(100, 500), { replace: false });
  await soon(async () => (await picture()).growing).toBeGreaterThan(50);
  map.setStyle(ground('#000000'), options);
  host.taskOverlay.setColours({ pending: '#ff2020', settled: '#2020ff', hues: ['#ff2020'] });
  host.taskOverlay.add('2', drops(10, 600), { replace: false });
  await soon(async () => (await picture()).growing).toBeGreaterThan(50);
  await soon(async () => (await picture()).settled).toBeGreaterThan(50);
  expect(map.getPaintProperty('lrt-2-drops-0', 'line-color')).toBe('#ff2020');
  // The pictures of our signs went with the old style, and are there again.
  const signs = map.listImages().filter((name) => name.startsWith('lrt-sign'));
  expect(signs).toContainEqual(expect.stringContaining('#ff2020'));
  for (const layer of ['ends', 'signs']) {
    expect(map.getLayoutProperty(`lrt-2-${layer}`, 'icon-allow-overlap')).toBe(true);
    expect(map.getLayoutProperty(`lrt-2-${layer}`, 'icon-ignore-placement')).toBe(true);
  }
  expect(host.taskOverlay.pending).toBe(220);
});

test('what comes before the style is drawn once that is there', async () => {
  const { map, host, picture } = await openMap({ loaded: false });
  host.taskOverlay.add('1', drops(100), { replace: false });
  host.taskOverlay.add('2', drops(100), { replace: false });
  host.taskOverlay.remove('2');
  await map.once('load');
  await soon(async () => (await picture()).growing).toBeGreaterThan(50);
  const layers = ['drops-0', 'drops-1', 'ends', 'dots', 'signs'].map((name) => `lrt-1-${name}`);
  expect(map.getLayersOrder()).toEqual(['ground', ...layers]);
});

test('bounds go in and come out in WGS 84', async () => {
  const { map, host } = await openMap();
  host.fitBounds([8, 47, 9, 48]);
  await map.once('moveend');
  const [west, south, east, north] = host.getBounds();
  expect([west < 8, south < 47, east > 9, north > 48]).toEqual([true, true, true, true]);
  expect(Math.min(8 - west, 47 - south)).toBeLessThan(0.5);
});

test('zooms to a feature, and does nothing for one that is nowhere', async () => {
  const { map, host } = await openMap();
  host.zoomTo(hostFeature({ id: 'pole/2' }));
  expect(map.isMoving()).toBe(false);
  host.zoomTo(hostFeature({ id: 'pole/1', geometry: { type: 'Point', coordinates: [8, 47] } }));
  await map.once('moveend');
  expect(map.getCenter().lng).toBeCloseTo(8);
  expect(map.getZoom()).toBeCloseTo(17);
});

test('disposed, it leaves the map as it was', async () => {
  const { map, host } = await openMap();
  host.taskOverlay.add('1', drops(10), { replace: false });
  host.taskOverlay.add('2', drops(10), { replace: false });
  host.dispose();
  host.dispose();
  expect(map.getLayersOrder()).toEqual(['ground']);
  expect(map.getStyle().sources).toEqual({});
  map.setStyle(ground('#000000'));
  await map.once('idle');
  expect(map.getLayersOrder()).toEqual(['ground']);
});

test('disposed after its map, it does not complain', async () => {
  const container = document.body.appendChild(document.createElement('div'));
  const map = new MapLibre({ container, style: ground('#ffffff') });
  const host = createMapLibreMap(map);
  await map.once('load');
  host.taskOverlay.add('1', drops(10), { replace: false });
  map.remove();
  host.taskOverlay.add('1', drops(10), { replace: false });
  host.dispose();
  container.remove();
});

test('a click picks what a task builds once; a double click zooms and picks nothing', async () => {
  const { map, host } = await openMap();
  host.taskOverlay.add('1', drops(50), { replace: false });
  const picks = vi.fn();
  host.taskOverlay.onPick(picks);
  const canvas = map.getCanvas();
  const { left, top } = canvas.getBoundingClientRect();
  const { x, y } = map.project([CENTRE[0], CENTRE[1]]);
  const send = (type: string, detail: number) => {
    const place = { clientX: left + x, clientY: top + y, bubbles: true, cancelable: true };
    canvas.dispatchEvent(new MouseEvent(type, { ...place, detail }));
  };
  const press = (detail: number) => {
    for (const type of ['mousedown', 'mouseup', 'click']) send(type, detail);
  };
  const zoom = map.getZoom();
  press(1);
  press(2);
  send('dblclick', 2);
  await vi.waitFor(() => expect(map.getZoom()).toBeGreaterThan(zoom));
  await map.once('idle');
  expect(picks).not.toHaveBeenCalled();
  press(1);
  await vi.waitFor(() => expect(picks).toHaveBeenCalledTimes(1));
});

test.each([0, 40])(
  'marks stand where the map has their places, turned and tilted by %i degrees',
  async (pitch) => {
    const { map, host, picture } = await openMap();
    map.jumpTo({ bearing: 30, pitch });
    const [longitude, latitude] = CENTRE;
    const at: Position = [longitude + 0.001, latitude + 0.0005];
    const geometry = { type: 'Point' as const, coordinates: at };
    host.taskOverlay.failures('1', [{ id: 'address/1', code: 'x', message: '', geometry }]);
    await vi.waitFor(async () => expect((await picture()).failed).toBeGreaterThan(20));
    const marks = map.getContainer().querySelector<HTMLCanvasElement>('.lrt-marks');
    const { x, y } = map.project([at[0], at[1]]);
    const [red, green, blue] =
      marks?.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [];
    expect([red, green, blue]).toEqual([255, 0, 255]);
  },
);
