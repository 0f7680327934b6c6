import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { retryConflicts } from '../../common/retryConflicts.ts';
import { Batcher } from './Batcher.ts';
import type { Dispatched } from './taskRow.ts';

/** Calls for tasks of an exclusive key that somebody else decides about, and the longest pause before the first one. */
const BUSY_TRIES = 5;
const BUSY_PAUSE_MS = 10;

/** Dispatches rows of lrt.task that wait: for a free place of their owner, for their exclusive key or for their time. */
export class WaitingTasks {
  readonly #pool: pg.Pool;
  readonly #perOwner: number;
  readonly #onDispatch: (tasks: Dispatched[]) => void;
  readonly #afterwards: (what: string, work: Promise<unknown>) => void;
  readonly #calls: Batcher<{ owners: string[]; keys: string[] }, boolean>;

  constructor(options: {
    pool: pg.Pool;
    tasksPerOwner: number;
    /** Receives the tasks that may go to the queue. */
    onDispatch: (tasks: Dispatched[]) => void;
    /** Takes over work that nobody waits for; `what` says what went wrong where it rejects. */
    afterwards: (what: string, work: Promise<unknown>) => void;
    onProblem: (message: string, error: unknown) => void;
  }) {
    this.#pool = options.pool;
    this.#perOwner = options.tasksPerOwner;
    this.#onDispatch = options.onDispatch;
    this.#afterwards = options.afterwards;
    this.#calls = new Batcher((calls) => this.#dispatchTogether(calls), {
      onSplit: (error) => options.onProblem('Dispatching failed together; one by one now', error),
    });
  }

  /** Dispatches what may run, of these owners and of those that wait for these keys; owners null: of all. */
  async dispatch(owners: string[] | null, keys: string[]): Promise<void> {
    if (owners?.length === 0 && keys.length === 0) return;
    const busy = await (owners ? this.#calls.add({ owners, keys }) : this.#dispatch(owners, keys));
    if (busy) this.dispatchSoon(owners, keys);
  }

  /**
   * The same in a moment, for a call that met another one which decides about one of the exclusive keys. Nobody waits
   * for it. The sweeper dispatches what stays busy for longer.
   */
  dispatchSoon(owners: string[] | null, keys: string[]): void {
    const dispatching = async () => {
      for (let tries = 1; tries <= BUSY_TRIES; tries += 1) {
        await delay(BUSY_PAUSE_MS * tries * Math.random());
        if (!(await this.#dispatch(owners, keys))) return;
      }
    };
    this.#afterwards('Tasks that waited for a busy exclusive key could not be dispatched yet', dispatching());
  }

  /** Each caller has committed what it dispatches for, so one look is enough for all. */
  async #dispatchTogether(calls: { owners: string[]; keys: string[] }[]): Promise<boolean[]> {
    const owners = new Set(calls.flatMap((call) => call.owners));
    const keys = new Set(calls.flatMap((call) => call.keys));
    const busy = await this.#dispatch([...owners], [...keys]);
    return calls.map(() => busy);
  }

  /** True: somebody else decides about one of the exclusive keys at this moment. */
  async #dispatch(owners: string[] | null, keys: string[]): Promise<boolean> {
    const { rows } = await retryConflicts(() =>
      this.#pool.query<{ answer: { dispatched: Dispatched[]; busy: boolean } }>(
        'SELECT lrt.dispatch_waiting($1, $2, $3) AS answer',
        [owners, keys, this.#perOwner],
      ),
    );
    const { dispatched, busy } = rows[0]?.answer ?? { dispatched: [], busy: false };
    if (dispatched.length > 0) this.#onDispatch(dispatched);
    return busy;
  }
}
