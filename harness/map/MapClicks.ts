import { fromLonLat, getPointResolution, toLonLat, transformExtent } from 'ol/proj.js';
import type View from 'ol/View.js';
import type { BoundingBox, GeoFeature, Position } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';
import { hostFeature } from '../../src/host/hostFeature.ts';
import type { OpenLayersOverlay } from '../../src/maps/openlayers/index.ts';
import type { SourceName, Sources } from './baseLayers.ts';
import { pick } from './pick.ts';

/** Preferred first, where several lie under the pointer. */
const SELECTABLE: SourceName[] = ['pole', 'wallBox', 'address', 'route', 'design'];
/** A click on one of these is never on what a task builds, even where drops lie over it. */
const OWN_CLICKS = ['pole', 'wall_box'];
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

  constructor(view: View, sources: Sources) {
    this.#view = view;
    this.#sources = sources;
  }

  /** Returns the host's feature under the pointer. */
  hit({ coordinate, originalEvent }: Click): HostFeature | null {
    const touched = 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
    return this.#hitAt(coordinate, touched ? 'finger' : 'pointer');
  }

  /** True where a click belongs to the host, even if a task has drawn something there. */
  owns([longitude, latitude]: Position): boolean {
    return isOwn(this.#hitAt(fromLonLat([longitude, latitude]), 'pointer'));
  }

  /** Returns what a click selects; null: nothing. Undefined where the click is on what a task builds: a click does one thing. */
  selects(click: Click, overlay: Pick<OpenLayersOverlay, 'pickAt'>): HostFeature | null | undefined {
    const hit = this.hit(click);
    if (isOwn(hit)) return hit;
    const metres = getPointResolution(this.#view.getProjection(), this.#resolution, click.coordinate, 'm');
    return overlay.pickAt(this.placeOf(click.coordinate), metres) ? undefined : hit;
  }

  /** Returns a place in WGS 84; without a coordinate of the map, the map's middle. */
  placeOf(coordinate = this.#view.getCenter() ?? [0, 0]): Position {
    const [longitude = 0, latitude = 0] = toLonLat(coordinate);
    return [longitude, latitude];
  }

  boxAround([longitude, latitude]: Position): BoundingBox {
    const reach = AROUND_PIXELS * this.#resolution;
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

  #hitAt(coordinate: number[], by: 'finger' | 'pointer'): HostFeature | null {
    const sources = SELECTABLE.map((name) => this.#sources[name]);
    const geo: GeoFeature | undefined = pick(coordinate, this.#resolution, sources, by)?.get('geo');
    return geo ? hostFeature(geo) : null;
  }
}

const isOwn = (hit: HostFeature | null) => hit !== null && OWN_CLICKS.includes(hit.getType());
