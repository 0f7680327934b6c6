import type { TaskError } from '../../src/contract/index.ts';
import type { WorkflowIndex } from './graph/WorkflowIndex.ts';

/** A node that failed, and why. */
export interface NodeFailure {
  node: string;
  /** Absent where its task could not be started. */
  taskId?: string;
  error: TaskError;
}

interface Node {
  key: string;
  state: 'waiting' | 'started' | 'succeeded' | 'failed' | 'skipped';
  weight: number;
  /** The number of nodes before it that have not succeeded. */
  waitsFor: number;
  /** 0 to 1 while it runs. */
  fraction: number;
  taskId?: string;
}

/**
 * It knows how the nodes of a run stand, and which may start. It touches nothing. Each change costs as much as it changes, so that a graph
 * of thousands costs what its nodes do.
 */
export class RunState {
  readonly #index: WorkflowIndex;
  readonly #nodes = new Map<string, Node>();
  readonly #failures: NodeFailure[] = [];
  /** The nodes that run, or were kept. */
  #size = 0;
  #open = 0;
  #ended = 0;
  #weights = 0;
  #done = 0;

  /** `kept`: tasks whose results stand for nodes. `only`: the other nodes that run; undefined: all of them. */
  constructor(
    index: WorkflowIndex,
    kept: Readonly<Record<string, string>>,
    only: readonly string[] | undefined,
  ) {
    this.#index = index;
    const wanted = only && new Set(only);
    const taskOf = new Map(Object.entries(kept));
    for (const { key, weight = 1 } of index.graph.nodes) {
      const taskId = taskOf.get(key);
      const isSkipped = taskId === undefined && wanted && !wanted.has(key);
      const state = taskId !== undefined ? 'succeeded' : isSkipped ? 'skipped' : 'waiting';
      const waitsFor = index.predecessorsOf(key).size;
      const node = {
        key,
        state,
        weight,
        waitsFor,
        fraction: 0,
        ...(taskId !== undefined && { taskId }),
      } as const;
      this.#nodes.set(key, { ...node });
      if (state === 'skipped') continue;
      this.#size += 1;
      this.#weights += weight;
      if (state === 'waiting') this.#open += 1;
      else this.#countEnd(weight);
    }
    for (const { key, state } of this.#nodes.values()) {
      if (state === 'succeeded') this.#release(key);
    }
  }

  /** The nodes that may start now. */
  get ready(): string[] {
    return [...this.#nodes.values()]
      .filter(({ state, waitsFor }) => state === 'waiting' && waitsFor === 0)
      .map(({ key }) => key);
  }

  /** True once no node waits or runs. */
  get isOver(): boolean {
    return this.#open === 0;
  }

  /** In the order they failed. */
  get failures(): readonly NodeFailure[] {
    return this.#failures;
  }

  /** Keys of the nodes that were started and have not ended, with their tasks. */
  get started(): { node: string; taskId: string }[] {
    return [...this.#nodes.values()].flatMap(({ key, state, taskId }) =>
      state === 'started' && taskId !== undefined ? [{ node: key, taskId }] : [],
    );
  }

  /** The tasks of the nodes that have succeeded. */
  get tasks(): Record<string, string> {
    return Object.fromEntries(
      [...this.#nodes.values()].flatMap(({ key, state, taskId }) =>
        state === 'succeeded' && taskId !== undefined ? [[key, taskId]] : [],
      ),
    );
  }

  get progress(): { done: number; total: number; percent: number; message: string } {
    const whole = this.#weights;
    const done = this.#open === 0 && this.#failures.length === 0 ? whole : Math.min(whole, this.#done);
    return {
      done: this.#ended,
      total: this.#size,
      percent: whole > 0 ? (100 * done) / whole : 100,
      message: `${this.#ended} of ${this.#size} done`,
    };
  }

  taskOf(node: string): string | undefined {
    return this.#nodes.get(node)?.taskId;
  }

  isWaiting(node: string): boolean {
    return this.#nodes.get(node)?.state === 'waiting';
  }

  /** The node has a task. */
  start(key: string, taskId: string): void {
    const node = this.#nodes.get(key);
    if (node?.state !== 'waiting') return;
    node.state = 'started';
    node.taskId = taskId;
  }

  /** True where that is news. */
  advance(key: string, fraction: number): boolean {
    const node = this.#nodes.get(key);
    if (node?.state !== 'started' || fraction === node.fraction) return false;
    this.#done += node.weight * (fraction - node.fraction);
    node.fraction = fraction;
    return true;
  }

  /** Returns the nodes that may start now because of it; undefined where it had ended before. */
  succeed(key: string): string[] | undefined {
    const node = this.#nodes.get(key);
    if (node?.state !== 'started') return undefined;
    node.state = 'succeeded';
    this.#open -= 1;
    this.#countEnd(node.weight * (1 - node.fraction));
    return this.#release(key);
  }

  /** The nodes after it are skipped. Returns false where it had ended before. */
  fail(key: string, error: TaskError): boolean {
    const node = this.#nodes.get(key);
    if (node?.state !== 'started' && node?.state !== 'waiting') return false;
    node.state = 'failed';
    this.#open -= 1;
    const { taskId } = node;
    this.#failures.push({ node: key, error, ...(taskId !== undefined && { taskId }) });
    const after = [...this.#index.successorsOf(key)];
    for (let next = after.pop(); next !== undefined; next = after.pop()) {
      const skipped = this.#nodes.get(next);
      if (skipped?.state !== 'waiting') continue;
      skipped.state = 'skipped';
      this.#open -= 1;
      after.push(...this.#index.successorsOf(next));
    }
    return true;
  }

  #countEnd(left: number): void {
    this.#ended += 1;
    this.#done += left;
  }

  #release(key: string): string[] {
    const ready: string[] = [];
    for (const next of this.#index.successorsOf(key)) {
      const node = this.#nodes.get(next);
      if (!node) continue;
      node.waitsFor -= 1;
      if (node.waitsFor === 0 && node.state === 'waiting') ready.push(next);
    }
    return ready;
  }
}
