/** One run of a workflow for its view: the graph, and how each node and each link of it stands, at most one frame old. */
import { onceAFrame } from '../../client/onceAFrame.ts';
import type { ConnectionState, SystemClient } from '../../client/SystemClient.ts';
import { safely } from '../../client/safely.ts';
import { isRecord, isTerminal, type TaskSnapshot, type WorkflowGraph } from '../../contract/index.ts';
import type { RunFeed } from '../run/RunFeed.ts';
import { type GraphIndex, indexGraph } from './graphIndex.ts';
import { type LinkState, linkState } from './linkStates.ts';
import { NodeTasks } from './NodeTasks.ts';
import {
  countNodes,
  hasSucceeded,
  isRunning,
  isSameState,
  type NodeState,
  nodeStates,
  type RunCounts,
} from './nodeStates.ts';
import { MOST_COUNTED, ResultCounts } from './ResultCounts.ts';
import { readGraph } from './readGraph.ts';

/** The state of the whole. It is another object when something of it has changed; a node's progress alone changes nothing. */
export interface WorkflowState {
  /** Undefined until the server has sent it. */
  index: GraphIndex | undefined;
  counts: RunCounts;
  connection: ConnectionState;
  /** Counts the changes of which node is in which status. */
  structure: number;
}

export interface WorkflowRunOptions {
  system: SystemClient;
  /** Follows the task of the run. Whoever made it opens and closes it. */
  feed: Pick<RunFeed, 'getState' | 'subscribe'>;
  runId: string;
}

/**
 * It keeps nothing that the server does not know, so that a reload at any moment shows the same. Nodes have listeners of their
 * own: a change of one of a thousand nodes calls those of this node and of its links.
 *
 * @example
 * const run = new WorkflowRun({ system, feed, runId });
 * const stop = run.open();
 */
export class WorkflowRun {
  readonly #options: WorkflowRunOptions;
  readonly #nodes: NodeTasks;
  readonly #results: ResultCounts;
  readonly #listeners = new Set<() => void>();
  readonly #nodeListeners = new Map<string, Set<() => void>>();
  readonly #changed = new Set<string>();
  readonly #keptTasks = new Map<string, TaskSnapshot>();
  readonly #frame = onceAFrame(() => this.#publish());
  #states = new Map<string, NodeState>();
  #links = new Map<number, LinkState>();
  #index: GraphIndex | undefined;
  #kept: ReadonlyMap<string, string> = new Map();
  #only: ReadonlySet<string> | undefined;
  #seen: TaskSnapshot | undefined;
  #state: WorkflowState = {
    index: undefined,
    counts: countNodes([]),
    connection: { state: 'connecting' },
    structure: 0,
  };

  constructor(options: WorkflowRunOptions) {
    this.#options = options;
    const { system, runId } = options;
    this.#nodes = new NodeTasks({
      system,
      runId,
      onNode: (key) => {
        this.#changed.add(key);
        this.#frame.request();
      },
      onState: () => this.#frame.request(),
    });
    this.#results = new ResultCounts({ system, onTask: (task) => this.#takeResult(task) });
    this.#readRun();
    this.#publish();
  }

  open(): () => void {
    const unsubscribe = this.#options.feed.subscribe(() => {
      this.#readRun();
      // The feed has waited for a frame already.
      this.#frame.flush();
    });
    this.#readRun();
    this.#nodes.open();
    this.#frame.request();
    return () => {
      unsubscribe();
      this.#nodes.close();
      this.#results.close();
      this.#frame.cancel();
    };
  }

  getState = (): WorkflowState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  node(key: string): NodeState | undefined {
    return this.#states.get(key);
  }

  /** All nodes, each after those that it waits for. */
  get nodes(): ReadonlyMap<string, NodeState> {
    return this.#states;
  }

  link(id: number): LinkState | undefined {
    return this.#links.get(id);
  }

  /** Calls the listener when this node, or a link that leads on from it, has changed. At most once a frame. */
  subscribeNode(key: string, listener: () => void): () => void {
    const listeners = this.#nodeListeners.get(key) ?? new Set();
    this.#nodeListeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#nodeListeners.get(key) === listeners) this.#nodeListeners.delete(key);
    };
  }

  /** Takes over what the task of the run says. The graph of a run never changes, so it is read once. */
  #readRun(): void {
    const { task } = this.#options.feed.getState();
    if (!task || task === this.#seen) return;
    this.#seen = task;
    const { graph, kept, only } = isRecord(task.params) ? task.params : {};
    if (!this.#index) {
      const read: WorkflowGraph | undefined = readGraph(graph);
      this.#index = read && indexGraph(read);
    }
    if (isRecord(kept)) {
      this.#kept = new Map(
        Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    }
    if (Array.isArray(only)) this.#only = new Set(only.filter((key) => typeof key === 'string'));
    if (isTerminal(task.status)) this.#nodes.runEnded();
  }

  #takeResult(task: TaskSnapshot): void {
    for (const [key, id] of this.#kept) {
      if (id !== task.id) continue;
      this.#keptTasks.set(id, task);
      this.#changed.add(key);
    }
    for (const [key, state] of this.#states) if (state.taskId === task.id) this.#changed.add(key);
    this.#frame.request();
  }

  #publish(): void {
    // Before its tasks are known, a node of a run that has ended would look as if it was skipped.
    const index = this.#nodes.isRead ? this.#index : undefined;
    const changed = new Set(this.#changed);
    this.#changed.clear();
    const before = this.#states;
    if (index) {
      this.#states = nodeStates({
        index,
        run: this.#seen,
        tasks: this.#nodes.tasks,
        kept: this.#kept,
        keptTasks: this.#keptTasks,
        only: this.#only,
        connection: this.#nodes.connection,
      });
    }
    let moved = index !== this.#state.index;
    for (const [key, state] of this.#states) {
      const known = before.get(key);
      if (known && isSameState(known, state)) this.#states.set(key, known);
      else {
        changed.add(key);
        moved ||= known?.status !== state.status || known.taskId !== state.taskId;
      }
    }
    if (index) for (const key of changed) this.#updateLinks(index, key);
    this.#setState(moved, index);
    for (const key of changed)
      for (const listener of [...(this.#nodeListeners.get(key) ?? [])]) safely(listener);
  }

  #updateLinks(index: GraphIndex, key: string): void {
    const state = this.#states.get(key);
    const leadsOn = index.from.get(key) ?? [];
    const taskId = state?.taskId;
    if (state && hasSucceeded(state) && taskId !== undefined && index.nodes.size <= MOST_COUNTED) {
      if (leadsOn.length > 0 || state.isKept) this.#results.ask(taskId);
    }
    for (const link of leadsOn) {
      const isOver = state !== undefined && !isRunning(state);
      const count = isOver && taskId !== undefined ? this.#results.of(taskId, link.outputs) : undefined;
      const next = linkState(link, state, count);
      const known = this.#links.get(link.id);
      if (known?.status !== next.status || known.count !== next.count) this.#links.set(link.id, next);
    }
  }

  #setState(moved: boolean, index: GraphIndex | undefined): void {
    const { connection } = this.#nodes;
    if (!moved && connection === this.#state.connection) return;
    this.#state = {
      index,
      connection,
      counts: moved ? countNodes(this.#states.values()) : this.#state.counts,
      structure: this.#state.structure + (moved ? 1 : 0),
    };
    for (const listener of [...this.#listeners]) safely(listener);
  }
}
