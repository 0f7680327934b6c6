import type pg from 'pg';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { NetworkRecord, NetworkSnapshot, RecordsQuery } from '../../../backend/network/NetworkStore.ts';
import { snapshotClosed } from '../../../backend/network/storeRefusals.ts';
import type { NetworkTables } from '../../../backend/network/tables.ts';
import { readPage } from './readPage.ts';

/** PostgreSQL removes no dead row while somebody may still see it, so nobody reads the past for longer. */
const MAX_MS = 600_000;

const BEGIN =
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '60s'";

/** One transaction of the database, which sees what was committed when it began. It holds one connection until it is closed. */
export class PostgisSnapshot implements NetworkSnapshot {
  readonly tables: NetworkTables;
  readonly #client: pg.PoolClient;
  readonly #release: () => void;
  readonly #timer: NodeJS.Timeout;
  /** A connection answers one question at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #ended: (() => Error) | undefined;
  #closing: Promise<void> | undefined;

  private constructor(tables: NetworkTables, client: pg.PoolClient, release: () => void) {
    this.tables = tables;
    this.#client = client;
    this.#release = release;
    this.#timer = setTimeout(() => void this.#end(tooSlow), MAX_MS);
  }

  /** `release` is called once, when the connection is given back, and also where this rejects. */
  static async open(pool: pg.Pool, tables: NetworkTables, release: () => void): Promise<PostgisSnapshot> {
    let client: pg.PoolClient | undefined;
    try {
      client = await pool.connect();
      client.on('error', ignore);
      await client.query(BEGIN);
      // The snapshot is taken by the first statement that reads.
      await client.query('SELECT version FROM lrt.master');
      return new PostgisSnapshot(tables, client, release);
    } catch (error) {
      client?.removeListener('error', ignore);
      client?.release(true);
      release();
      throw error;
    }
  }

  records(query: RecordsQuery): Promise<NetworkRecord[]> {
    const read = this.#last.then(() => {
      if (this.#ended) throw this.#ended();
      return readPage(this.#client, this.tables, query);
    });
    this.#last = read.catch(() => {});
    return read;
  }

  close(): Promise<void> {
    return this.#end(snapshotClosed);
  }

  #end(reason: () => Error): Promise<void> {
    this.#ended ??= reason;
    clearTimeout(this.#timer);
    this.#closing ??= this.#last.then(() => this.#giveBack());
    return this.#closing;
  }

  async #giveBack(): Promise<void> {
    const isBroken = await this.#client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    this.#client.removeListener('error', ignore);
    this.#client.release(isBroken);
    this.#release();
  }
}

/** The query that runs rejects with the same error. */
function ignore(): void {}

function tooSlow(): TaskRefusal {
  return new TaskRefusal({
    code: 'unavailable',
    message: `Reading took longer than the ${MAX_MS / 60_000} minutes in which the database keeps one state of the network; export less at once, or try again when the database is less busy`,
    details: { retryAfterSeconds: 60 },
  });
}
