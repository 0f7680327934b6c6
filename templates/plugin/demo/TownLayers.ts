import type { BoundingBox, GeoFeature, HostFeature, HostMap, TaskOverlay } from 'lrt-plugin/host';
import type { MockBackend } from 'lrt-plugin/mocks';

export interface Layers {
  /** Poles of master and of the design. */
  poles: readonly GeoFeature[];
  /** Closures that are stored. */
  closures: readonly GeoFeature[];
  /** Closures that a running task has placed: not committed yet. */
  building: readonly GeoFeature[];
}

export const DESIGN = 'design/FTTH-North';

/** What the demo's map shows: just enough of a map for the plugin to draw on. */
export class TownLayers implements HostMap {
  readonly #mock: MockBackend;
  readonly #listeners = new Set<() => void>();
  #layers: Layers = { poles: [], closures: [], building: [] };

  constructor(mock: MockBackend) {
    this.#mock = mock;
  }

  /** Called by the plugin's session, whether its modal is open or not. */
  readonly taskOverlay: TaskOverlay = {
    add: (_taskId, features, { replace }) =>
      this.#set({ building: replace ? features : [...this.#layers.building, ...features] }),
    settle: () => void this.load(),
    remove: () => this.#set({ building: [] }),
  };

  getState = () => this.#layers;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  async load() {
    const { features } = await this.#mock.store.features({
      design: DESIGN,
      tables: ['pole', 'splice_closure'],
      limit: 50_000,
    });
    const of = (table: string) => features.filter(({ properties }) => properties.table === table);
    this.#set({ poles: of('pole'), closures: of('splice_closure'), building: [] });
  }

  /** The whole town. */
  getBounds(): BoundingBox {
    const points = this.#layers.poles.map(pointOf);
    const [x, y] = [points.map(([x]) => x), points.map(([, y]) => y)];
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  }

  // It shows the whole town: there is nowhere to zoom to.
  fitBounds() {}
  zoomTo() {}

  #set(change: Partial<Layers>) {
    this.#layers = { ...this.#layers, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export function pointOf({ geometry }: GeoFeature): readonly [longitude: number, latitude: number] {
  if (geometry.type !== 'Point') throw new TypeError(`a ${geometry.type} where a point should be`);
  const [longitude, latitude] = geometry.coordinates;
  return [longitude, latitude];
}

/** A feature as a host gives it to its plugins. */
export function toHostFeature({ id, geometry, properties }: GeoFeature): HostFeature {
  const title = `${properties.name ?? id}`;
  return {
    id: Number(id.split('/')[1]),
    getType: () => properties.table,
    getUrn: () => id,
    getTitle: () => title,
    properties,
    geometry,
    _myw: { title, ...(typeof properties.design === 'string' ? { delta: properties.design } : {}) },
  };
}
