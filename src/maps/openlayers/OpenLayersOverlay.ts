import LayerGroup from 'ol/layer/Group.js';
import type OlMap from 'ol/Map.js';
import type { GeoFeature, Position } from '../../contract/index.ts';
import { type DrawnTask, MapOverlay, type OverlayOptions, type OverlayState } from '../base/MapOverlay.ts';
import { GrowingLayer, type Paint, type Shape } from './GrowingLayer.ts';
import { linePaint, pointPaint } from './paint.ts';

interface Shapes {
  lines: Shape[];
  points: Shape[];
}

type Layers = Record<keyof Shapes, GrowingLayer>;

/** The order of the layers from below: what a user waits for lies over what is done. */
const STATES: OverlayState[] = ['settled', 'kept', 'growing'];

/** Shows on an OpenLayers map what tasks build. All tasks share the layers, so that a frame draws six at most. */
export class OpenLayersOverlay extends MapOverlay {
  /** It lies on top of the layers that the map had before; `layer.setZIndex()` puts it elsewhere. */
  readonly layer: LayerGroup;
  readonly #map: OlMap;
  readonly #layers: Record<OverlayState, Layers>;

  constructor(map: OlMap, options?: OverlayOptions) {
    super(options);
    this.#map = map;
    const layersOf = (state: OverlayState): Layers => {
      const { lines, points } = this.#paints(state);
      return { lines: new GrowingLayer(lines), points: new GrowingLayer(points) };
    };
    this.#layers = { settled: layersOf('settled'), kept: layersOf('kept'), growing: layersOf('growing') };
    this.layer = new LayerGroup({ layers: this.#all().map(({ layer }) => layer) });
    map.addLayer(this.layer);
  }

  override dispose(): void {
    super.dispose();
    this.#map.removeLayer(this.layer);
    for (const growing of this.#all()) growing.dispose();
    this.layer.dispose();
  }

  protected override draw({ state }: DrawnTask, added: readonly GeoFeature[]): void {
    const { lines, points } = shapesOf(added);
    this.#layers[state].lines.add(lines);
    this.#layers[state].points.add(points);
  }

  protected override restyle(): void {
    this.#redrawAll();
  }

  protected override erase(): void {
    this.#redrawAll();
  }

  /** All tasks share the pictures, so a task that goes leaves holes in them: they are painted again. */
  #redrawAll(): void {
    const tasks = [...this.drawnTasks()];
    for (const state of STATES) {
      const features = tasks
        .filter((task) => task.state === state)
        .flatMap((task) => [...task.features.values()]);
      const { lines, points } = shapesOf(features);
      const paints = this.#paints(state);
      this.#layers[state].lines.reset(lines, paints.lines);
      this.#layers[state].points.reset(points, paints.points);
    }
  }

  #paints(state: OverlayState): Record<keyof Shapes, Paint> {
    const { colour, dashed } = this.lookOf(state);
    return { lines: linePaint(colour, dashed), points: pointPaint(colour) };
  }

  #all(): GrowingLayer[] {
    return (['lines', 'points'] as const).flatMap((kind) => STATES.map((state) => this.#layers[state][kind]));
  }
}

/** Returns lines and points; a polygon becomes one line for each of its rings. */
function shapesOf(features: readonly GeoFeature[]): Shapes {
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
