import type { EventsKey } from 'ol/events.js';
import LayerGroup from 'ol/layer/Group.js';
import type OlMap from 'ol/Map.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import { unByKey } from 'ol/Observable.js';
import { getPointResolution, transform } from 'ol/proj.js';
import type { GeoFeature, Position } from '../../contract/index.ts';
import type { DrawnTask } from '../base/DrawnTask.ts';
import type { FreshDrop } from '../base/FreshDrops.ts';
import { MapOverlay } from '../base/MapOverlay.ts';
import { MenuPress } from '../base/MenuPress.ts';
import type { Marks } from '../base/marks.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { PointerPlace } from '../base/PointerPlace.ts';
import { FeatureLayers } from './FeatureLayers.ts';
import { MarksLayer } from './MarksLayer.ts';

/** Shows on an OpenLayers map what tasks build. All tasks share the layers, so that a frame draws nine at most. */
export class OpenLayersOverlay extends MapOverlay {
  /**
   * It lies on top of the layers that the map had before; `layer.setZIndex()` puts it elsewhere. `lines`, `points` and `marks`
   * are the groups in it, for an application that has layers of its own between them.
   */
  readonly layer: LayerGroup;
  readonly lines: LayerGroup;
  readonly points: LayerGroup;
  readonly marks: LayerGroup;
  readonly #map: OlMap;
  readonly #features = new FeatureLayers();
  readonly #marks: MarksLayer;
  readonly #keys: EventsKey[];
  readonly #pointer: PointerPlace<MapBrowserEvent>;
  readonly #press: MenuPress;

  constructor(map: OlMap, options?: OverlayOptions) {
    super(options);
    this.#map = map;
    this.#marks = new MarksLayer(() => ({ colours: this.colours, direction: directionOf(map) }));
    this.lines = this.#features.lines;
    this.points = this.#features.points;
    this.marks = new LayerGroup({ layers: [this.#marks.layer] });
    this.layer = new LayerGroup({ layers: [this.lines, this.points, this.marks] });
    map.addLayer(this.layer);
    this.#pointer = new PointerPlace((event?: MapBrowserEvent) => {
      const at = event && this.#placeOf(event);
      if (at) this.hovered(...at);
      else this.hovered();
    });
    this.#press = new MenuPress(map.getViewport());
    this.#keys = [
      map.on('singleclick', (event) => {
        const at = this.#press.hasMenu ? undefined : this.#placeOf(event);
        if (at) this.clicked(...at);
      }),
      map.on('pointermove', (event) => this.#pointer.moved(event.dragging ? undefined : event)),
      map.on('movestart', () => this.#pointer.moved()),
    ];
    map.getViewport()?.addEventListener('pointerleave', this.#leave);
  }

  override dispose(): void {
    super.dispose();
    unByKey(this.#keys);
    this.#map.getViewport()?.removeEventListener('pointerleave', this.#leave);
    this.#pointer.dispose();
    this.#press.dispose();
    this.#map.removeLayer(this.layer);
    this.#features.dispose();
    this.#marks.dispose();
    this.marks.dispose();
    this.layer.dispose();
  }

  protected override draw(task: DrawnTask, added: readonly GeoFeature[], moved: readonly GeoFeature[]): void {
    this.#features.add(task.id, this.#groupOf(task, added));
    // Each pole of a large task becomes crowded once. To draw everything again each time would hold up the page.
    const known = new Set(added.map(({ id }) => id));
    const others = moved.filter(({ id }) => !known.has(id));
    if (others.length > 0) this.#features.move(task.id, this.#groupOf(task, others));
  }

  protected override restyle(task: DrawnTask): void {
    this.#features.restyle(task.id, this.#groupOf(task, []));
  }

  protected override erase(): void {
    this.#redrawAll();
  }

  protected override drawFresh(drops: readonly FreshDrop[]): void {
    const { halo } = this.colours;
    this.#features.showFresh(drops, (colour) => ({
      colour,
      halo,
      dashed: true,
      dotted: false,
      filled: false,
    }));
  }

  protected override drawMarks(marks: Marks): void {
    this.#marks.show(marks);
  }

  /** All tasks share the pictures, so a task that goes leaves holes in them: they are painted again. */
  #redrawAll(): void {
    const tasks = [...this.drawnTasks()];
    this.#features.reset(tasks.map((task) => [task.id, this.#groupOf(task, task.features.values())]));
  }

  #groupOf(task: DrawnTask, features: Iterable<GeoFeature>) {
    return { features, bundles: task.bundles, look: this.lookOf(task) };
  }

  #leave = (): void => this.#pointer.moved();

  /** Returns where an event happened in WGS 84, and the metres a pixel there. */
  #placeOf({ pixel }: MapBrowserEvent): [at: Position, metresPerPixel: number] | undefined {
    const view = this.#map.getView();
    const [projection, resolution] = [view.getProjection(), view.getResolution()];
    // An application may speak WGS 84 to its map. The pixel is the same in any case.
    const coordinate = this.#map.getCoordinateFromPixelInternal(pixel);
    if (!coordinate || resolution === undefined) return undefined;
    const [longitude = 0, latitude = 0] = transform(coordinate, projection, 'EPSG:4326');
    return [[longitude, latitude], getPointResolution(projection, resolution, coordinate, 'm')];
  }
}

function directionOf(map: OlMap): 'ltr' | 'rtl' {
  const target = map.getTargetElement();
  // The map's own element may have another direction than the page, so that OpenLayers draws names as it should.
  return target && getComputedStyle(target.parentElement ?? target).direction === 'rtl' ? 'rtl' : 'ltr';
}
