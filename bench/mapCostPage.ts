/**
 * The page of bench/mapCost.ts. It grows a fan of drops on a map, with our overlay or as a plain layer of the same features, and
 * notes the times of all frames: while features come, while the map pans and zooms, and when the task commits.
 */
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import { Circle, Fill, Stroke, Style } from 'ol/style.js';
import View from 'ol/View.js';
import { createTaskClient } from '../src/client/index.ts';
import type { GeoFeature, Position } from '../src/contract/index.ts';
import type { TaskOverlay } from '../src/host/contract.ts';
import { createMapLibreMap } from '../src/maps/maplibre/index.ts';
import { createOpenLayersMap } from '../src/maps/openlayers/index.ts';

export type Library = 'OpenLayers' | 'MapLibre';
/** `ours`: our overlay with its rules. `plain`: a layer of the library with one style for all. */
export type Side = 'ours' | 'plain';

const CENTRE: Position = [8.54, 47.37];
/** On the sphere of Web Mercator, for tiles of 512 pixels. */
const METRES_AT_ZERO = 40_075_016.686 / 512;
/** Map units of Web Mercator for each pixel: 1.2 metres a pixel at this latitude. */
const RESOLUTION = 1.8;
const DROPS_IN_A_BATCH = 1_000;
const MOVE_FRAMES = 12;
const PIXELS_IN_A_FRAME = 8;
const LEVELS_IN_A_FRAME = 0.05;

/** The bench does this to a map, whatever draws it. */
interface Subject {
  add(features: GeoFeature[]): void;
  commit(): void;
  pan(pixels: number): void;
  /** Zooms by so many levels in this frame. */
  zoom(levels: number): void;
  /** Resolves when the map has painted everything. */
  painted(): Promise<void>;
  remove(): void;
}

/** Makes drops around one pole, each with its address, in a spiral with the same density everywhere. */
function drops(count: number, from: number): GeoFeature[] {
  return Array.from({ length: count }, (_, index): GeoFeature[] => {
    const id = from + index;
    const angle = id * 2.399963;
    const reach = 0.00004 * Math.sqrt(id);
    const end: Position = [CENTRE[0] + Math.cos(angle) * reach, CENTRE[1] + Math.sin(angle) * reach * 0.7];
    return [
      {
        type: 'Feature',
        id: `oh_route/${id}`,
        geometry: { type: 'LineString', coordinates: [CENTRE, end] },
        properties: { table: 'oh_route' },
      },
      {
        type: 'Feature',
        id: `wall_box/${id}`,
        geometry: { type: 'Point', coordinates: end },
        properties: { table: 'wall_box' },
      },
    ];
  }).flat();
}

const frame = () => new Promise<number>(requestAnimationFrame);

/** Resolves when no canvas was stroked for some frames. */
async function untilNothingIsStroked(): Promise<void> {
  const known = CanvasRenderingContext2D.prototype.stroke;
  let strokes = 0;
  CanvasRenderingContext2D.prototype.stroke = function (...given: [path?: Path2D]) {
    strokes += 1;
    return Reflect.apply(known, this, given);
  };
  for (let quiet = 0; quiet < 4; ) {
    const before = strokes;
    await frame();
    quiet = strokes === before ? quiet + 1 : 0;
  }
  CanvasRenderingContext2D.prototype.stroke = known;
}

function ofOverlay(overlay: TaskOverlay): Pick<Subject, 'add' | 'commit'> {
  return {
    add: (features) => overlay.add('1', features, { replace: false }),
    commit: () => overlay.settle('1'),
  };
}

function olMap(target: HTMLElement): OlMap {
  const view = new View({ center: fromLonLat([CENTRE[0], CENTRE[1]]), resolution: RESOLUTION });
  return new OlMap({ target, controls: [], pixelRatio: 1, view });
}

function overlayOnOpenLayers(target: HTMLElement): { overlay: TaskOverlay; remove(): void } {
  const map = olMap(target);
  return { overlay: createOpenLayersMap(map).taskOverlay, remove: () => map.setTarget(undefined) };
}

async function overlayOnMapLibre(target: HTMLElement): Promise<{ overlay: TaskOverlay; remove(): void }> {
  const map = await mapLibreMap(target);
  return { overlay: createMapLibreMap(map).taskOverlay, remove: () => map.remove() };
}

function openLayers(target: HTMLElement, side: Side): Subject {
  const map = olMap(target);
  const view = map.getView();
  return {
    ...(side === 'ours' ? ofOverlay(createOpenLayersMap(map).taskOverlay) : plainOpenLayers(map)),
    pan: (pixels) => view.adjustCenter([pixels * (view.getResolution() ?? 1), 0]),
    zoom: (levels) => view.adjustZoom(levels),
    painted: untilNothingIsStroked,
    remove: () => map.setTarget(undefined),
  };
}

function plainOpenLayers(map: OlMap): Pick<Subject, 'add' | 'commit'> {
  const style = (color: string) =>
    new Style({
      stroke: new Stroke({ color, width: 1 }),
      image: new Circle({ radius: 2, fill: new Fill({ color }) }),
    });
  const source = new VectorSource();
  const layer = new VectorLayer({ source, style: style('#c76a00') });
  map.addLayer(layer);
  const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });
  return {
    add(features) {
      source.addFeatures(
        features.flatMap((feature) => {
          const read = format.readFeature(feature);
          return read instanceof Feature ? [read] : read;
        }),
      );
    },
    commit: () => layer.setStyle(style('#1765c1')),
  };
}

async function mapLibreMap(container: HTMLElement): Promise<MapLibre> {
  const map = new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [] },
    center: [CENTRE[0], CENTRE[1]],
    zoom: Math.log2(METRES_AT_ZERO / RESOLUTION),
    pixelRatio: 1,
    fadeDuration: 0,
    attributionControl: false,
  });
  await map.once('load');
  return map;
}

async function mapLibre(container: HTMLElement, side: Side): Promise<Subject> {
  const map = await mapLibreMap(container);
  return {
    ...(side === 'ours' ? ofOverlay(createMapLibreMap(map).taskOverlay) : plainMapLibre(map)),
    pan: (pixels) => void map.panBy([pixels, 0], { duration: 0 }),
    zoom: (levels) => void map.setZoom(map.getZoom() + levels),
    async painted() {
      // A map that has painted everything says so after its next frame only.
      map.triggerRepaint();
      await map.once('idle');
    },
    remove: () => map.remove(),
  };
}

function plainMapLibre(map: MapLibre): Pick<Subject, 'add' | 'commit'> {
  map.addSource('plain', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'lines',
    source: 'plain',
    type: 'line',
    filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': '#c76a00', 'line-width': 1 },
  });
  map.addLayer({
    id: 'points',
    source: 'plain',
    type: 'circle',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-color': '#c76a00', 'circle-radius': 2 },
  });
  const source = map.getSource('plain');
  // MapLibre works on one change of a source at a time, so features that come meanwhile wait: the overlay does the same.
  let isBusy = true;
  let waiting: GeoFeature[] = [];
  const send = () => {
    if (isBusy || waiting.length === 0 || !source || !('updateData' in source)) return;
    if (typeof source.updateData !== 'function') return;
    isBusy = true;
    source.updateData({ add: waiting });
    waiting = [];
  };
  map.on('sourcedata', ({ sourceDataType }) => {
    if (sourceDataType !== 'content') return;
    isBusy = false;
    send();
  });
  return {
    add(features) {
      waiting.push(...features);
      send();
    },
    commit() {
      map.setPaintProperty('lines', 'line-color', '#1765c1');
      map.setPaintProperty('points', 'circle-color', '#1765c1');
    },
  };
}

/** Returns the times between frames until the work says that it is done. */
async function framesOf(work: (index: number) => boolean): Promise<number[]> {
  const frames: number[] = [];
  let before = await frame();
  for (let index = 0; work(index); index++) {
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

/** One map of the bench, from its first feature to its last frame. Each method resolves with its frames. */
async function openMap(library: Library, side: Side) {
  const target = document.body.appendChild(document.createElement('div'));
  target.style.cssText = 'width: 800px; height: 500px';
  const subject = library === 'OpenLayers' ? openLayers(target, side) : await mapLibre(target, side);
  await frame();
  const moved = async (move: (step: number) => void) => {
    const frames = await framesOf((index) => {
      if (index < MOVE_FRAMES) move(index < MOVE_FRAMES / 2 ? 1 : -1);
      return index < MOVE_FRAMES;
    });
    return { frames };
  };
  return {
    /** Grows a fan of so many drops, one batch a frame. */
    async add(total: number) {
      const batches = Array.from({ length: Math.ceil(total / DROPS_IN_A_BATCH) }, (_, index) =>
        drops(DROPS_IN_A_BATCH, index * DROPS_IN_A_BATCH + 1),
      );
      let longestCall = 0;
      const frames = await framesOf((index) => {
        const batch = batches[index];
        if (!batch) return false;
        const start = performance.now();
        subject.add(batch);
        longestCall = Math.max(longestCall, performance.now() - start);
        return true;
      });
      return { frames, longestCall };
    },
    /** Resolves when the map has nothing left to do. */
    async rest() {
      // New features stand out for a moment.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await subject.painted();
    },
    pan: () => moved((step) => subject.pan(step * PIXELS_IN_A_FRAME)),
    zoom: () => moved((step) => subject.zoom(step * LEVELS_IN_A_FRAME)),
    async commit() {
      const start = performance.now();
      let paintedMs: number | undefined;
      subject.commit();
      void subject.painted().then(() => {
        paintedMs = performance.now() - start;
      });
      const frames = await framesOf(() => paintedMs === undefined);
      return { frames, paintedMs: paintedMs ?? Number.NaN };
    },
    close() {
      subject.remove();
      target.remove();
    },
  };
}

/** Returns the milliseconds from one request for the tasks to the frame after their places are on a map. */
async function placeTasks(library: Library): Promise<number> {
  const target = document.body.appendChild(document.createElement('div'));
  target.style.cssText = 'width: 800px; height: 500px';
  const { overlay, remove } =
    library === 'OpenLayers' ? overlayOnOpenLayers(target) : await overlayOnMapLibre(target);
  await frame();
  const client = createTaskClient({ baseUrl: location.origin });
  const start = performance.now();
  const { tasks } = await client.listTasks({ limit: 1_000 });
  overlay.places?.(tasks.flatMap(({ id, built }) => (built?.bbox ? [{ taskId: id, bbox: built.bbox }] : [])));
  await frame();
  await frame();
  const end = performance.now();
  if (tasks.length !== 1_000 || !target.querySelector('canvas')) throw new Error('nothing is on the map');
  remove();
  target.remove();
  return end - start;
}

declare global {
  interface Window {
    placeTasks: typeof placeTasks;
    openMap(library: Library, side: Side): Promise<void>;
    openedMap: Awaited<ReturnType<typeof openMap>>;
  }
}

setWorkerUrl('/maplibre-gl-worker.mjs');
window.placeTasks = placeTasks;
window.openMap = async (library, side) => {
  window.openedMap = await openMap(library, side);
};
