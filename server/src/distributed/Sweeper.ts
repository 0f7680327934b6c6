import type pg from 'pg';
import { pause } from '../../../backend/common/pause.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { publishEnd } from './publishEnd.ts';
import type { TaskServices } from './TaskServices.ts';

const DEFAULT_DAYS = 30;
const DEFAULT_FINISHED_TASKS = 10_000;

export interface Retention {
  /** Tasks that ended longer ago are deleted. Default 30. */
  days?: number;
  /** The newest so many of the finished tasks are kept. Default 10,000. */
  finishedTasks?: number;
}

/**
 * Repairs what a crash left between two steps, from the rows: ends that no log has published, tasks that may run and
 * were not dispatched, and tasks whose job is in no queue. It also deletes old tasks. Every server and worker has a
 * sweeper, and one of them sweeps at a time.
 */
export class Sweeper {
  readonly #services: TaskServices;
  readonly #pool: pg.Pool;
  readonly #retention: { days: number; finishedTasks: number };
  readonly #sweepMs: number;
  readonly #closed = new AbortController();
  readonly #sweeping: Promise<void>;

  constructor(services: TaskServices, pool: pg.Pool, retention: Retention = {}) {
    const { days = DEFAULT_DAYS, finishedTasks = DEFAULT_FINISHED_TASKS } = retention;
    this.#services = services;
    this.#pool = pool;
    this.#sweepMs = services.pace.sweepMs;
    this.#retention = { days, finishedTasks };
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
    const { rows, logs, dispatcher } = this.#services;
    for (const row of await rows.untold()) await publishEnd(row, this.#services);
    await rows.dispatch(null);
    const lost = await dispatcher.missing(await rows.unattended());
    if (lost.length > 0) await rows.dispatchAgain(lost);
    const gone = await rows.forget(this.#retention);
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
