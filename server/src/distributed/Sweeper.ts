import type pg from 'pg';
import { pause } from '../../../backend/common/pause.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { publishEnd } from './publishEnd.ts';
import type { TaskServices } from './TaskServices.ts';

/**
 * Repairs what a crash left between two steps, from the rows: ends that no log has published, tasks that may run and
 * were not dispatched, and tasks whose job is in no queue. It also deletes old tasks. Every server and worker has a
 * sweeper, and one of them sweeps at a time.
 */
export class Sweeper {
  readonly #services: TaskServices;
  readonly #pool: pg.Pool;
  readonly #sweepMs: number;
  readonly #closed = new AbortController();
  readonly #sweeping: Promise<void>;

  constructor(services: TaskServices, pool: pg.Pool) {
    this.#services = services;
    this.#pool = pool;
    this.#sweepMs = services.pace.sweepMs;
    this.#sweeping = this.#sweepOn();
  }

  /** Resolves when what it was at is done. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#sweeping;
  }

  async #sweepOn(): Promise<void> {
    const { signal } = this.#closed;
    for (await pause(this.#sweepMs, signal); !signal.aborted; await pause(this.#sweepMs, signal)) {
      try {
        await this.#inTurn(() => this.#sweep());
      } catch (error) {
        this.#services.observer.problem?.('Sweeping failed; it is tried again', error);
      }
    }
  }

  async #sweep(): Promise<void> {
    const { rows, overdue, logs, dispatcher, retention } = this.#services;
    for (const row of await overdue.unpublished()) await publishEnd(row, this.#services);
    await rows.dispatch(null);
    const lost = await dispatcher.missing(await overdue.unattended());
    if (lost.length > 0) await overdue.dispatchAgain(lost);
    const gone = await overdue.forget(retention);
    if (gone.length > 0) await logs.remove(gone);
  }

  /**
   * Sweeps only if no other process does. A sweeper that freezes, or takes longer than a transaction may stand still
   * (see openPool), loses the lock. Sweeping twice does no harm.
   */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const lock = await client.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtext('lrt.sweeper')) AS mine`,
      );
      if (lock.rows[0]?.mine) await work();
    });
  }
}
