import { fromLonLat, getPointResolution, toLonLat, transformExtent } from 'ol/proj.js';
import type View from 'ol/View.js';
import type { BoundingBox, GeoFeature, Position } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';
import { hostFeature } from '../../src/host/hostFeature.ts';
import type { OpenLayersOverlay } from '../../src/maps/openlayers/index.ts';
import type { SourceName, Sources } from './baseLayers.ts';
import { geoOf } from './geoOf.ts';
import { ALL_SHOWN, type MapLayerName, type MapLayerStates } from './mapLayers.ts';
import { pickAll } from './pick.ts';

/** Preferred first, where several lie under the pointer. */
const SELECTABLE: SourceName[] = ['pole', 'equipment', 'wallBox', 'address', 'cable', 'route', 'design'];
/** A table of the map begins with what was built. */
const IN_A_TABLE: SourceName[] = ['equipment', 'cable', 'route', 'wallBox', 'pole', 'design', 'address'];
/** A choice of more features would be longer than the panel. */
const MOST_HERE = 50;
/** A click on one of these is never on what a task builds, even where drops lie over it. */
const OWN_CLICKS = ['pole', 'wall_box'];
/** A click on a layer that the user has switched off hits nothing. */
const LAYER_OF: Readonly<Record<SourceName, MapLayerName>> = {
  street: 'streets',
  design: 'designs',
  address: 'addresses',
  wallBox: 'addresses',
  pole: 'poles',
  equipment: 'equipment',
  cable: 'cables',
  route: 'routes',
};
/** "Tasks here" finds the tasks of a box that reaches so many pixels to each side. */
const AROUND_PIXELS = 16;

/** A click or a move of the pointer, as OpenLayers reports it. */
interface Click {
  coordinate: number[];
  originalEvent: object;
}

/** Says what lies where a user points at the host's map. */
export class MapClicks {
  readonly #view: View;
  readonly #sources: Sources;
  readonly #listeners = new Set<() => void>();
  #layers: MapLayerStates = ALL_SHOWN;

  constructor(view: View, sources: Sources) {
    this.#view = view;
    this.#sources = sources;
  }

  setLayers(states: MapLayerStates): void {
    this.#layers = states;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls the listener when layers were switched. Returns what ends the subscription. */
  onLayers(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Returns the host's feature under the pointer. */
  hit(click: Click): HostFeature | null {
    return this.hits(click)[0] ?? null;
  }

  /** Returns all of the host's features under the pointer, the one that the user most likely means first. */
  hits({ coordinate, originalEvent }: Click): HostFeature[] {
    const touched = 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
    return this.#hitsAt(coordinate, touched ? 'finger' : 'pointer');
  }

  /** True where a click belongs to the host, even if a task has drawn something there. */
  owns([longitude, latitude]: Position): boolean {
    return isOwn(this.#hitsAt(fromLonLat([longitude, latitude]), 'pointer')[0] ?? null);
  }

  /**
   * Returns what lies under a click: the first is selected, and none means that nothing is. Undefined where the click is on what a
   * task builds: a click does one thing.
   */
  selects(click: Click, overlay: Pick<OpenLayersOverlay, 'pickAt'>): HostFeature[] | undefined {
    const hits = this.hits(click);
    if (isOwn(hits[0] ?? null)) return hits;
    const metres = getPointResolution(this.#view.getProjection(), this.#resolution, click.coordinate, 'm');
    return overlay.pickAt(this.placeOf(click.coordinate), metres) ? undefined : hits;
  }

  /** Returns a place in WGS 84; without a coordinate of the map, the map's middle. */
  placeOf(coordinate = this.#view.getCenter() ?? [0, 0]): Position {
    const [longitude = 0, latitude = 0] = toLonLat(coordinate);
    return [longitude, latitude];
  }

  /** Returns the design that has something of the network at a point: a record of master is seen as this design sees it. */
  designAt(at: Position): string | undefined {
    const [west, south, east, north] = this.boxAround(at, 1);
    const extent = transformExtent([west, south, east, north], 'EPSG:4326', this.#view.getProjection());
    for (const name of ['wallBox', 'equipment', 'route'] as const) {
      for (const feature of this.#sources[name].getFeaturesInExtent(extent)) {
        const design = geoOf(feature)?.properties.design;
        if (typeof design === 'string') return design;
      }
    }
    return undefined;
  }

  boxAround([longitude, latitude]: Position, pixels = AROUND_PIXELS): BoundingBox {
    const reach = pixels * this.#resolution;
    const [x = 0, y = 0] = fromLonLat([longitude, latitude]);
    const box = [x - reach, y - reach, x + reach, y + reach];
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(
      box,
      this.#view.getProjection(),
      'EPSG:4326',
    );
    return [west, south, east, north];
  }

  get #resolution(): number {
    return this.#view.getResolution() ?? 1;
  }

  /** Returns what the shown layers have in a part of the map. */
  shownIn(extent: number[], most: number): GeoFeature[] {
    const found: GeoFeature[] = [];
    for (const name of IN_A_TABLE) {
      if (!this.#isShown(name)) continue;
      for (const feature of this.#sources[name].getFeaturesInExtent(extent)) {
        const geo = geoOf(feature);
        if (geo) found.push(geo);
        if (found.length >= most) return found;
      }
    }
    return found;
  }

  #isShown(name: SourceName): boolean {
    return this.#layers[LAYER_OF[name]].isOn || (name === 'route' && this.#layers.drops.isOn);
  }

  #hitsAt(coordinate: number[], by: 'finger' | 'pointer'): HostFeature[] {
    const shown = SELECTABLE.filter((name) => this.#isShown(name));
    const sources = shown.map((name) => this.#sources[name]);
    return pickAll(coordinate, this.#resolution, sources, by)
      .slice(0, MOST_HERE)
      .flatMap((feature) => geoOf(feature) ?? [])
      .map((geo) => hostFeature(geo));
  }
}

const isOwn = (hit: HostFeature | null) => hit !== null && OWN_CLICKS.includes(hit.getType());
