import LayerGroup from 'ol/layer/Group.js';
import type OlMap from 'ol/Map.js';
import type { GeoFeature, Position } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { onceStored } from '../base/onceStored.ts';
import { type OverlayColours, overlayColours } from '../base/overlayColours.ts';
import { GrowingLayer, type Shape } from './GrowingLayer.ts';
import { linePaint, pointPaint } from './paint.ts';

const DASH = [5, 3];

interface Drawn {
  lines: Shape[];
  points: Shape[];
  count: number;
  settled: boolean;
}

/** What tasks have built: dashed until it is stored, then solid. */
export class OpenLayersOverlay implements TaskOverlay {
  /** On top of the layers that the map has when it is made; `layer.setZIndex()` puts it elsewhere. */
  readonly layer: LayerGroup;
  readonly #map: OlMap;
  readonly #tasks = new Map<string, Drawn>();
  readonly #lines: GrowingLayer;
  readonly #points: GrowingLayer;
  readonly #settledLines: GrowingLayer;
  readonly #settledPoints: GrowingLayer;
  readonly #onSettled: OverlayOptions['onSettled'];

  constructor(map: OlMap, { colours = overlayColours.light, onSettled }: OverlayOptions = {}) {
    this.#map = map;
    this.#onSettled = onSettled;
    this.#settledLines = new GrowingLayer(linePaint(colours.settled, []));
    this.#settledPoints = new GrowingLayer(pointPaint(colours.settled));
    this.#lines = new GrowingLayer(linePaint(colours.pending, DASH));
    this.#points = new GrowingLayer(pointPaint(colours.pending));
    this.layer = new LayerGroup({ layers: this.#all().map(({ layer }) => layer) });
    map.addLayer(this.layer);
  }

  /** How many features are drawn that are not stored. */
  get pending(): number {
    let count = 0;
    for (const drawn of this.#tasks.values()) if (!drawn.settled) count += drawn.count;
    return count;
  }

  add(taskId: string, features: GeoFeature[], { replace }: { replace: boolean }): void {
    const known = this.#tasks.get(taskId);
    const drawn = known && !replace ? known : { lines: [], points: [], count: 0, settled: false };
    this.#tasks.set(taskId, drawn);
    const { lines, points } = shapesOf(features);
    drawn.count += features.length;
    for (const line of lines) drawn.lines.push(line);
    for (const point of points) drawn.points.push(point);
    if (known && replace) {
      this.#redraw();
    } else {
      (drawn.settled ? this.#settledLines : this.#lines).add(lines);
      (drawn.settled ? this.#settledPoints : this.#points).add(points);
    }
  }

  settle(taskId: string): void {
    const drawn = this.#tasks.get(taskId);
    if (drawn) drawn.settled = true;
    this.#redraw();
    onceStored(this.#onSettled, taskId, () => {
      // Unless the task began anew meanwhile.
      if (this.#tasks.get(taskId) === drawn) this.remove(taskId);
    });
  }

  remove(taskId: string): void {
    if (this.#tasks.delete(taskId)) this.#redraw();
  }

  /** Removes what every task drew. */
  clear(): void {
    this.#tasks.clear();
    this.#redraw();
  }

  setColours(colours: OverlayColours): void {
    this.#settledLines.reset([], linePaint(colours.settled, []));
    this.#settledPoints.reset([], pointPaint(colours.settled));
    this.#lines.reset([], linePaint(colours.pending, DASH));
    this.#points.reset([], pointPaint(colours.pending));
    this.#redraw();
  }

  dispose(): void {
    this.#tasks.clear();
    this.#map.removeLayer(this.layer);
    for (const growing of this.#all()) growing.dispose();
    this.layer.dispose();
  }

  #all(): GrowingLayer[] {
    return [this.#settledLines, this.#lines, this.#settledPoints, this.#points];
  }

  #redraw(): void {
    const shapes = (kind: 'lines' | 'points', settled: boolean) =>
      [...this.#tasks.values()].filter((drawn) => drawn.settled === settled).flatMap((drawn) => drawn[kind]);
    this.#settledLines.reset(shapes('lines', true));
    this.#settledPoints.reset(shapes('points', true));
    this.#lines.reset(shapes('lines', false));
    this.#points.reset(shapes('points', false));
  }
}

/** A polygon is drawn by its rings. */
function shapesOf(features: GeoFeature[]): { lines: Shape[]; points: Shape[] } {
  const lines: Shape[] = [];
  const points: Shape[] = [];
  for (const { geometry } of features) {
    if (geometry.type === 'Point') points.push(flat([geometry.coordinates]));
    else if (geometry.type === 'LineString') lines.push(flat(geometry.coordinates));
    else for (const ring of geometry.coordinates) lines.push(flat(ring));
  }
  return { lines, points };
}

const flat = (positions: Position[]): Shape => positions.flatMap((position) => position.slice(0, 2));
