import ScaleLine from 'ol/control/ScaleLine.js';
import Feature from 'ol/Feature.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import {
  type BoundingBox,
  boundsOf,
  type GeoFeature,
  type Geometry,
  type Position,
} from '../../src/contract/index.ts';
import type { HostFeature, MapMove, MapSketches } from '../../src/host/contract.ts';
import { MenuPress } from '../../src/maps/base/MenuPress.ts';
import {
  createOpenLayersMap,
  type OpenLayersMap,
  type OpenLayersOverlay,
  overlayColours,
} from '../../src/maps/openlayers/index.ts';
import type { DrawingMap, Shape } from '../../standin/platform/map.ts';
import {
  type BaseLayers,
  createBaseLayers,
  createSources,
  mapFeature,
  mapGeometry,
  type SourceName,
} from './baseLayers.ts';
import { LEGEND_SIGNS, type LegendSign, type MapLegend } from './legend.ts';
import { MapClicks } from './MapClicks.ts';
import { NetworkLayers } from './NetworkLayers.ts';
import { PluginLayers } from './PluginLayers.ts';
import { type MapTheme, mapPalettes } from './palette.ts';
import { createStyles } from './styles.ts';

/** The features that the map shows, by layer. */
export type MapContent = Record<SourceName, GeoFeature[]>;

/** Lines lie below poles and names, addresses that are connected over them, and failed items and the outline over all that. */
const ORDER = { network: { lines: 40, points: 85 }, taskLines: 45, taskPoints: 86, taskMarks: 88 };
/** A legend that follows each frame would cost more than it says. */
const LEGEND_MS = 300;

/** The host's map: WGS 84 outside, Web Mercator inside, nothing fetched but what it is given. */
export class NetworkMap implements DrawingMap {
  readonly taskOverlay: OpenLayersOverlay;
  /** Called when the user clicks: the feature hit, or null. */
  onSelect: (feature: HostFeature | null) => void = () => undefined;
  readonly #map: OlMap;
  readonly #host: OpenLayersMap;
  readonly #view = new View({ minZoom: 2, maxZoom: 21, showFullExtent: true });
  readonly #sources = createSources();
  readonly #base: BaseLayers;
  readonly #plugins: PluginLayers;
  readonly #clicks: MapClicks;
  readonly #press: MenuPress;
  readonly #selection = new VectorLayer({ source: new VectorSource(), zIndex: 70 });
  readonly #network: NetworkLayers;
  readonly #legendListeners = new Set<() => void>();
  #legend: MapLegend = { tasks: [], shown: [] };
  #legendAtMs = 0;
  #theme: MapTheme;
  #zoomingTo: number | undefined;

  /** `reload` reads the stored network again and hands it to `show`. */
  constructor(theme: MapTheme, reload: () => Promise<void>) {
    this.#theme = theme;
    this.#network = new NetworkLayers(theme);
    const palette = mapPalettes[theme];
    const styles = createStyles(palette);
    const base = createBaseLayers(this.#sources, styles);
    this.#base = base;
    this.#selection.setStyle(styles.selection);
    this.#map = new OlMap({
      view: this.#view,
      layers: [...base.layers, ...this.#network.place(ORDER.network), this.#selection],
      controls: [new ScaleLine({ minWidth: 72 })],
      // OpenLayers' own default ignores drags and the wheel until a map with a `tabIndex` has the focus.
      interactions: defaultInteractions({ onFocusOnly: false }),
    });
    this.#plugins = new PluginLayers(this.#map);
    this.#clicks = new MapClicks(this.#view, this.#sources);
    this.#press = new MenuPress(this.#map.getViewport());
    this.#host = createOpenLayersMap(this.#map, {
      colours: overlayColours[theme],
      onSettled: reload,
      ownsClick: (at) => this.#clicks.owns(at),
    });
    this.taskOverlay = this.#host.taskOverlay;
    this.taskOverlay.lines.setZIndex(ORDER.taskLines);
    this.taskOverlay.points.setZIndex(ORDER.taskPoints);
    this.taskOverlay.marks.setZIndex(ORDER.taskMarks);
    this.#map.on('singleclick', (event) => {
      const selected = this.#press.hasMenu ? undefined : this.#clicks.selects(event, this.taskOverlay);
      if (selected !== undefined) this.onSelect(selected);
    });
    this.#map.on('pointermove', (event) => {
      const viewport = this.#map.getViewport();
      if (viewport && !event.dragging) viewport.style.cursor = this.#clicks.hit(event) ? 'pointer' : '';
    });
    this.#map.on('postrender', () => {
      this.#publish();
      this.#readLegend();
    });
    // Between two frames of the legend something may have come into view.
    this.#map.on('rendercomplete', () => this.#readLegend());
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
    this.#network.dispose();
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }

  show(content: Partial<MapContent>): void {
    for (const name of SOURCE_NAMES) {
      const features = content[name];
      if (!features) continue;
      this.#sources[name].clear(true);
      this.#sources[name].addFeatures(features.map(mapFeature));
    }
    if (content.route || content.wallBox)
      this.#network.show([...this.#geoOf('route'), ...this.#geoOf('wallBox')]);
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    const styles = createStyles(mapPalettes[theme]);
    this.#base.setStyles(styles);
    this.#network.setTheme(theme);
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

  onMove(listener: (move: MapMove) => void): () => void {
    return this.#host.onMove(listener);
  }

  /** Returns what is in view, for the legend: the same object until that changes. */
  getLegend = (): MapLegend => this.#legend;

  onLegend = (listener: () => void): (() => void) => {
    this.#legendListeners.add(listener);
    return () => void this.#legendListeners.delete(listener);
  };

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
    return this.#clicks.placeOf(point && this.#map.getEventCoordinate(new MouseEvent('contextmenu', point)));
  }

  /** Returns a box of a few pixels around a place. */
  boxAround(at: Position): BoundingBox {
    return this.#clicks.boxAround(at);
  }

  fitBounds(bounds: BoundingBox): void {
    this.#host.fitBounds(bounds);
  }

  zoomTo(feature: HostFeature): void {
    this.#host.zoomTo(feature);
  }

  /** Everything there is, at once. */
  showAll(): void {
    const bounds = boundsOf(this.#everything());
    if (bounds) this.fitBounds(bounds);
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

  #geoOf(name: SourceName): GeoFeature[] {
    return this.#sources[name].getFeatures().map((feature) => feature.get('geo'));
  }

  #readLegend(): void {
    const now = Date.now();
    if (now - this.#legendAtMs < LEGEND_MS || !this.#view.isDef()) return;
    this.#legendAtMs = now;
    const extent = this.#view.calculateExtent(this.#map.getSize());
    const isSeen = (name: SourceName, is: (feature: Feature) => boolean = () => true) =>
      this.#sources[name].forEachFeatureInExtent(extent, (feature) => is(feature) || undefined) === true;
    const { tasks, failed, chosen } = this.taskOverlay.legend(this.getBounds());
    const selected = this.#selection.getSource()?.getFeaturesInExtent(extent).length ?? 0;
    const signs: Record<LegendSign, boolean> = {
      committed: isSeen('route') || isSeen('wallBox'),
      failed,
      chosen: chosen || selected > 0,
      pole: isSeen('pole', (feature) => !feature.get('design')),
      designPole: isSeen('pole', (feature) => Boolean(feature.get('design'))),
      address: isSeen('address'),
    };
    const legend: MapLegend = { tasks, shown: LEGEND_SIGNS.filter((sign) => signs[sign]) };
    if (JSON.stringify(legend) === JSON.stringify(this.#legend)) return;
    this.#legend = legend;
    for (const listener of [...this.#legendListeners]) listener();
  }

  *#everything(): Generator<Geometry> {
    for (const name of SOURCE_NAMES) {
      for (const feature of this.#sources[name].getFeatures()) {
        const geo: GeoFeature = feature.get('geo');
        yield geo.geometry;
      }
    }
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

const SOURCE_NAMES: SourceName[] = ['street', 'address', 'pole', 'route', 'wallBox', 'design'];
