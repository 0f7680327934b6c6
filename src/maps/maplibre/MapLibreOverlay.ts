import type { GeoJSONSource, LayerSpecification, Map as MapLibre, MapSourceDataEvent } from 'maplibre-gl';
import type { GeoFeature } from '../../contract/index.ts';
import { type DrawnTask, MapOverlay, type OverlayLook, type OverlayOptions } from '../base/MapOverlay.ts';

/** In widths of the line. */
const DASH = [5, 3];

/**
 * Shows on a MapLibre map what tasks build. Each task has one source with two layers: to settle a task is to change a
 * colour, and to erase it is to drop its source, however much was drawn.
 */
export class MapLibreOverlay extends MapOverlay {
  readonly #map: MapLibre;
  /** The features, by task, that the map has not been given yet. MapLibre works on one addition to a source at a time. */
  readonly #unsent = new Map<string, GeoFeature[]>();
  readonly #busy = new Set<string>();

  constructor(map: MapLibre, options?: OverlayOptions) {
    super(options);
    this.#map = map;
    map.on('styledata', this.#restore);
    map.on('sourcedata', this.#goOn);
  }

  override dispose(): void {
    this.#map.off('styledata', this.#restore);
    this.#map.off('sourcedata', this.#goOn);
    super.dispose();
  }

  /** Features that come while MapLibre is at work wait, and go with the next addition. */
  protected override draw(task: DrawnTask, added: readonly GeoFeature[]): void {
    const source = this.#source(task.id);
    if (!source) {
      this.#addSource(task);
      return;
    }
    const unsent = [...(this.#unsent.get(task.id) ?? []), ...added];
    if (this.#busy.has(task.id)) {
      this.#unsent.set(task.id, unsent);
      return;
    }
    this.#unsent.delete(task.id);
    this.#busy.add(task.id);
    source.updateData({ add: unsent });
  }

  protected override restyle(task: DrawnTask): void {
    const source = this.#source(task.id);
    if (!source) {
      this.#addSource(task);
      return;
    }
    const { colour, dashed } = this.lookOf(task.state);
    const [lines, points] = layerIdsOf(task.id);
    this.#map.setPaintProperty(lines, 'line-color', colour);
    this.#map.setPaintProperty(lines, 'line-dasharray', dashed ? DASH : undefined);
    this.#map.setPaintProperty(points, 'circle-color', colour);
  }

  protected override erase({ id }: DrawnTask): void {
    this.#unsent.delete(id);
    this.#busy.delete(id);
    if (!this.#source(id)) return;
    for (const layer of layerIdsOf(id)) this.#map.removeLayer(layer);
    this.#map.removeSource(sourceOf(id));
  }

  /** A map has no style before the first one has come, and none after `map.remove()`. */
  #source(taskId: string): GeoJSONSource | undefined {
    return this.#map.style ? this.#map.getSource(sourceOf(taskId)) : undefined;
  }

  /** While a style is loading, no source can be added to it: `#restore` adds it then. */
  #addSource(task: DrawnTask): void {
    if (!this.#map.getStyle()) return;
    this.#unsent.delete(task.id);
    this.#busy.add(task.id);
    this.#map.addSource(sourceOf(task.id), {
      type: 'geojson',
      data: { type: 'FeatureCollection', features: [...task.features.values()] },
    });
    for (const layer of layersOf(task.id, this.lookOf(task.state))) this.#map.addLayer(layer);
  }

  /** Another style has no sources but its own. */
  #restore = (): void => {
    for (const task of this.drawnTasks()) if (!this.#source(task.id)) this.#addSource(task);
  };

  #goOn = ({ sourceId, sourceDataType }: MapSourceDataEvent): void => {
    if (sourceDataType !== 'content') return;
    for (const task of this.drawnTasks()) {
      if (sourceOf(task.id) !== sourceId) continue;
      this.#busy.delete(task.id);
      if (this.#unsent.has(task.id)) this.draw(task, []);
    }
  };
}

const sourceOf = (taskId: string) => `lrt-${taskId}`;
const layerIdsOf = (taskId: string) => [`lrt-${taskId}-lines`, `lrt-${taskId}-points`] as const;

/** Lines are fainter and points smaller the more of a town is seen. A polygon is drawn by its rings. */
function layersOf(taskId: string, { colour, dashed }: OverlayLook): LayerSpecification[] {
  const source = sourceOf(taskId);
  const [lines, points] = layerIdsOf(taskId);
  return [
    {
      id: lines,
      source,
      type: 'line',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: {
        'line-color': colour,
        'line-width': 1,
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.25, 17, 0.65],
        ...(dashed && { 'line-dasharray': DASH }),
      },
    },
    {
      id: points,
      source,
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.3, 17, 3.5],
      },
    },
  ];
}
