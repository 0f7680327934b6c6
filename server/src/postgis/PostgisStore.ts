import type pg from 'pg';
import type { RunOfTask } from '../../../backend/common/Store.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { Turns, type TurnsOptions } from '../../../backend/common/Turns.ts';
import { editNetwork } from '../../../backend/network/editNetwork.ts';
import { checkFeatureQuery, type FeaturePageQuery } from '../../../backend/network/featurePage.ts';
import type {
  DesignInfo,
  NetworkRecord,
  NetworkSnapshot,
  NetworkStore,
  NetworkTransaction,
  PostDesignOptions,
  PostedDesign,
  RecordsQuery,
} from '../../../backend/network/NetworkStore.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import { isTownSource, sourceOfTown, type TownSource } from '../../../backend/network/TownSource.ts';
import { NetworkTables, type TableDraft } from '../../../backend/network/tables.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';
import { createDesign, dropDesign, postDesign } from './changeDesigns.ts';
import { findDesign, listDesigns } from './designs.ts';
import { loadTown } from './loadTown.ts';
import { PostgisSnapshot } from './PostgisSnapshot.ts';
import { PostgisTransaction } from './PostgisTransaction.ts';
import { readFeatures } from './readFeatures.ts';
import { readPage } from './readPage.ts';

export type { PostgisTransaction };

/** Each snapshot holds a connection of the pool, which has 10, and tasks need most of them. */
const SNAPSHOTS: TurnsOptions = {
  atOnce: 3,
  mostWaiting: 32,
  refusal: () =>
    new TaskRefusal({
      code: 'rate-limited',
      message: 'Too many files are being made, and wait; try again when some of them are done',
      details: { retryAfterSeconds: 10 },
    }),
};

/**
 * The network in PostgreSQL with PostGIS, for any number of processes. The database must be migrated, with the same
 * `tables` of `defineTables`.
 */
export class PostgisStore implements NetworkStore {
  readonly tables: NetworkTables;
  readonly #pool: pg.Pool;
  readonly #snapshots = new Turns(SNAPSHOTS);

  constructor({ pool, tables }: { pool: pg.Pool; tables?: readonly TableDraft[] }) {
    this.tables = new NetworkTables(tables);
    this.#pool = pool;
  }

  begin(run?: RunOfTask): PostgisTransaction {
    return new PostgisTransaction(this.#pool, this.tables, { taskId: run?.taskId });
  }

  rehearse(): PostgisTransaction {
    return new PostgisTransaction(this.#pool, this.tables, { isRehearsal: true });
  }

  edit<T>(work: (network: NetworkTransaction) => Promise<T>): Promise<T> {
    return editNetwork(() => new PostgisTransaction(this.#pool, this.tables, { isEdit: true }), work);
  }

  designs(): Promise<DesignInfo[]> {
    return listDesigns(this.#pool);
  }

  createDesign(design: DesignInfo): Promise<void> {
    return createDesign(this.#pool, design);
  }

  postDesign(name: string, options?: PostDesignOptions): Promise<PostedDesign> {
    return postDesign(this.#pool, name, options);
  }

  dropDesign(name: string): Promise<void> {
    return dropDesign(this.#pool, name);
  }

  /**
   * Replaces master and all designs, in one transaction of the database. A transaction that has written meanwhile will
   * not commit ('design-conflict'). Nothing is changed where it rejects. `onStored` hears how many records were
   * written so far. A `TownSource` is read while it is stored, a batch at a time.
   */
  loadTown(
    town: TownData | TownSource,
    options: { onStored?: (records: number) => void; signal?: AbortSignal } = {},
  ): Promise<void> {
    return loadTown(this.#pool, isTownSource(town) ? town : sourceOfTown(town), options);
  }

  async features(
    query: FeaturePageQuery & { design?: string | null },
  ): Promise<{ features: GeoFeature[]; next?: string }> {
    const { featureTables } = this.tables;
    checkFeatureQuery(query, featureTables);
    const named = query.task === undefined ? query.design : undefined;
    const design = named == null ? null : (await findDesign(this.#pool, named)).name;
    return readFeatures(this.#pool, design, query, featureTables);
  }

  async records(query: RecordsQuery): Promise<NetworkRecord[]> {
    return readPage(this.#pool, this.tables, query);
  }

  async snapshot({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<NetworkSnapshot> {
    return PostgisSnapshot.open(this.#pool, this.tables, await this.#snapshots.take(signal));
  }
}
