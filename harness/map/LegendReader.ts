import type OlMap from 'ol/Map.js';
import type View from 'ol/View.js';
import type { OverlayLegend } from '../../src/maps/base/legendOf.ts';
import type { SourceName, Sources } from './baseLayers.ts';
import { geoOf } from './geoOf.ts';
import { LEGEND_SIGNS, type LegendSign, type MapLegend } from './legend.ts';

/** A legend that follows each frame would cost more than it says. */
const LEGEND_MS = 300;
/** The view is looked at in so many columns and rows. */
const CELLS = 8;

interface Parts {
  view: View;
  map: OlMap;
  sources: Sources;
  ofTasks(): OverlayLegend;
  isSelected(extent: number[]): boolean;
}

/** Reads what is in view, for the legend. */
export class LegendReader {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #current: MapLegend = { tasks: [], shown: [] };
  #readAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The same object until it changes. */
  get current(): MapLegend {
    return this.#current;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Reads it now, or a little later where it was read a moment ago: the last frame counts. */
  read(): void {
    const wait = this.#readAt + LEGEND_MS - Date.now();
    if (wait <= 0) this.#read();
    else this.#timer ??= setTimeout(() => this.#read(), wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #read(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { view, map, sources, ofTasks, isSelected } = this.#parts;
    if (!view.isDef() || !map.getTargetElement()) return;
    this.#readAt = Date.now();
    const extent = view.calculateExtent(map.getSize());
    const cells = cellsOf(extent);
    const isSeen = (name: SourceName, is: (properties: Record<string, unknown>) => boolean = () => true) =>
      cells.some(
        (cell) =>
          sources[name].forEachFeatureInExtent(
            cell,
            (feature) => is(geoOf(feature)?.properties ?? {}) || undefined,
          ) === true,
      );
    const hasTable = (table: string) => isSeen('equipment', (properties) => properties.table === table);
    const { tasks, failed, chosen } = ofTasks();
    const signs: Record<LegendSign, boolean> = {
      committed: isSeen('route', ({ kind }) => kind === undefined || kind === 'drop') || isSeen('wallBox'),
      cable: isSeen('cable'),
      underground: isSeen('route', ({ table }) => table === 'ug_route'),
      fiber_odf: hasTable('fiber_odf'),
      fiber_splitter: hasTable('fiber_splitter'),
      fiber_terminal: hasTable('fiber_terminal'),
      splice_closure: hasTable('splice_closure'),
      handhole: hasTable('handhole'),
      failed,
      chosen: chosen || isSelected(extent),
      pole: isSeen('pole', ({ design }) => !design),
      designPole: isSeen('pole', ({ design }) => Boolean(design)),
      address: isSeen('address'),
    };
    const legend: MapLegend = { tasks, shown: LEGEND_SIGNS.filter((sign) => signs[sign]) };
    if (JSON.stringify(legend) === JSON.stringify(this.#current)) return;
    this.#current = legend;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A source gathers all that is in an extent before it gives the first of it, so a look at 200,000 features is made piece by piece. */
function cellsOf([west = 0, south = 0, east = 0, north = 0]: number[]): number[][] {
  const [width, height] = [(east - west) / CELLS, (north - south) / CELLS];
  return Array.from({ length: CELLS * CELLS }, (_, i) => {
    const [x, y] = [west + (i % CELLS) * width, south + Math.floor(i / CELLS) * height];
    return [x, y, x + width, y + height];
  });
}
