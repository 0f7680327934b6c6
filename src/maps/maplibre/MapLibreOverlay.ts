import type {
  GeoJSONSource,
  LayerSpecification,
  Map as MapLibre,
  MapMouseEvent,
  MapSourceDataEvent,
} from 'maplibre-gl';
import { boundsOf, type GeoFeature, type Position } from '../../contract/index.ts';
import type { DrawnTask } from '../base/DrawnTask.ts';
import type { FreshDrop } from '../base/FreshDrops.ts';
import { MapOverlay } from '../base/MapOverlay.ts';
import { MenuPress } from '../base/MenuPress.ts';
import type { Marks } from '../base/marks.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { PointerPlace } from '../base/PointerPlace.ts';
import { kindOf } from '../base/symbology.ts';
import { layersOf, METRES_AT_ZERO, signsOf, sourceFeatures, sourceOf, type TaskLook } from './layers.ts';
import { MapLibreMarks } from './MapLibreMarks.ts';
import { drawSign, nameOf } from './signs.ts';

const FRESH = 'lrt-fresh';
/** The second click of a double click comes within this time. */
const DOUBLE_CLICK_MS = 250;

/** Says which part of a task the map has been given. */
interface Given {
  latitude: number;
  hasCables: boolean;
  /** MapLibre works on one change of a source at a time. Until it is done, further features wait. */
  isBusy: boolean;
  unsent: GeoFeature[];
  /** Drops that belong to another bundle now. */
  moved: Set<string>;
}

/**
 * Shows on a MapLibre map what tasks build. Each task has one source with some layers: to settle a task is to change
 * their colours, and to erase it is to drop its source, however much was drawn.
 */
export class MapLibreOverlay extends MapOverlay {
  readonly #map: MapLibre;
  readonly #given = new Map<string, Given>();
  readonly #marks: MapLibreMarks;
  readonly #press: MenuPress;
  #clicking: ReturnType<typeof setTimeout> | undefined;

  constructor(map: MapLibre, options?: OverlayOptions) {
    super(options);
    this.#map = map;
    this.#marks = new MapLibreMarks(map, () => this.colours);
    map.on('styledata', this.#restore);
    map.on('sourcedata', this.#goOn);
    map.on('click', this.#onClick);
    this.#press = new MenuPress(map.getCanvasContainer());
    map.on('mousemove', this.#onPointer);
    map.on('mouseout', this.#onLeave);
    map.on('movestart', this.#onLeave);
  }

  override dispose(): void {
    this.#map.off('styledata', this.#restore);
    this.#map.off('sourcedata', this.#goOn);
    this.#map.off('click', this.#onClick);
    this.#map.off('mousemove', this.#onPointer);
    this.#map.off('mouseout', this.#onLeave);
    this.#map.off('movestart', this.#onLeave);
    this.#pointer.dispose();
    this.#press.dispose();
    clearTimeout(this.#clicking);
    super.dispose();
    this.#marks.dispose();
    this.#removeFresh();
  }

  /** Features that come while MapLibre is at work wait, and go with the next change. */
  protected override draw(task: DrawnTask, added: readonly GeoFeature[], moved: readonly GeoFeature[]): void {
    const given = this.#given.get(task.id);
    const source = this.#source(task.id);
    if (!given || !source) {
      this.#addSource(task);
      return;
    }
    for (const feature of added) given.unsent.push(feature);
    for (const { id } of moved) given.moved.add(id);
    const isFirstCable = !given.hasCables && added.some(isCableOrRoute);
    if (isFirstCable) {
      given.hasCables = true;
      this.restyle(task);
    }
    if (!given.isBusy) this.#send(task, given, source);
  }

  #send({ bundles }: DrawnTask, given: Given, source: GeoJSONSource): void {
    const unsent = new Set(given.unsent.map(({ id }) => id));
    const update = [...given.moved]
      .filter((id) => !unsent.has(id))
      .map((id) => ({
        id,
        addOrUpdateProperties: [{ key: 'lrtBundle', value: bundles.bundleOf(id) }],
      }));
    const add = given.unsent.flatMap((feature) => sourceFeatures(feature, bundles));
    given.unsent = [];
    given.moved.clear();
    if (add.length + update.length === 0) return;
    given.isBusy = true;
    source.updateData({ add, ...(update.length > 0 && { update }) });
  }

  protected override restyle(task: DrawnTask): void {
    const given = this.#given.get(task.id);
    if (!given || !this.#source(task.id)) {
      this.#addSource(task);
      return;
    }
    const look = this.#lookOf(task, given);
    this.#addPictures(look);
    const { lines, points } = layersOf(look);
    for (const layer of [...lines, ...points]) {
      const shown = this.#map.getLayer(layer.id);
      if (shown) this.#change(layer);
      else this.#map.addLayer(layer, this.#aboveLines());
    }
  }

  protected override erase({ id }: DrawnTask): void {
    this.#given.delete(id);
    if (!this.#source(id)) return;
    const source = sourceOf(id);
    for (const layer of this.#map.getLayersOrder()) {
      if (this.#map.getLayer(layer)?.source === source) this.#map.removeLayer(layer);
    }
    this.#map.removeSource(source);
  }

  protected override drawFresh(drops: readonly FreshDrop[]): void {
    if (!this.#map.style || !this.#map.getStyle()) return;
    const data = {
      type: 'FeatureCollection' as const,
      features: drops.map(({ feature: { type, geometry }, colour }) => ({
        type,
        geometry,
        properties: { colour },
      })),
    };
    const source = this.#map.getSource<GeoJSONSource>(FRESH);
    if (source) {
      source.setData(data);
      return;
    }
    if (drops.length === 0) return;
    this.#map.addSource(FRESH, { type: 'geojson', data });
    this.#map.addLayer(
      { id: FRESH, source: FRESH, type: 'line', paint: { 'line-color': ['get', 'colour'], 'line-width': 1 } },
      this.#aboveLines(),
    );
  }

  protected override drawMarks(marks: Marks): void {
    this.#marks.show(marks);
  }

  /** Changes only what differs: MapLibre computes a whole layer again for some properties. */
  #change(layer: LayerSpecification): void {
    const { id } = layer;
    const map = this.#map;
    const isOther = (value: unknown, shown: unknown) => JSON.stringify(value) !== JSON.stringify(shown);
    if (layer.type === 'line') {
      for (const name of ['line-color', 'line-opacity', 'line-dasharray'] as const) {
        const value = layer.paint?.[name];
        if (isOther(value, map.getPaintProperty(id, name))) map.setPaintProperty(id, name, value);
      }
      const cap = layer.layout?.['line-cap'];
      if (isOther(cap, map.getLayoutProperty(id, 'line-cap'))) map.setLayoutProperty(id, 'line-cap', cap);
    } else if (layer.type === 'circle') {
      const colour = layer.paint?.['circle-color'];
      if (isOther(colour, map.getPaintProperty(id, 'circle-color')))
        map.setPaintProperty(id, 'circle-color', colour);
    } else if (layer.type === 'symbol') {
      const image = layer.layout?.['icon-image'];
      if (isOther(image, map.getLayoutProperty(id, 'icon-image')))
        map.setLayoutProperty(id, 'icon-image', image);
    }
  }

  #lookOf(task: DrawnTask, { latitude, hasCables }: Given): TaskLook {
    return { id: task.id, look: this.lookOf(task), bundles: task.bundles, latitude, hasCables };
  }

  #addPictures(look: TaskLook): void {
    for (const sign of Object.values(signsOf(look))) {
      if (this.#map.hasImage(nameOf(sign))) continue;
      const { picture, pixelRatio } = drawSign(sign);
      this.#map.addImage(nameOf(sign), picture, { pixelRatio });
    }
  }

  /** A map has no style before the first one has come, and none after `map.remove()`. */
  #source(taskId: string): GeoJSONSource | undefined {
    return this.#map.style ? this.#map.getSource(sourceOf(taskId)) : undefined;
  }

  /** While a style is loading, no source can be added to it: `#restore` adds it then. */
  #addSource(task: DrawnTask): void {
    if (!this.#map.style || !this.#map.getStyle()) return;
    const all = [...task.features.values()];
    const latitude = boundsOf(all.slice(0, 1).map(({ geometry }) => geometry))?.[1] ?? 0;
    const hasCables = all.some(isCableOrRoute);
    const given: Given = { latitude, hasCables, isBusy: true, unsent: [], moved: new Set() };
    this.#given.set(task.id, given);
    const features = all.flatMap((feature) => sourceFeatures(feature, task.bundles));
    this.#map.addSource(sourceOf(task.id), {
      type: 'geojson',
      data: { type: 'FeatureCollection', features },
    });
    const look = this.#lookOf(task, given);
    this.#addPictures(look);
    const { lines, points } = layersOf(look);
    const above = this.#aboveLines();
    for (const layer of lines) this.#map.addLayer(layer, above);
    for (const layer of points) this.#map.addLayer(layer);
  }

  /**
   * Returns the layer that lines go under: the first with names, so that no line hides a name, or the first of our points.
   * Undefined where there is neither.
   */
  #aboveLines(): string | undefined {
    const points = new Set([...this.drawnTasks()].map(({ id }) => `${sourceOf(id)}-dots`));
    return this.#map.getLayersOrder().find((id) => {
      if (points.has(id)) return true;
      return (
        this.#map.getLayer(id)?.type === 'symbol' && this.#map.getLayoutProperty(id, 'text-field') != null
      );
    });
  }

  #removeFresh(): void {
    if (!this.#map.style || !this.#map.getSource(FRESH)) return;
    this.#map.removeLayer(FRESH);
    this.#map.removeSource(FRESH);
  }

  /** Another style has no sources but its own. */
  #restore = (): void => {
    for (const task of this.drawnTasks()) if (!this.#source(task.id)) this.#addSource(task);
  };

  #goOn = ({ sourceId, sourceDataType }: MapSourceDataEvent): void => {
    if (sourceDataType !== 'content') return;
    for (const task of this.drawnTasks()) {
      const given = this.#given.get(task.id);
      if (sourceOf(task.id) !== sourceId || !given) continue;
      given.isBusy = false;
      const source = this.#source(task.id);
      if (source && given.unsent.length + given.moved.size > 0) this.#send(task, given, source);
    }
  };

  /** A double click zooms, and is no click on what lies there: so the map waits for it. */
  #onClick = (event: MapMouseEvent): void => {
    clearTimeout(this.#clicking);
    if (this.#press.hasMenu || event.originalEvent.detail > 1) return;
    const place = this.#placeOf(event);
    this.#clicking = setTimeout(() => this.clicked(...place), DOUBLE_CLICK_MS);
  };

  readonly #pointer = new PointerPlace((event?: MapMouseEvent) => {
    if (event) this.hovered(...this.#placeOf(event));
    else this.hovered();
  });

  #onPointer = (event: MapMouseEvent): void => this.#pointer.moved(this.#map.isMoving() ? undefined : event);

  #onLeave = (): void => this.#pointer.moved();

  #placeOf({ lngLat: { lng, lat } }: MapMouseEvent): [at: Position, metresPerPixel: number] {
    const metres = METRES_AT_ZERO * Math.cos((lat * Math.PI) / 180);
    return [[((((lng + 180) % 360) + 360) % 360) - 180, lat], metres / 2 ** this.#map.getZoom()];
  }
}

const isCableOrRoute = (feature: GeoFeature) => ['cable', 'route'].includes(kindOf(feature));
