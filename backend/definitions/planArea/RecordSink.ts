import type { GeoFeature, Geometry, Position } from '../../../src/contract/index.ts';
import type { NetworkDataView, NetworkRecord } from '../../network/NetworkStore.ts';
import type { TableName } from '../../network/tables.ts';

/** Records between two reports. */
const BATCH = 100;

/** Hears what is new on the map, and which addresses are connected. */
export type OnWritten = (features: GeoFeature[], served: readonly string[]) => Promise<void>;

/** Inserts records, and reports them in batches. */
export class RecordSink {
  readonly #view: NetworkDataView;
  readonly #onWritten: OnWritten;
  #features: GeoFeature[] = [];
  #served: string[] = [];
  #waiting = 0;
  readonly #counts = new Map<string, number>();

  constructor(view: NetworkDataView, onWritten: OnWritten) {
    this.#view = view;
    this.#onWritten = onWritten;
  }

  get view(): NetworkDataView {
    return this.#view;
  }

  async insert(
    table: TableName,
    properties: Record<string, unknown>,
    at?: Position | Position[],
  ): Promise<NetworkRecord> {
    const geometry = at === undefined ? null : geometryOf(at);
    const record = await this.#view.table(table).insert({ geometry, properties });
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
    // An ONT lies in its wall box, which the map shows.
    if (geometry && table !== 'fiber_ont') this.#features.push(featureOf(record, geometry));
    this.#waiting += 1;
    if (this.#waiting >= BATCH) await this.flush();
    return record;
  }

  /** The number of records by table, in the order in which the tables came. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Notes that the address is connected. */
  served(address: string): void {
    this.#served.push(address);
  }

  async flush(): Promise<void> {
    const [features, served] = [this.#features, this.#served];
    this.#features = [];
    this.#served = [];
    this.#waiting = 0;
    await this.#onWritten(features, served);
  }
}

/** Says where a piece of equipment is that hangs on a structure or lies in it. */
export function housedIn({ urn }: Pick<NetworkRecord, 'urn'>): { housing: string; root_housing: string } {
  return { housing: urn, root_housing: urn };
}

function geometryOf(at: Position | Position[]): Geometry {
  return isPosition(at) ? { type: 'Point', coordinates: at } : { type: 'LineString', coordinates: at };
}

function isPosition(at: Position | Position[]): at is Position {
  return typeof at[0] === 'number';
}

/** The feature has what the map needs to show the record, and no more. */
function featureOf({ urn, table, design, properties }: NetworkRecord, geometry: Geometry): GeoFeature {
  const { name, kind, fiber_count: fibres } = properties;
  return {
    type: 'Feature',
    id: urn,
    geometry,
    properties: {
      table,
      ...(typeof name === 'string' && { name }),
      ...(typeof kind === 'string' && { kind }),
      // A larger cable is drawn wider.
      ...(typeof fibres === 'number' && { fiber_count: fibres }),
      design,
    },
  };
}
