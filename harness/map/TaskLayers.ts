import type OlMap from 'ol/Map.js';
import { fromLonLat } from 'ol/proj.js';
import type { GeoFeature, Position } from '../../src/contract.ts';
import type { TaskOverlay } from '../../src/host/types.ts';
import { GrowingLayer, type Paint, type Shape } from './GrowingLayer.ts';
import type { MapPalette } from './palette.ts';
import { lineColor, pointSize } from './styles.ts';

/** Tables that are seen on a map; equipment sits in a pole or wall box, and a cable on its route. */
const DRAWN_POINTS = new Set(['pole', 'wall_box']);
const DRAWN_LINES = new Set(['oh_route']);

interface Drawn {
  lines: Shape[];
  points: Shape[];
  count: number;
  settled: boolean;
}

const project = (position: Position): Shape => fromLonLat([position[0], position[1]]);

/**
 * Each line is stroked by itself, so that many in one place add up, and from its far end: dashes that all began at
 * the pole would stand in rings around it.
 */
function linePaint(color: string, dash: number[]): Paint {
  return (context, shapes, { x, y, resolution, pixelRatio }) => {
    context.strokeStyle = lineColor(color, resolution);
    context.lineWidth = pixelRatio;
    context.setLineDash(dash.map((length) => length * pixelRatio));
    for (const shape of shapes) {
      context.beginPath();
      for (let i = shape.length - 2; i >= 0; i -= 2) context.lineTo(x(shape[i] ?? 0), y(shape[i + 1] ?? 0));
      context.stroke();
    }
  };
}

function pointPaint(color: string): Paint {
  return (context, shapes, { x, y, resolution, pixelRatio }) => {
    const half = pointSize(resolution, 3.4) * 0.92 * pixelRatio;
    context.fillStyle = color;
    for (const shape of shapes) {
      context.fillRect(x(shape[0] ?? 0) - half, y(shape[1] ?? 0) - half, 2 * half, 2 * half);
    }
  };
}

/** What running tasks have built: dashed amber until it is stored, then as the stored network. */
export class TaskLayers implements TaskOverlay {
  readonly #tasks = new Map<string, Drawn>();
  readonly #lines: GrowingLayer;
  readonly #points: GrowingLayer;
  readonly #settledLines: GrowingLayer;
  readonly #settledPoints: GrowingLayer;
  readonly #reload: () => Promise<void>;

  /** `reload` fetches the stored network; what a task drew stays until that is shown. */
  constructor(map: OlMap, palette: MapPalette, reload: () => Promise<void>) {
    this.#reload = reload;
    this.#settledLines = new GrowingLayer(40, linePaint(palette.committed, []));
    this.#lines = new GrowingLayer(41, linePaint(palette.uncommitted, [5, 3]));
    this.#settledPoints = new GrowingLayer(51, pointPaint(palette.committed));
    this.#points = new GrowingLayer(52, pointPaint(palette.uncommitted));
    for (const { layer } of this.#all()) map.addLayer(layer);
  }

  /** How many features are shown that are not stored. */
  get uncommitted(): number {
    let count = 0;
    for (const drawn of this.#tasks.values()) if (!drawn.settled) count += drawn.count;
    return count;
  }

  setPalette(palette: MapPalette): void {
    this.#settledLines.reset([], linePaint(palette.committed, []));
    this.#lines.reset([], linePaint(palette.uncommitted, [5, 3]));
    this.#settledPoints.reset([], pointPaint(palette.committed));
    this.#points.reset([], pointPaint(palette.uncommitted));
    this.#redraw();
  }

  add(taskId: string, features: GeoFeature[], { replace }: { replace: boolean }): void {
    const known = this.#tasks.get(taskId);
    const drawn = known && !replace ? known : { lines: [], points: [], count: 0, settled: false };
    this.#tasks.set(taskId, drawn);
    const lines: Shape[] = [];
    const points: Shape[] = [];
    for (const { geometry, properties } of features) {
      if (geometry.type === 'Point' && DRAWN_POINTS.has(properties.table)) {
        points.push(project(geometry.coordinates));
      }
      if (geometry.type === 'LineString' && DRAWN_LINES.has(properties.table)) {
        lines.push(geometry.coordinates.flatMap(project));
      }
    }
    drawn.count += features.length;
    for (const line of lines) drawn.lines.push(line);
    for (const point of points) drawn.points.push(point);
    if (known && replace) {
      this.#redraw();
    } else {
      this.#lines.add(lines);
      this.#points.add(points);
    }
  }

  settle(taskId: string): void {
    const drawn = this.#tasks.get(taskId);
    if (drawn) drawn.settled = true;
    this.#redraw();
    // Without the new data the drawing stays: it is what was stored.
    this.#reload().then(
      () => this.remove(taskId),
      () => undefined,
    );
  }

  remove(taskId: string): void {
    if (this.#tasks.delete(taskId)) this.#redraw();
  }

  clear(): void {
    this.#tasks.clear();
    this.#redraw();
  }

  #all(): GrowingLayer[] {
    return [this.#settledLines, this.#lines, this.#settledPoints, this.#points];
  }

  #redraw(): void {
    const shapes = (kind: 'lines' | 'points', settled: boolean) =>
      [...this.#tasks.values()].filter((drawn) => drawn.settled === settled).flatMap((drawn) => drawn[kind]);
    this.#settledLines.reset(shapes('lines', true));
    this.#lines.reset(shapes('lines', false));
    this.#settledPoints.reset(shapes('points', true));
    this.#points.reset(shapes('points', false));
  }
}
