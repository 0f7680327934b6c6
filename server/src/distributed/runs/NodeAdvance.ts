import type { Store } from '../../../../backend/common/Store.ts';
import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { Caller } from '../../../../backend/tasks/TaskEngine.ts';
import { type AdvanceEngine, advanceRun, type KnownRun } from '../../../../backend/workflows/advanceRun.ts';
import { WorkflowIndex } from '../../../../backend/workflows/graph/WorkflowIndex.ts';
import type { NodeOfRun } from '../../../../backend/workflows/nodeKeys.ts';
import { paramsOfRun } from '../../../../backend/workflows/workflowParams.ts';
import { type EnqueueRequest, WORKFLOW_TASK } from '../../../../src/contract/index.ts';
import { RunIsOver, TaskIntake } from '../TaskIntake.ts';
import { TaskReads } from '../TaskReads.ts';
import type { TaskServices } from '../TaskServices.ts';

/** A worker keeps so many graphs that it has read. */
const KEPT_RUNS = 50;

/** Starts the nodes after those that a worker has finished. */
export class NodeAdvance<Work extends object> implements AdvanceEngine {
  readonly #services: TaskServices;
  readonly #definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #intake: TaskIntake<Work>;
  /** The one that was read last comes last. */
  readonly #known = new Map<string, Promise<KnownRun | undefined>>();

  constructor(parts: {
    services: TaskServices;
    store: Store<Work>;
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  }) {
    const { services, store } = parts;
    this.#services = services;
    this.#definitions = parts.definitions;
    this.#intake = new TaskIntake({ store, services, reads: new TaskReads(services) });
  }

  /** Called when a node has succeeded. */
  async after(at: NodeOfRun): Promise<void> {
    try {
      await advanceRun(this, at);
    } catch (error) {
      // The run's own task meets the same refusal, and says so in the node's name.
      if (!isTaskRefusal(error)) throw error;
    }
  }

  runOf(id: string): Promise<KnownRun | undefined> {
    const known = this.#known.get(id) ?? this.#read(id);
    this.#known.delete(id);
    this.#known.set(id, known);
    known.catch(() => this.#known.delete(id));
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT_RUNS && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  someOf(...given: Parameters<AdvanceEngine['someOf']>): ReturnType<AdvanceEngine['someOf']> {
    return this.#services.runs.someOf(...given);
  }

  async results(ids: readonly string[], { owner, admin }: Caller): Promise<Map<string, unknown>> {
    if (ids.length === 0) return new Map();
    return this.#services.runs.results(ids, admin ? undefined : owner);
  }

  async startNode(request: EnqueueRequest, caller: Caller): Promise<void> {
    // Another worker may know the task, and the server's engine does.
    if (!this.#definitions.has(request.name)) return;
    try {
      await this.#intake.enqueue(request, caller, {}, this.#definitions);
    } catch (error) {
      if (!(error instanceof RunIsOver)) throw error;
    }
  }

  async #read(id: string): Promise<KnownRun | undefined> {
    const row = await this.#services.lookup.find(id);
    if (row?.name !== WORKFLOW_TASK) return undefined;
    const params = paramsOfRun(row);
    return { params, index: new WorkflowIndex(params.graph) };
  }
}
