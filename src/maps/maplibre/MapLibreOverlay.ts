import type { GeoJSONSource, LayerSpecification, Map as MapLibre, MapSourceDataEvent } from 'maplibre-gl';
import type { GeoFeature } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { onceStored } from '../base/onceStored.ts';
import { type OverlayColours, overlayColours } from '../base/overlayColours.ts';

const DASH = [5, 3];

interface Drawn {
  /** By id, because a source can only be added to where no two features share one. */
  features: Map<string, GeoFeature>;
  /** Not given to the map yet. */
  unsent: GeoFeature[];
  /** The map is working on what it was given last. */
  busy: boolean;
  settled: boolean;
}

/**
 * What tasks have built: dashed until it is stored, then solid. One source per task: to settle is to change a colour,
 * and to remove is to drop a source, however much was drawn.
 */
export class MapLibreOverlay implements TaskOverlay {
  readonly #map: MapLibre;
  readonly #tasks = new Map<string, Drawn>();
  readonly #onSettled: OverlayOptions['onSettled'];
  #colours: OverlayColours;

  constructor(map: MapLibre, { colours = overlayColours.light, onSettled }: OverlayOptions = {}) {
    this.#map = map;
    this.#colours = colours;
    this.#onSettled = onSettled;
    map.on('styledata', this.#restore);
    map.on('sourcedata', this.#goOn);
  }

  /** How many features are drawn that are not stored. */
  get pending(): number {
    let count = 0;
    for (const { features, settled } of this.#tasks.values()) if (!settled) count += features.size;
    return count;
  }

  add(taskId: string, features: GeoFeature[], { replace }: { replace: boolean }): void {
    if (replace) this.remove(taskId);
    let drawn = this.#tasks.get(taskId);
    if (!drawn) {
      drawn = { features: new Map(), unsent: [], busy: false, settled: false };
      this.#tasks.set(taskId, drawn);
    }
    for (const feature of features) {
      drawn.features.set(feature.id, feature);
      drawn.unsent.push(feature);
    }
    this.#show(taskId, drawn);
  }

  settle(taskId: string): void {
    const drawn = this.#tasks.get(taskId);
    if (drawn) {
      drawn.settled = true;
      this.#paint(taskId, drawn);
    }
    onceStored(this.#onSettled, taskId, () => {
      // Unless the task began anew meanwhile.
      if (this.#tasks.get(taskId) === drawn) this.remove(taskId);
    });
  }

  remove(taskId: string): void {
    if (!this.#tasks.delete(taskId) || !this.#source(taskId)) return;
    for (const id of layerIdsOf(taskId)) this.#map.removeLayer(id);
    this.#map.removeSource(sourceOf(taskId));
  }

  /** Removes what every task drew. */
  clear(): void {
    for (const taskId of [...this.#tasks.keys()]) this.remove(taskId);
  }

  setColours(colours: OverlayColours): void {
    this.#colours = colours;
    for (const [taskId, drawn] of this.#tasks) this.#paint(taskId, drawn);
  }

  dispose(): void {
    this.#map.off('styledata', this.#restore);
    this.#map.off('sourcedata', this.#goOn);
    this.clear();
  }

  /** Not asked of a map without a style: before the first has come, and after `map.remove()`. */
  #source(taskId: string): GeoJSONSource | undefined {
    return this.#map.style ? this.#map.getSource(sourceOf(taskId)) : undefined;
  }

  /** Another style has no sources but its own. */
  #restore = (): void => {
    for (const [taskId, drawn] of this.#tasks) {
      if (!this.#source(taskId)) this.#show(taskId, drawn);
    }
  };

  #goOn = ({ sourceId, sourceDataType }: MapSourceDataEvent): void => {
    if (sourceDataType !== 'content') return;
    for (const [taskId, drawn] of this.#tasks) {
      if (sourceOf(taskId) !== sourceId) continue;
      drawn.busy = false;
      if (drawn.unsent.length > 0) this.#show(taskId, drawn);
    }
  };

  /** One addition at a time: what comes meanwhile goes with the next. While a style is loading, there is none to add to. */
  #show(taskId: string, drawn: Drawn): void {
    const source = this.#source(taskId);
    if (source && !drawn.busy) {
      drawn.busy = true;
      source.updateData({ add: drawn.unsent.splice(0) });
    } else if (!source && this.#map.getStyle()) {
      drawn.busy = true;
      drawn.unsent = [];
      this.#map.addSource(sourceOf(taskId), {
        type: 'geojson',
        data: { type: 'FeatureCollection', features: [...drawn.features.values()] },
      });
      for (const layer of layersOf(taskId, this.#look(drawn.settled))) this.#map.addLayer(layer);
    }
  }

  #paint(taskId: string, { settled }: Drawn): void {
    if (!this.#source(taskId)) return;
    const { colour, dash } = this.#look(settled);
    const [lines, points] = layerIdsOf(taskId);
    this.#map.setPaintProperty(lines, 'line-color', colour);
    this.#map.setPaintProperty(lines, 'line-dasharray', dash);
    this.#map.setPaintProperty(points, 'circle-color', colour);
  }

  #look(settled: boolean): Look {
    return settled
      ? { colour: this.#colours.settled, dash: undefined }
      : { colour: this.#colours.pending, dash: DASH };
  }
}

interface Look {
  colour: string;
  /** Undefined: solid. */
  dash: number[] | undefined;
}

const sourceOf = (taskId: string) => `lrt-${taskId}`;
const layerIdsOf = (taskId: string) => [`lrt-${taskId}-lines`, `lrt-${taskId}-points`] as const;

/** Fainter and smaller the more of a town is seen. A polygon is drawn by its rings. */
function layersOf(taskId: string, { colour, dash }: Look): LayerSpecification[] {
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
        ...(dash && { 'line-dasharray': dash }),
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
