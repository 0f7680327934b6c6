import type { GeoFeature } from '../../src/contract/index.ts';
import { mapFeature, SOURCE_NAMES, type SourceName, type Sources } from './baseLayers.ts';
import type { GroundLayers } from './GroundLayers.ts';
import { isSameFeature } from './isSameFeature.ts';
import type { NetworkLayers } from './NetworkLayers.ts';
import { Stretches } from './stretches.ts';

/** The features that the map shows, by source. */
export type MapContent = Record<SourceName, GeoFeature[]>;

/** So many features become features of OpenLayers in one piece of work: some two milliseconds. */
const SLICE = 250;
const COMPARED_AT_ONCE = 500;
const NETWORK: ReadonlySet<SourceName> = new Set(['route', 'cable', 'wallBox', 'equipment']);

interface Parts {
  sources: Sources;
  ground: GroundLayers;
  network: NetworkLayers;
}

/**
 * Brings features onto the map. It draws only what is new of a content that comes again, and takes off what is gone, all in
 * stretches: to draw 2,000 new connections at once held up the page for a tenth of a second.
 */
export class MapData {
  readonly #parts: Parts;
  readonly #shown = new Map<SourceName, Map<string, GeoFeature>>();
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Resolves when the sources have the content. Calls are worked on one after the other. */
  show(content: Partial<MapContent>): Promise<void> {
    this.#last = this.#last.then(async () => {
      const stretches = new Stretches();
      for (const name of SOURCE_NAMES) {
        const features = content[name];
        if (features && !this.#closed) await this.#bring(name, features, stretches);
      }
    });
    return this.#last;
  }

  dispose(): void {
    this.#closed = true;
  }

  async #bring(name: SourceName, features: readonly GeoFeature[], stretches: Stretches): Promise<void> {
    const before = this.#shown.get(name) ?? new Map<string, GeoFeature>();
    const after = new Map<string, GeoFeature>();
    const added: GeoFeature[] = [];
    await stretches.each(features, COMPARED_AT_ONCE, (slice) => {
      for (const feature of slice) {
        const known = before.get(feature.id);
        const isKnown = known && isSameFeature(known, feature);
        if (!isKnown && !after.has(feature.id)) added.push(feature);
        after.set(feature.id, isKnown ? known : feature);
      }
    });
    const gone = [...before.values()].filter((feature) => after.get(feature.id) !== feature);
    this.#shown.set(name, after);
    this.#takeOff(name, gone, before.size);
    await stretches.each(added, SLICE, (slice) => {
      if (this.#closed) return;
      const { sources, ground, network } = this.#parts;
      sources[name].addFeatures(slice.map(mapFeature));
      if (name === 'address' || name === 'pole') ground.add(name, slice);
      else if (NETWORK.has(name)) network.add(slice);
    });
  }

  #takeOff(name: SourceName, gone: readonly GeoFeature[], known: number): void {
    if (gone.length === 0 || this.#closed) return;
    const { sources, ground, network } = this.#parts;
    const source = sources[name];
    if (gone.length === known) source.clear(true);
    else source.removeFeatures(gone.flatMap(({ id }) => source.getFeatureById(id) ?? []));
    if (name === 'address' || name === 'pole') ground.remove(name, gone);
    else if (NETWORK.has(name)) network.remove(gone);
  }
}
