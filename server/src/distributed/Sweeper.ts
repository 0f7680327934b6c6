import type pg from 'pg';
import { pause } from '../../../backend/common/pause.ts';
import { isTemporary } from '../common/errorKind.ts';
import { inTransaction } from '../database/inTransaction.ts';
import { publishEnd } from './publishEnd.ts';
import { cancelNodes } from './runs/cancelNodes.ts';
import type { TaskServices } from './TaskServices.ts';

/** The most that one call deletes, and the calls of one sweep: tasks may end faster than one call a sweep deletes them. */
const FORGET_AT_ONCE = 1_000;
const FORGET_CALLS = 20;

/** Looking for old tasks means counting those that are kept, so not every sweep does it. */
const SWEEPS_PER_FORGETTING = 5;

/**
 * Repairs what a crash left between two steps, from the rows: ends that no log has published, tasks that may run and
 * were not dispatched, and tasks whose job is in no queue. It also deletes old tasks. Every server and worker has a
 * sweeper, and one of them sweeps at a time.
 */
export class Sweeper {
  readonly #services: TaskServices;
  readonly #pool: pg.Pool;
  readonly #sweepMs: number;
  #sweeps = 0;
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
    const { rows, runs, overdue, dispatcher } = this.#services;
    for (const row of await overdue.unpublished()) {
      await this.#try(`The end of task ${row.id} could not be published`, () =>
        publishEnd(row, this.#services),
      );
    }
    await this.#try('Nodes of workflows that are over could not be cancelled', async () => {
      for (const run of await runs.stray()) await cancelNodes(run, this.#services);
    });
    await this.#try('Waiting tasks could not be dispatched', () => rows.dispatch(null));
    await this.#try('Lost jobs could not be queued again', async () => {
      // A worker that runs nodes without jobs has as much time to speak of them as it has to renew the lock of a job.
      const lost = await dispatcher.missing(await overdue.unattended(this.#services.pace.lockMs));
      if (lost.length > 0) await overdue.dispatchAgain(lost);
    });
    if (this.#sweeps % SWEEPS_PER_FORGETTING === 0) {
      await this.#try('Old tasks could not be deleted', () => this.#forget());
    }
    this.#sweeps += 1;
  }

  /** Reports what fails for itself alone. One bad task must not hold up the others. An outage ends the sweep. */
  async #try(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isTemporary(error)) throw error;
      this.#services.observer.problem?.(what, error);
    }
  }

  async #forget(): Promise<void> {
    const { overdue, logs, changes, retention } = this.#services;
    for (let call = 0; call < FORGET_CALLS && !this.#closed.signal.aborted; call++) {
      const gone = await overdue.forget(retention);
      if (gone.length > 0) {
        await logs.remove(gone);
        await changes.announce(gone);
      }
      if (gone.length < FORGET_AT_ONCE) break;
    }
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
