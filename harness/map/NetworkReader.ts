import type { SystemClient } from '../../src/client/index.ts';
import type { GeoFeature } from '../../src/contract/index.ts';
import { contentOf, loadLayer, type NetworkContent } from './loadContent.ts';
import type { Ask } from './readFeatures.ts';

/** Reads the stored network of a backend, and of an ended task no more than what it can have changed. */
export class NetworkReader {
  readonly #ask: Ask;
  readonly #baseUrl: string;
  /** The features that are stored in master (null) and in each design. */
  readonly #layers = new Map<string | null, GeoFeature[]>();

  constructor(ask: Ask, baseUrl: string) {
    this.#ask = ask;
    this.#baseUrl = baseUrl;
  }

  /** `designs` are 'design/NAME'. One is read after the other, so that the page stays free between them. */
  async readAll(designs: readonly string[]): Promise<NetworkContent> {
    const layers = new Map<string | null, GeoFeature[]>([[null, await this.#read()]]);
    for (const design of designs) layers.set(design, await this.#read(design));
    this.#layers.clear();
    for (const [design, features] of layers) this.#layers.set(design, features);
    return contentOf(this.#layers.values());
  }

  /** Reads what a task may have changed, which writes to its design only; everything where that is not known. */
  async readAfter(
    taskId: string,
    designs: readonly string[],
    system: SystemClient | undefined,
  ): Promise<NetworkContent> {
    const task = await system?.getTask?.(taskId).catch(() => undefined);
    const params: unknown = task?.params;
    const written =
      typeof params === 'object' && params !== null && 'design' in params ? params.design : undefined;
    const design = designs.find((each) => each === written);
    if (design === undefined) return this.readAll(designs);
    this.#layers.set(design, await this.#read(design));
    return contentOf(this.#layers.values());
  }

  #read(design?: string): Promise<GeoFeature[]> {
    return loadLayer(this.#ask, this.#baseUrl, design);
  }
}
