import ScaleLine from 'ol/control/ScaleLine.js';
import { createEmpty, extend } from 'ol/extent.js';
import Feature from 'ol/Feature.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import { transformExtent } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import type { BoundingBox, GeoFeature, Position } from '../../src/contract/index.ts';
import type { HostFeature, MapMove, MapSketches } from '../../src/host/contract.ts';
import { MenuPress } from '../../src/maps/base/MenuPress.ts';
import {
  createOpenLayersMap,
  type OpenLayersMap,
  type OpenLayersOverlay,
  overlayColours,
} from '../../src/maps/openlayers/index.ts';
import type { DrawingMap, Shape } from '../../standin/platform/map.ts';
import { type BaseLayers, createBaseLayers, createSources, mapGeometry, SOURCE_NAMES } from './baseLayers.ts';
import { GroundLayers } from './GroundLayers.ts';
import { LegendReader } from './LegendReader.ts';
import type { MapLegend } from './legend.ts';
import { MapClicks } from './MapClicks.ts';
import { type MapContent, MapData } from './MapData.ts';
import type { MapLayerStates } from './mapLayers.ts';
import { NetworkLayers } from './NetworkLayers.ts';
import { PluginLayers } from './PluginLayers.ts';
import { type MapTheme, mapPalettes } from './palette.ts';
import { createStyles } from './styles.ts';
import { TracedPath } from './TracedPath.ts';

/** Lines lie below poles and names, addresses that are connected over them, and failed items and the outline over all that. */
const ORDER = { network: { lines: 40, points: 85 }, taskLines: 45, taskPoints: 86, taskMarks: 88 };
/** A network that takes longer to be painted is shown as far as it is. */
const PAINTED_WITHIN_MS = 1_500;

/** The host's map: WGS 84 outside, Web Mercator inside, nothing fetched but what it is given. */
export class NetworkMap implements DrawingMap {
  readonly taskOverlay: OpenLayersOverlay;
  /** Called when the user selects, with all that was hit. The first is what the user most likely means, unless `at` says another. */
  onSelect: (hits: readonly HostFeature[], at?: number) => void = () => undefined;
  readonly #map: OlMap;
  readonly #host: OpenLayersMap;
  readonly #view = new View({ minZoom: 2, maxZoom: 21, showFullExtent: true });
  readonly #sources = createSources();
  readonly #base: BaseLayers;
  readonly #ground: GroundLayers;
  readonly #data: MapData;
  readonly #plugins: PluginLayers;
  /** Says what lies where a user points, or in view. */
  readonly clicks: MapClicks;
  readonly #press: MenuPress;
  readonly #selection = new VectorLayer({ source: new VectorSource(), zIndex: 70 });
  readonly #network: NetworkLayers;
  /** The way of a fibre, where one is traced. */
  readonly path: TracedPath;
  readonly #legend: LegendReader;
  #theme: MapTheme;
  #zoomingTo: number | undefined;

  /** `reload` reads the stored network again and hands it to `show`. */
  constructor(theme: MapTheme, reload: (taskId: string) => Promise<void>) {
    this.#theme = theme;
    this.#network = new NetworkLayers(theme);
    this.#ground = new GroundLayers(theme);
    this.path = new TracedPath(theme);
    this.#data = new MapData({ sources: this.#sources, ground: this.#ground, network: this.#network });
    const palette = mapPalettes[theme];
    const styles = createStyles(palette);
    const base = createBaseLayers(this.#sources, styles);
    this.#base = base;
    this.#selection.setStyle(styles.selection);
    this.#map = new OlMap({
      view: this.#view,
      layers: [
        ...base.layers,
        ...this.#ground.layers,
        ...this.#network.place(ORDER.network),
        this.#selection,
        this.path.layer,
      ],
      controls: [new ScaleLine({ minWidth: 72 })],
      // OpenLayers' own default ignores drags and the wheel until a map with a `tabIndex` has the focus.
      interactions: defaultInteractions({ onFocusOnly: false }),
    });
    this.#plugins = new PluginLayers(this.#map);
    this.clicks = new MapClicks(this.#view, this.#sources);
    this.#press = new MenuPress(this.#map.getViewport());
    this.#host = createOpenLayersMap(this.#map, {
      colours: overlayColours[theme],
      onSettled: reload,
      ownsClick: (at) => this.clicks.owns(at),
    });
    this.taskOverlay = this.#host.taskOverlay;
    this.taskOverlay.lines.setZIndex(ORDER.taskLines);
    this.taskOverlay.points.setZIndex(ORDER.taskPoints);
    this.taskOverlay.marks.setZIndex(ORDER.taskMarks);
    this.#map.on('singleclick', (event) => {
      const selected = this.#press.hasMenu ? undefined : this.clicks.selects(event, this.taskOverlay);
      if (selected !== undefined) this.onSelect(selected);
    });
    this.#map.on('pointermove', (event) => {
      const viewport = this.#map.getViewport();
      if (viewport && !event.dragging) viewport.style.cursor = this.clicks.hit(event) ? 'pointer' : '';
    });
    this.#legend = new LegendReader({
      view: this.#view,
      map: this.#map,
      sources: this.#sources,
      ofTasks: () => this.taskOverlay.legend(this.getBounds()),
      isSelected: (extent) => (this.#selection.getSource()?.getFeaturesInExtent(extent).length ?? 0) > 0,
    });
    this.#map.on('postrender', () => {
      this.#publish();
      this.#legend.read();
    });
  }

  /** Shows the map in an element; the function it returns takes it out again. */
  attach(element: HTMLElement): () => void {
    // Focused, it takes keys: arrows pan, + and - zoom.
    element.tabIndex = 0;
    this.#map.setTarget(element);
    this.#colourSigns();
    return () => this.#map.setTarget(undefined);
  }

  dispose(): void {
    this.#host.dispose();
    this.#press.dispose();
    this.#legend.dispose();
    this.#data.dispose();
    this.#network.dispose();
    this.#ground.dispose();
    this.path.dispose();
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }

  /** Resolves when the content is on the map, and painted where it is of the network. */
  async show(content: Partial<MapContent>): Promise<void> {
    await this.#data.show(content);
    await this.#painted();
  }

  /** Switches layers, and sets how opaque they are. */
  setLayers(states: MapLayerStates): void {
    this.#base.setLayers(states);
    this.#ground.setLayer('address', states.addresses);
    this.#ground.setLayer('pole', states.poles);
    for (const kind of ['addresses', 'poles', 'routes', 'drops', 'cables', 'equipment'] as const)
      this.#network.setLayer(kind, states[kind]);
    this.clicks.setLayers(states);
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    const styles = createStyles(mapPalettes[theme]);
    this.#base.setStyles(styles);
    this.#network.setTheme(theme);
    this.#ground.setTheme(theme);
    this.path.setTheme(theme);
    this.#selection.setStyle(styles.selection);
    this.taskOverlay.setColours(overlayColours[theme]);
    this.#colourSigns();
  }

  /** Marks a feature as selected; null marks none. */
  highlight(feature: HostFeature | null): void {
    const source = this.#selection.getSource();
    source?.clear();
    if (feature?.geometry) source?.addFeature(new Feature(mapGeometry(feature.geometry)));
  }

  /** Draws a layer of a plugin; `shapes` null: it is gone. */
  drawLayer(layer: object, shapes: readonly Shape[] | null): void {
    this.#plugins.draw(layer, shapes);
  }

  /** Returns what lies in the middle of the map, as near as a finger would hit it. */
  hitsInMiddle(): HostFeature[] {
    return this.clicks.hits({
      coordinate: this.#view.getCenter() ?? [0, 0],
      originalEvent: { pointerType: 'touch' },
    });
  }

  onMove(listener: (move: MapMove) => void): () => void {
    return this.#host.onMove(listener);
  }

  /** Returns what is in view, for the legend: the same object until that changes. */
  getLegend = (): MapLegend => this.#legend.current;

  onLegend = (listener: () => void): (() => void) => this.#legend.subscribe(listener);

  get sketches(): MapSketches {
    return this.#host.sketches;
  }

  container(): HTMLElement | undefined {
    return this.#host.container();
  }

  getBounds(): BoundingBox {
    return this.#host.getBounds();
  }

  noticePlace(): HTMLElement | undefined {
    return this.#host.noticePlace();
  }

  /** Returns the place under a point of the page that shows the map; without one, the map's middle. */
  placeAt(point?: { clientX: number; clientY: number }): Position {
    return this.clicks.placeOf(point && this.#map.getEventCoordinate(new MouseEvent('contextmenu', point)));
  }

  /** Returns what the layers that are switched on show in view, network before ground, and no more than `most`. */
  featuresInView(most: number): GeoFeature[] {
    return this.#view.isDef()
      ? this.clicks.shownIn(this.#view.calculateExtent(this.#map.getSize()), most)
      : [];
  }

  fitBounds(bounds: BoundingBox): void {
    this.#host.fitBounds(bounds);
  }

  zoomTo(feature: HostFeature): void {
    this.#host.zoomTo(feature);
  }

  /** Everything there is, at once. */
  showAll(): void {
    // The sources know their extent. Going over 200,000 features would hold up the page.
    const extent = createEmpty();
    for (const name of SOURCE_NAMES) extend(extent, this.#sources[name].getExtent() ?? createEmpty());
    if (!extent.every(Number.isFinite)) return;
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(extent, 'EPSG:3857', 'EPSG:4326');
    this.fitBounds([west, south, east, north]);
  }

  zoomBy(levels: number): void {
    // While the map moves, its zoom is on the way to where the last click wanted it.
    const from = this.#view.getAnimating() ? (this.#zoomingTo ?? this.#view.getZoom()) : this.#view.getZoom();
    if (from === undefined) return;
    const zoom = this.#view.getConstrainedZoom(from + levels) ?? from;
    this.#zoomingTo = zoom;
    this.#view.cancelAnimations();
    this.#view.animate({ zoom, duration: this.#duration() / 2 }, () => {
      if (this.#zoomingTo === zoom && !this.#view.getAnimating()) this.#zoomingTo = undefined;
    });
  }

  /** The ground, and the legend's signs, take their colours from the map's. */
  #colourSigns(): void {
    const { style } = this.#map.getTargetElement()?.closest<HTMLElement>('.map-view') ?? {};
    if (!style) return;
    for (const [name, colour] of Object.entries(mapPalettes[this.#theme])) {
      style.setProperty(`--map-${name}`, colour);
    }
  }

  #duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
  }

  /** Waits until the network is painted. A map that nobody sees paints nothing. */
  async #painted(): Promise<void> {
    const until = Date.now() + PAINTED_WITHIN_MS;
    while (
      !this.#network.isComplete &&
      this.#map.getTargetElement() &&
      !document.hidden &&
      Date.now() < until
    )
      await new Promise(requestAnimationFrame);
  }

  /** Says on the element how much is drawn. Tests read that, and style sheets may. */
  #publish(): void {
    const element = this.#map.getTargetElement();
    if (!element) return;
    const data: Record<string, string> = {
      committed: String(
        this.#sources.route.getFeatures().length + this.#sources.wallBox.getFeatures().length,
      ),
      uncommitted: String(this.taskOverlay.pending),
      plugins: String(this.#plugins.count),
      bounds: this.getBounds().join(),
    };
    for (const [key, value] of Object.entries(data)) {
      if (element.dataset[key] !== value) element.dataset[key] = value;
    }
  }
}
