import type { DesignChange } from '../../src/contract/index.ts';

/**
 * The port through which an engine gives each run of a task its unit of work. An engine knows no more of a store than
 * this: the fibre network (backend/network) is one store, and a backend may bring another one.
 *
 * `Work` is what the task's context gets, by name: `{ network: NetworkTransaction }`, `{ orders: OrderBook }`.
 *
 * @example
 * const store: Store<{ orders: OrderBook }> = {
 *   begin() {
 *     const orders = new OrderBook();
 *     return { work: { orders }, commit: () => orders.save(), rollback: () => orders.forget() };
 *   },
 * };
 */
export interface Store<Work extends object> {
  /**
   * `run` says for which task the unit of work is, so that a store may keep what each task has built. It is undefined where the
   * engine only checks parameters.
   */
  begin(run?: RunOfTask): StoreTransaction<Work>;
  /**
   * Begins a unit of work for a preview, which is always rolled back: what it writes is seen by its own reads alone, and it takes
   * nothing that a rollback would not give back, such as ids or names. A store without this method is asked to `begin`.
   */
  rehearse?(): StoreTransaction<Work>;
  /**
   * Calls the listener after each commit that changed a design, and when a design was deleted or posted, whoever did it. Returns
   * what ends that. An engine shows it at the tasks of the design. A store without this method leaves it to
   * `TaskEngine.noteDesign`.
   */
  watchDesigns?(listener: (change: DesignChange) => void): () => void;
}

/** The run of a task that a unit of work is for. */
export interface RunOfTask {
  readonly taskId: string;
}

/** One unit of work. The engine ends it, once: the task sees `work` only, so it can neither commit nor roll back. */
export interface StoreTransaction<Work extends object> {
  readonly work: Work;
  /** Stores all writes at once. Rejects, with a TaskRefusal where it knows why, when it stored none of them. */
  commit(): Promise<void>;
  /** Forgets all writes. Does nothing where the transaction has ended. */
  rollback(): void;
  /**
   * Remembers where the transaction is, so that the writes of one item can be undone. A store without it runs every task but
   * those that keep good items (`keep: 'good-items'`). The engine opens one at a time.
   */
  savepoint?(): Savepoint;
}

/** A place in a unit of work. Whoever opened it calls one of these, once. */
export interface Savepoint {
  /** Forgets the writes since the savepoint. */
  undo(): void;
  /** Keeps them, for the commit. */
  keep(): void;
}
