import type { GeoFeature } from '../../src/contract/index.ts';
import { type Application, type HostFeature, hostFeature } from '../../src/host/index.ts';
import { isInView } from '../map/isInView.ts';
import type { NetworkMap } from '../map/NetworkMap.ts';
import type { Ask } from '../map/readFeatures.ts';
import { type FeatureFacts, isRecordGone, readFacts, readRecord } from './readFacts.ts';

interface Parts {
  app: Application;
  map: NetworkMap;
  ask: Ask;
  baseUrl: string;
  onProblem(error: unknown): void;
}

/** Selects features, and asks the network about them. */
export class Identify {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #here: readonly HostFeature[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All that lies where the user clicked last. The same list until the next click. */
  getHere = (): readonly HostFeature[] => this.#here;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The user clicked on these: one is selected, and the others can be chosen. */
  select = (hits: readonly HostFeature[], at = 0): void => {
    this.#here = hits;
    for (const listener of [...this.#listeners]) listener();
    this.#parts.app.setCurrentFeature(hits[at] ?? null);
  };

  /** Selects a feature, and brings it into view where it is not. */
  show = (feature: HostFeature): void => {
    const { app, map } = this.#parts;
    app.setCurrentFeature(feature, { zoomTo: !isInView(feature, map.getBounds()) });
  };

  /** Selects a row of a table. An address in a run's list has other properties than the record that the map shows. */
  choose = (feature: GeoFeature): void => {
    if (feature.properties.table === 'address') this.follow(feature.id);
    else this.show(hostFeature(feature));
  };

  /** Selects the record that another one names, as the design of the selected feature sees it. */
  follow = (urn: string): void => {
    const { app, ask, baseUrl, onProblem } = this.#parts;
    const before = app.currentFeature;
    readRecord(ask, baseUrl, urn, before ? this.#designOf(before) : undefined).then((record) => {
      // The user has selected something else meanwhile.
      if (app.currentFeature === before) this.show(hostFeature(record));
    }, onProblem);
  };

  /** The network has changed: where the selected record is gone, nothing is selected any more. */
  lookAgain = async (): Promise<void> => {
    const { app, ask, baseUrl } = this.#parts;
    const before = app.currentFeature;
    if (!before) return;
    const isGone = await isRecordGone(ask, baseUrl, before.getUrn(), this.#designOf(before));
    // The user has selected something else meanwhile.
    if (isGone && app.currentFeature === before) this.select([]);
  };

  /** Reads what the network says of a feature. */
  read = (feature: HostFeature): Promise<FeatureFacts | undefined> => {
    const { ask, baseUrl } = this.#parts;
    return readFacts(ask, baseUrl, feature.getUrn(), this.#designOf(feature));
  };

  /** A pole or an address of master is seen as the design sees it that builds there. */
  #designOf({ _myw, geometry }: HostFeature): string | undefined {
    if (_myw?.delta !== undefined || geometry?.type !== 'Point') return _myw?.delta;
    return this.#parts.map.clicks.designAt(geometry.coordinates);
  }
}
