import type { GeoFeature } from '../../src/contract/index.ts';
import { DropBundles } from '../../src/maps/base/DropBundles.ts';
import { overlayColours } from '../../src/maps/base/overlayColours.ts';
import { FeatureLayers } from '../../src/maps/openlayers/FeatureLayers.ts';
import type { MapTheme } from './palette.ts';

const STORED = 'stored';

/** Shows the stored network as tasks are shown: solid and filled, in one colour. */
export class NetworkLayers {
  readonly #layers = new FeatureLayers();
  #features: readonly GeoFeature[] = [];
  #bundles = new DropBundles();
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

  show(features: readonly GeoFeature[]): void {
    this.#features = features;
    this.#bundles = new DropBundles();
    this.#bundles.add(features);
    this.#layers.reset([[STORED, { features, ...this.#group() }]]);
  }

  setTheme(theme: MapTheme): void {
    this.#theme = theme;
    this.#layers.restyle(STORED, this.#group());
  }

  get features(): readonly GeoFeature[] {
    return this.#features;
  }

  dispose(): void {
    this.#layers.dispose();
  }

  #group() {
    const { settled: colour, halo } = overlayColours[this.#theme];
    return { bundles: this.#bundles, look: { colour, halo, dashed: false, dotted: false, filled: true } };
  }
}
