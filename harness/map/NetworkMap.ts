import ScaleLine from 'ol/control/ScaleLine.js';
import { easeOut } from 'ol/easing.js';
import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import { transformExtent } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import type { BoundingBox, GeoFeature } from '../../src/contract.ts';
import type { HostFeature, HostMap } from '../../src/host/types.ts';
import {
  type BaseLayers,
  createBaseLayers,
  createSources,
  mapFeature,
  mapGeometry,
  type SourceName,
} from './baseLayers.ts';
import { boundsOf } from './boundsOf.ts';
import { hostFeature } from './hostFeature.ts';
import { type MapTheme, mapPalettes } from './palette.ts';
import { pick } from './pick.ts';
import { createStyles } from './styles.ts';
import { TaskLayers } from './TaskLayers.ts';

/** What is shown, by layer. */
export type MapContent = Record<SourceName, GeoFeature[]>;

/** Preferred first, where several lie under the pointer. */
const SELECTABLE: SourceName[] = ['pole', 'wallBox', 'address', 'route', 'design'];
const PADDING = [40, 40, 56, 40];

/** The host's map: WGS 84 outside, Web Mercator inside, nothing fetched but what it is given. */
export class NetworkMap implements HostMap {
  readonly taskOverlay: TaskLayers;
  /** Called when the user clicks: the feature hit, or null. */
  onSelect: (feature: HostFeature | null) => void = () => undefined;
  readonly #map: OlMap;
  readonly #view = new View({ center: [0, 0], zoom: 3, minZoom: 2, maxZoom: 21, showFullExtent: true });
  readonly #sources = createSources();
  readonly #base: BaseLayers;
  readonly #selection = new VectorLayer({ source: new VectorSource(), zIndex: 70 });
  #theme: MapTheme;

  /** `reload` reads the stored network anew and hands it to `show`. */
  constructor(theme: MapTheme, reload: () => Promise<void>) {
    this.#theme = theme;
    const palette = mapPalettes[theme];
    const styles = createStyles(palette);
    const base = createBaseLayers(this.#sources, styles);
    this.#base = base;
    this.#selection.setStyle(styles.selection);
    this.#map = new OlMap({
      view: this.#view,
      layers: [...base.layers, this.#selection],
      controls: [new ScaleLine({ minWidth: 72 })],
    });
    this.taskOverlay = new TaskLayers(this.#map, palette, reload);
    this.#map.on('singleclick', (event) => this.onSelect(this.#hit(event)));
    this.#map.on('pointermove', (event) => {
      const viewport = this.#map.getViewport();
      if (viewport && !event.dragging) viewport.style.cursor = this.#hit(event) ? 'pointer' : '';
    });
    this.#map.on('postrender', () => this.#publish());
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
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    const styles = createStyles(mapPalettes[theme]);
    this.#base.setStyles(styles);
    this.#selection.setStyle(styles.selection);
    this.taskOverlay.setPalette(mapPalettes[theme]);
    this.#colourSigns();
  }

  /** Marks a feature as selected; null marks none. */
  highlight(feature: HostFeature | null): void {
    const source = this.#selection.getSource();
    source?.clear();
    if (feature?.geometry) source?.addFeature(new Feature(mapGeometry(feature.geometry)));
  }

  getBounds(): BoundingBox {
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(
      this.#view.calculateExtent(this.#map.getSize()),
      'EPSG:3857',
      'EPSG:4326',
    );
    return [west, south, east, north];
  }

  fitBounds(bounds: BoundingBox): void {
    this.#fit(bounds, this.#duration());
  }

  zoomTo(feature: HostFeature): void {
    if (!feature.geometry) return;
    this.#fitExtent(mapGeometry(feature.geometry).getExtent(), 18, this.#duration());
  }

  /** Everything there is, at once. */
  showAll(options: { animate: boolean } = { animate: true }): void {
    const bounds = boundsOf(this.#everything());
    if (bounds) this.#fit(bounds, options.animate ? this.#duration() : 0);
  }

  zoomBy(levels: number): void {
    const zoom = this.#view.getZoom();
    if (zoom !== undefined) this.#view.animate({ zoom: zoom + levels, duration: this.#duration() / 2 });
  }

  #fit(bounds: BoundingBox, duration: number): void {
    this.#fitExtent(transformExtent(bounds, 'EPSG:4326', 'EPSG:3857'), 19, duration);
  }

  #fitExtent(extent: number[], maxZoom: number, duration: number): void {
    const size = this.#map.getSize();
    // Not on the page yet: nothing to fit into before it is.
    if (!size?.[0] || !size[1]) {
      this.#map.once('change:size', () => this.#fitExtent(extent, maxZoom, 0));
      return;
    }
    this.#view.fit(extent, { size, padding: PADDING, maxZoom, duration, easing: easeOut });
  }

  /** The ground, and the legend's signs, take their colours from the map's. */
  #colourSigns(): void {
    const { style } = this.#map.getTargetElement()?.parentElement ?? {};
    if (!style) return;
    for (const [name, colour] of Object.entries(mapPalettes[this.#theme])) {
      style.setProperty(`--map-${name}`, colour);
    }
  }

  #duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
  }

  #hit(event: MapBrowserEvent): HostFeature | null {
    const resolution = this.#view.getResolution() ?? 1;
    const sources = SELECTABLE.map((name) => this.#sources[name]);
    const geo: GeoFeature | undefined = pick(event.coordinate, resolution, sources)?.get('geo');
    return geo ? hostFeature(geo) : null;
  }

  *#everything(): Generator<GeoFeature> {
    for (const name of SOURCE_NAMES) {
      for (const feature of this.#sources[name].getFeatures()) yield feature.get('geo');
    }
  }

  /** How much is drawn, for people who look at the page from outside: tests and style sheets. */
  #publish(): void {
    const element = this.#map.getTargetElement();
    if (!element) return;
    const data: Record<string, string> = {
      committed: String(
        this.#sources.route.getFeatures().length + this.#sources.wallBox.getFeatures().length,
      ),
      uncommitted: String(this.taskOverlay.uncommitted),
      bounds: this.getBounds().join(),
    };
    for (const [key, value] of Object.entries(data)) {
      if (element.dataset[key] !== value) element.dataset[key] = value;
    }
  }
}

const SOURCE_NAMES: SourceName[] = ['street', 'address', 'pole', 'route', 'wallBox', 'design'];
