import type pg from 'pg';
import { keyOfNode, nodeOfKey } from '../../../../backend/workflows/nodeKeys.ts';
import type { NodeTask } from '../../../../backend/workflows/RunEngine.ts';
import type { TaskError, TaskStatus } from '../../../../src/contract/index.ts';
import { retryConflicts } from '../../common/retryConflicts.ts';
import type { Dispatched, TaskRow } from './taskRow.ts';
import { untilUnlocked } from './untilUnlocked.ts';

/** One look for runs with stray nodes finds so many. */
const MOST_STRAY = 100;

/** A node's task with its result, if that was asked for. */
export interface NodeState {
  id: string;
  status: TaskStatus;
  result: unknown;
}

/** Finds and cancels the rows of workflows' nodes. */
export class RunRows {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The tasks of a run's nodes. */
  async nodesOf(run: string): Promise<NodeTask[]> {
    const { rows } = await this.#pool.query<{
      id: string;
      idempotency_key: string;
      status: TaskStatus;
      error: TaskError | null;
      cancelled_by: string | null;
    }>('SELECT id, idempotency_key, status, error, cancelled_by FROM lrt.task WHERE run_id = $1', [run]);
    return rows.flatMap(({ id, idempotency_key: key, status, error, cancelled_by }) => {
      const node = nodeOfKey(JSON.parse(key))?.node;
      if (node === undefined) return [];
      return [{ id, node, status, error: error ?? undefined, cancelledBy: cancelled_by ?? undefined }];
    });
  }

  /** Ids of the tasks of these runs' nodes. */
  async idsOf(runs: readonly string[]): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'SELECT id FROM lrt.task WHERE run_id = ANY ($1)',
      [runs],
    );
    return rows.map(({ id }) => id);
  }

  /** The tasks of some nodes of a run, by node. `given`: those whose results are wanted. */
  async someOf(
    run: string,
    owner: string,
    nodes: readonly string[],
    given: readonly string[],
  ): Promise<Map<string, NodeState>> {
    const keyOf = (node: string) => JSON.stringify(keyOfNode({ run, node }));
    const { rows } = await this.#pool.query<NodeState & { key: string }>(
      `SELECT known.key, task.id, task.status, CASE WHEN known.key = ANY ($3) THEN task.result END AS result
       FROM lrt.task_key AS known JOIN lrt.task ON task.id = known.task_id WHERE known.owner = $1 AND known.key = ANY ($2)`,
      [owner, nodes.map(keyOf), given.map(keyOf)],
    );
    const nodeOf = new Map(nodes.map((node) => [keyOf(node), node]));
    return new Map(rows.map(({ key, ...state }) => [nodeOf.get(key) ?? '', state]));
  }

  /** The results of tasks that have succeeded, of this owner or of all, by id. */
  async results(ids: readonly string[], owner: string | undefined): Promise<Map<string, unknown>> {
    const { rows } = await this.#pool.query<{ id: string; result: unknown }>(
      `SELECT id, result FROM lrt.task
       WHERE id = ANY ($1) AND status = 'succeeded' AND ($2::text IS NULL OR owner = $2)`,
      [ids, owner],
    );
    return new Map(rows.map(({ id, result }) => [id, result]));
  }

  /** Cancels the nodes' tasks of a run: those that wait end at once. Resolves with the rows that this changed. */
  async cancel(run: string): Promise<TaskRow[]> {
    const changed: TaskRow[] = [];
    await untilUnlocked(async () => {
      const { rows } = await retryConflicts(() =>
        this.#pool.query<TaskRow>('SELECT * FROM lrt.cancel_nodes($1)', [run]),
      );
      changed.push(...rows);
      const { rowCount } = await this.#pool.query(
        'SELECT FROM lrt.task WHERE run_id = $1 AND finished_at IS NULL AND NOT cancel_requested LIMIT 1',
        [run],
      );
      return rowCount === 0 ? changed : undefined;
    });
    return changed;
  }

  /** Runs that are over, with nodes that nobody has cancelled. */
  async stray(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ run_id: string }>(
      `SELECT DISTINCT node.run_id FROM lrt.task AS node
       WHERE node.run_id IS NOT NULL AND node.finished_at IS NULL AND NOT node.cancel_requested AND coalesce((
         SELECT false FROM lrt.task AS run
         WHERE run.id = node.run_id AND run.finished_at IS NULL AND NOT run.cancel_requested
       ), true) LIMIT ${MOST_STRAY}`,
    );
    return rows.map(({ run_id }) => run_id);
  }

  /** New jobs of nodes that are in a queue, for a worker of this run. */
  async take(run: string, atMost: number): Promise<Dispatched[]> {
    const { rows } = await this.#pool.query<Dispatched>('SELECT * FROM lrt.take_nodes($1, $2)', [
      run,
      atMost,
    ]);
    return rows;
  }
}
