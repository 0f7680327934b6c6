import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { Caller, TaskEngine } from '../../../../backend/tasks/TaskEngine.ts';
import type { NodeTask, RunEngine } from '../../../../backend/workflows/RunEngine.ts';
import type { EnqueueRequest, TaskSnapshot } from '../../../../src/contract/index.ts';
import { unavailableFor } from '../../common/errorKind.ts';
import type { TaskIntake } from '../TaskIntake.ts';
import { RunIsOver } from '../TaskIntake.ts';
import type { TaskServices } from '../TaskServices.ts';
import { cancelNodes } from './cancelNodes.ts';

/** A DistributedEngine as its runs of workflows use it. */
export class DistributedRuns<Work extends object> implements RunEngine<Work> {
  readonly definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  readonly #engine: Pick<TaskEngine, 'count' | 'get' | 'events'>;
  readonly #services: TaskServices;
  readonly #intake: () => TaskIntake<Work>;

  constructor(parts: {
    engine: Pick<TaskEngine, 'count' | 'get' | 'events'>;
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
    services: TaskServices;
    intake: () => TaskIntake<Work>;
  }) {
    this.#engine = parts.engine;
    this.definitions = parts.definitions;
    this.#services = parts.services;
    this.#intake = parts.intake;
  }

  count: TaskEngine['count'] = (filter, caller) => this.#engine.count(filter, caller);

  get: TaskEngine['get'] = (id, caller) => this.#engine.get(id, caller);

  events: TaskEngine['events'] = (filter, options) => this.#engine.events(filter, options);

  nodesOf(run: string): Promise<NodeTask[]> {
    return unlessAway(() => this.#services.runs.nodesOf(run));
  }

  async startNode(
    request: EnqueueRequest,
    caller: Caller,
  ): Promise<Pick<TaskSnapshot, 'id' | 'status'> | undefined> {
    try {
      const { task } = await unlessAway(() => this.#intake().enqueue(request, caller, {}, this.definitions));
      return task;
    } catch (error) {
      if (error instanceof RunIsOver) return undefined;
      throw error;
    }
  }

  async startedNode(run: string, node: string, { owner }: Caller) {
    return (await unlessAway(() => this.#services.runs.someOf(run, owner, [node], []))).get(node);
  }

  results(ids: readonly string[], { owner, admin }: Caller): Promise<Map<string, unknown>> {
    return unlessAway(() => this.#services.runs.results(ids, admin ? undefined : owner));
  }

  cancelNodes(run: string): Promise<void> {
    return cancelNodes(run, this.#services);
  }
}

/** A run waits for a service that is away: it says 'unavailable' then. */
async function unlessAway<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw unavailableFor(error) ?? error;
  }
}
