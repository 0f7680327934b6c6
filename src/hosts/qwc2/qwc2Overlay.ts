import type { BoundingBox, GeoFeature, Position } from '../../contract/index.ts';
import type { DrawnTask } from '../../maps/base/DrawnTask.ts';
import { MapOverlay } from '../../maps/base/MapOverlay.ts';
import type { Marks } from '../../maps/base/marks.ts';
import type { OverlayOptions } from '../../maps/base/OverlayOptions.ts';
import type { OverlayColours } from '../../maps/base/overlayColours.ts';
import { type ZoomClass, zoomClassOf } from '../../maps/base/symbology.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import { WGS84 } from './qwc2State.ts';
import { type Qwc2Style, rgb, styleOf } from './qwc2Styles.ts';

/** QWC2 copies the list of a layer with each addition: a few additions a second look as good as one for each event. */
const FLUSH_MS = 250;

const MARKS = 'lrt-marks';

interface Waiting {
  features: readonly GeoFeature[];
  task: DrawnTask;
  /** The features on the map have another style, or are gone. */
  replace: boolean;
}

/** Shows in QWC2 what tasks build: each task has a layer of its own above the theme, which is not in the layer tree. */
export class Qwc2Overlay extends MapOverlay {
  readonly #qwc2: Qwc2Api;
  readonly #waiting = new Map<string, Waiting>();
  readonly #drawn = new Set<string>();
  #marks: Marks | undefined;
  #zoom: ZoomClass = 'middle';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** By default `onSettled` has QGIS Server draw the theme again, which now holds what was stored. */
  constructor(qwc2: Qwc2Api, { onSettled, ...options }: OverlayOptions = {}) {
    const refreshTheme = () => qwc2.refreshLayer((layer) => layer.role === qwc2.LayerRole.THEME);
    super({ ...options, onSettled: onSettled ?? refreshTheme });
    this.#qwc2 = qwc2;
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.#timer);
    if (this.#drawn.delete(MARKS)) this.#qwc2.removeLayer(MARKS);
  }

  /** Draws in the sizes for a map of so many metres a pixel: a style of QWC2 does not know how far the map is zoomed in. */
  setZoom(metresPerPixel: number): void {
    const zoom = zoomClassOf(metresPerPixel);
    if (zoom === this.#zoom) return;
    this.#zoom = zoom;
    for (const task of this.drawnTasks()) this.restyle(task);
  }

  /** A user clicked on the map. */
  pick(at: Position, metresPerPixel: number): void {
    this.clicked(at, metresPerPixel);
  }

  protected override draw(task: DrawnTask, added: readonly GeoFeature[], moved: readonly GeoFeature[]): void {
    const { features = [], replace = false } = this.#waiting.get(task.id) ?? {};
    // A feature of a layer takes the place of the one with its id.
    this.#wait({ features: [...features, ...added, ...moved], task, replace });
  }

  protected override restyle(task: DrawnTask): void {
    this.#wait({ features: [...task.features.values()], task, replace: true });
  }

  protected override erase({ id }: DrawnTask): void {
    this.#waiting.delete(id);
    if (this.#drawn.delete(id)) this.#qwc2.removeLayer(layerId(id));
  }

  protected override drawMarks(marks: Marks): void {
    this.#marks = marks;
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #wait(waiting: Waiting): void {
    this.#waiting.set(waiting.task.id, waiting);
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#timer = undefined;
    for (const [id, { features, task, replace }] of this.#waiting) {
      this.#drawn.add(id);
      const look = this.lookOf(task);
      this.#show(
        layerId(id),
        features.map((feature) => [feature, styleOf(feature, task, look, this.#zoom)]),
        replace,
      );
    }
    this.#waiting.clear();
    if (this.#marks) this.#showMarks(this.#marks);
    this.#marks = undefined;
  }

  #showMarks(marks: Marks): void {
    const features = markFeatures(marks, this.colours);
    if (features.length > 0) {
      this.#drawn.add(MARKS);
      this.#show(MARKS, features, true);
    } else if (this.#drawn.delete(MARKS)) {
      this.#qwc2.removeLayer(MARKS);
    }
  }

  #show(id: string, features: readonly (readonly [GeoFeature, Qwc2Style])[], clear: boolean): void {
    this.#qwc2.addLayerFeatures(
      { id, role: this.#qwc2.LayerRole.SELECTION, styleName: 'default' },
      features.map(([feature, styleOptions]) => ({
        ...feature,
        crs: WGS84,
        styleName: 'default',
        styleOptions,
      })),
      clear,
    );
  }
}

/** QWC2 writes the property `label` beside a feature. */
function markFeatures(
  { outline, places, failures, chosen }: Marks,
  colours: Required<OverlayColours>,
): [GeoFeature, Qwc2Style][] {
  const [failed, ring, halo] = [colours.failed, colours.chosen, colours.halo].map(rgb);
  const mark = { strokeDash: [], strokeColor: [...(halo ?? []), 1], strokeWidth: 1.5 };
  const none = [0, 0, 0, 0];
  const marks: [GeoFeature, Qwc2Style][] = places.map(({ bbox, colour }, index) => [
    frameOf(`place/${index}`, bbox),
    { ...mark, strokeColor: [...rgb(colour), 0.7], strokeWidth: 1.25, fillColor: none, circleRadius: 0 },
  ]);
  for (const { id, geometry } of chosen) {
    const isPoint = geometry.type === 'Point';
    marks.push([
      { type: 'Feature', id: `chosen/${id}`, geometry, properties: { table: 'chosen' } },
      {
        ...mark,
        // A ring around a point, and a casing over a line: QWC2 draws no line twice.
        strokeColor: [...(ring ?? []), isPoint ? 1 : 0.6],
        strokeWidth: isPoint ? 2.5 : 4,
        fillColor: none,
        circleRadius: 10,
      },
    ]);
  }
  for (const { taskId, itemId, at, chosen: isChosen } of failures) {
    marks.push([
      {
        type: 'Feature',
        id: `failed/${taskId}/${itemId}`,
        geometry: { type: 'Point', coordinates: at },
        properties: { table: 'failed' },
      },
      { ...mark, fillColor: [...(failed ?? []), 1], circleRadius: isChosen ? 8 : 5 },
    ]);
  }
  if (outline) {
    const frame = frameOf('outline/task', outline.bbox);
    marks.push([
      { ...frame, properties: { ...frame.properties, label: outline.label } },
      { ...mark, strokeColor: [...rgb(outline.colour), 1], strokeWidth: 2, fillColor: none, circleRadius: 0 },
    ]);
  }
  return marks;
}

function frameOf(id: string, [west, south, east, north]: BoundingBox): GeoFeature {
  const far = east < west ? east + 360 : east;
  const ring: Position[] = [
    [west, south],
    [far, south],
    [far, north],
    [west, north],
    [west, south],
  ];
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Polygon', coordinates: [ring] },
    properties: { table: 'outline' },
  };
}

function layerId(taskId: string): string {
  return `lrt-${taskId}`;
}
