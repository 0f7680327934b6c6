import { NODE_TAG, RUN_TAG } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';

/** The idempotency key of a node's task: however often a node is started, it has one task. */
const KEY = /^lrt-node\/([0-9a-f]{32})\/([\s\S]{1,95})$/;
const PREFIX = 'lrt-node/';

/** A node of a run. */
export interface NodeOfRun {
  /** The id of the run's task. */
  run: string;
  /** Its key in the graph. */
  node: string;
}

export function keyOfNode({ run, node }: NodeOfRun): string {
  return `${PREFIX}${run}/${node}`;
}

/** Undefined for the key of any other task. */
export function nodeOfKey(idempotencyKey: string | undefined): NodeOfRun | undefined {
  const [, run, node] = (idempotencyKey !== undefined && KEY.exec(idempotencyKey)) || [];
  return run === undefined || node === undefined ? undefined : { run, node };
}

/** Throws 'invalid-request' for a key that the engine keeps for nodes: nobody else starts a task in a run. */
export function refuseNodeKey(idempotencyKey: string | undefined): void {
  if (!idempotencyKey?.startsWith(PREFIX)) return;
  const message = `An idempotency key must not begin with "${PREFIX}": the nodes of workflows have such keys; use another one`;
  throw new TaskRefusal({ code: 'invalid-request', message });
}

export function tagsOfNode({ run, node }: NodeOfRun): string[] {
  return [`${RUN_TAG}${run}`, `${NODE_TAG}${node}`];
}
