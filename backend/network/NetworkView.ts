import { CableManager } from './CableManager.ts';
import { ConnectionManager } from './ConnectionManager.ts';
import type { NetworkDataView } from './NetworkStore.ts';

/** What can be done with the network of a view, beyond reading and writing records. */
export class NetworkView {
  readonly cables: CableManager;
  readonly connections: ConnectionManager;

  constructor(view: NetworkDataView) {
    this.cables = new CableManager(view);
    this.connections = new ConnectionManager(view);
  }
}
