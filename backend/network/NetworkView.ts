import { CableManager } from './CableManager.ts';
import { ConnectionManager } from './ConnectionManager.ts';
import type { NetworkDataView } from './NetworkStore.ts';

/** Gives tasks the operations on the network of a view that go beyond reading and writing records. */
export class NetworkView {
  readonly cables: CableManager;
  readonly connections: ConnectionManager;

  constructor(view: NetworkDataView) {
    this.cables = new CableManager(view);
    this.connections = new ConnectionManager(view);
  }
}
