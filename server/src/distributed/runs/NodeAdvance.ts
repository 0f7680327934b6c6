import type { Store } from '../../../../backend/common/Store.ts';
import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { Caller } from '../../../../backend/tasks/TaskEngine.ts';
import { type AdvanceEngine, advanceRun, type KnownRun } from '../../../../backend/workflows/advanceRun.ts';
import { WorkflowIndex } from '../../../../backend/workflows/graph/WorkflowIndex.ts';
import type { NodeOfRun } from '../../../../backend/workflows/nodeKeys.ts';
import { paramsOfRun } from '../../../../backend/workflows/workflowParams.ts';
import { type EnqueueRequest, WORKFLOW_TASK } from '../../../../src/contract/index.ts';
import type { TaskRow } from '../rows/taskRow.ts';
import { RunIsOver, TaskIntake } from '../TaskIntake.ts';
import { TaskReads } from '../TaskReads.ts';
import type { TaskServices } from '../TaskServices.ts';

/** A worker keeps so many graphs that it has read. */
const KEPT_RUNS = 50;

/** The room of a worker for nodes that it starts and runs itself. */
export interface Room {
  /** Takes a place for a task of the queue. False where there is none: then other workers may have one. */
  reserve(queue: string): boolean;
  /** Gives back a place that was not needed. */
  release(queue: string): void;
  /** Runs a task that is claimed, in the place that was taken. */
  run(row: TaskRow): void;
}

/**
 * Starts the nodes after those that a worker has finished. It runs those itself for which it has room: a node costs one commit and no
 * way through a queue then.
 */
export class NodeAdvance<Work extends object> implements AdvanceEngine {
  readonly #services: TaskServices;
  readonly #definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #intake: TaskIntake<Work>;
  readonly #room: Room;
  /** The one that was read last comes last. */
  readonly #known = new Map<string, Promise<KnownRun | undefined>>();

  constructor(parts: {
    services: TaskServices;
    store: Store<Work>;
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
    room: Room;
  }) {
    const { services, store } = parts;
    this.#services = services;
    this.#definitions = parts.definitions;
    this.#room = parts.room;
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
    const definition = this.#definitions.get(request.name);
    // Another worker may know the task, and the server's engine does.
    if (!definition) return;
    const { queue } = definition;
    const hasPlace = this.#room.reserve(queue);
    let row: TaskRow | undefined;
    try {
      const { task, claimed } = await this.#intake.enqueue(request, caller, {}, this.#definitions, hasPlace);
      row = claimed ? await this.#services.lookup.find(task.id) : undefined;
    } catch (error) {
      if (!(error instanceof RunIsOver)) throw error;
    } finally {
      if (hasPlace && !row) this.#room.release(queue);
    }
    if (row) this.#room.run(row);
  }

  async #read(id: string): Promise<KnownRun | undefined> {
    const row = await this.#services.lookup.find(id);
    if (row?.name !== WORKFLOW_TASK) return undefined;
    const params = paramsOfRun(row);
    return { params, index: new WorkflowIndex(params.graph) };
  }
}
