import type { GeoFeature } from '../../src/contract/index.ts';
import { DropBundles } from '../../src/maps/base/DropBundles.ts';
import { overlayColours } from '../../src/maps/base/overlayColours.ts';
import { FeatureLayers, type Kind } from '../../src/maps/openlayers/FeatureLayers.ts';
import type { MapLayerState } from './mapLayers.ts';
import type { MapTheme } from './palette.ts';

const STORED = 'stored';

/** Shows the stored network as tasks are shown: solid and filled, in one colour. */
export class NetworkLayers {
  readonly #layers = new FeatureLayers();
  readonly #bundles = new DropBundles();
  #theme: MapTheme;

  constructor(theme: MapTheme) {
    this.#theme = theme;
  }

  /** Drops, their ends and cables lie below poles and names; addresses that are connected lie over names. */
  place({ lines, points }: { lines: number; points: number }) {
    this.#layers.lines.setZIndex(lines);
    this.#layers.points.setZIndex(points);
    return [this.#layers.lines, this.#layers.points];
  }

  add(features: readonly GeoFeature[]): void {
    const { moved, isDenser } = this.#bundles.add(features);
    this.#layers.add(STORED, { features, ...this.#group() });
    const added = new Set(features.map(({ id }) => id));
    const others = moved.filter(({ id }) => !added.has(id));
    if (others.length > 0) this.#layers.move(STORED, { features: others, ...this.#group() });
    if (isDenser) this.#layers.restyle(STORED, this.#group());
  }

  remove(features: readonly GeoFeature[]): void {
    this.#bundles.remove(features);
    this.#layers.remove(STORED, { features, ...this.#group() });
  }

  setTheme(theme: MapTheme): void {
    this.#theme = theme;
    this.#layers.restyle(STORED, this.#group());
  }

  setLayer(kind: Kind, state: MapLayerState): void {
    this.#layers.setLayer(kind, state);
  }

  /** True where everything is painted. */
  get isComplete(): boolean {
    return this.#layers.isComplete;
  }

  dispose(): void {
    this.#layers.dispose();
  }

  #group() {
    const { settled: colour, halo } = overlayColours[this.#theme];
    return { bundles: this.#bundles, look: { colour, halo, dashed: false, dotted: false, filled: true } };
  }
}
