import { type Projection, projectionOf } from '../crs/Projection.ts';
import type { RawFeature } from './LayerSource.ts';

/** A country in several strips has files in which each row says its own system. More than these is no such file. */
const MOST = 50;

/** Finds the coordinate system of each feature of a layer: its own, or that of the layer. */
export class FeatureSystems {
  readonly #layer: Projection;
  readonly #takesOwn: boolean;
  readonly #known = new Map<string, Projection>();

  /** Without `takesOwn` the user said the system of all features. */
  constructor(layer: Projection, takesOwn: boolean) {
    this.#layer = layer;
    this.#takesOwn = takesOwn;
  }

  of({ system }: RawFeature): Projection | Promise<Projection> {
    if (!this.#takesOwn || system === undefined || system === `EPSG:${this.#layer.epsg}`) return this.#layer;
    return this.#known.get(system) ?? this.#find(system);
  }

  async #find(system: string): Promise<Projection> {
    const found = (await projectionOf(system)) ?? this.#layer;
    if (this.#known.size < MOST) this.#known.set(system, found);
    return found;
  }
}
