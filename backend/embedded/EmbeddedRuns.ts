import { type EnqueueRequest, isTerminal, type TaskStatus, WORKFLOW_TASK } from '../../src/contract/index.ts';
import { isTaskRefusal } from '../common/TaskRefusal.ts';
import type { Caller, TaskEngine } from '../tasks/TaskEngine.ts';
import { nodeOfKey } from '../workflows/nodeKeys.ts';
import type { NodeTask, RunEngine } from '../workflows/RunEngine.ts';
import type { TaskEntry } from './TaskEntry.ts';
import type { TaskLifecycle } from './TaskLifecycle.ts';

interface Parts<Work extends object> {
  lifecycle(): TaskLifecycle<Work>;
  /** `mayBegin` is called just before the task begins to exist, and throws where it must not. */
  enqueue(request: EnqueueRequest, caller: Caller, mayBegin: () => void): ReturnType<TaskEngine['enqueue']>;
}

type Engine = Pick<TaskEngine, 'count' | 'get' | 'events' | 'cancel'> & { readonly ready: Promise<void> };

/** The run has ended or is to be cancelled. */
class RunIsOver extends Error {}

/** An EmbeddedEngine as its runs of workflows use it. */
export class EmbeddedRuns<Work extends object> implements RunEngine<Work> {
  readonly #engine: Engine;
  readonly #parts: Parts<Work>;

  constructor(engine: Engine, parts: Parts<Work>) {
    this.#engine = engine;
    this.#parts = parts;
  }

  get definitions() {
    return this.#lifecycle.definitions;
  }

  count: TaskEngine['count'] = (filter, caller) => this.#engine.count(filter, caller);

  get: TaskEngine['get'] = (id, caller) => this.#engine.get(id, caller);

  events: TaskEngine['events'] = (filter, options) => this.#engine.events(filter, options);

  async nodesOf(run: string): Promise<NodeTask[]> {
    await this.#engine.ready;
    return Array.from(this.#lifecycle.table.nodesOf(run), ([node, { log }]) => {
      const { id, status, error, cancelledBy } = log.task;
      return { id, node, status, error, cancelledBy };
    });
  }

  async startNode(request: EnqueueRequest, caller: Caller) {
    const run = nodeOfKey(request.idempotencyKey)?.run ?? '';
    try {
      const { task } = await this.#parts.enqueue(request, caller, () => {
        const entry = this.#lifecycle.table.withId(run);
        const { cancelRequested } = entry?.log.task ?? {};
        if (entry?.state !== 'running' || cancelRequested || entry.cancelWanted) throw new RunIsOver();
      });
      return task;
    } catch (error) {
      if (error instanceof RunIsOver) return undefined;
      throw error;
    }
  }

  async results(ids: readonly string[], caller: Caller): Promise<Map<string, unknown>> {
    const tasks = ids.flatMap((id) => this.#lifecycle.table.find(id, caller)?.log.task ?? []);
    return new Map(
      tasks.flatMap(({ id, status, result }) => (status === 'succeeded' ? [[id, result] as const] : [])),
    );
  }

  async cancelNodes(run: string): Promise<void> {
    await this.#engine.ready;
    const { table } = this.#lifecycle;
    const { cancelledBy, owner = '' } = table.withId(run)?.log.task ?? {};
    const nodes = [...table.nodesOf(run).values()].filter(({ log }) => !isTerminal(log.task.status));
    const isRunning = ({ state }: TaskEntry) => Number(state === 'running');
    // Those that wait go first, so that none of them starts when a place becomes free.
    nodes.sort((a, b) => isRunning(a) - isRunning(b));
    const by: Caller = { owner: cancelledBy ?? owner, admin: true };
    await Promise.all(
      nodes.map(({ log }) =>
        this.#engine.cancel(log.task.id, by).catch((error: unknown) => {
          // It has ended meanwhile, or the engine is closing.
          if (!isTaskRefusal(error)) throw error;
        }),
      ),
    );
  }

  /** A run that has ended leaves no node behind. */
  ended({ log: { task } }: TaskEntry): void {
    if (task.name !== WORKFLOW_TASK || task.status === 'succeeded') return;
    // A refusal is caught there, and nothing else can go wrong.
    void this.cancelNodes(task.id);
  }

  /** Selects those of these tasks that may be cleared, and the nodes of runs among them. A run needs its nodes until it has ended. */
  toClear(entries: readonly TaskEntry[]): {
    cleared: TaskEntry[];
    nodes: TaskEntry[];
    active: { id: string; status: TaskStatus }[];
  } {
    const { table } = this.#lifecycle;
    const cleared: TaskEntry[] = [];
    const active: { id: string; status: TaskStatus }[] = [];
    for (const entry of entries) {
      const { id } = entry.log.task;
      const run = table.runOf(entry);
      if (entry.state !== 'ended') active.push({ id, status: entry.log.task.status });
      else if (run && run.state !== 'ended') active.push({ id, status: run.log.task.status });
      else cleared.push(entry);
    }
    const all = new Set(cleared);
    const nodes = cleared.flatMap(({ log }) => [...table.nodesOf(log.task.id).values()]);
    return { cleared, active, nodes: nodes.filter((node) => node.state === 'ended' && !all.has(node)) };
  }

  get #lifecycle(): TaskLifecycle<Work> {
    return this.#parts.lifecycle();
  }
}
