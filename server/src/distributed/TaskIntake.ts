import type { Store } from '../../../backend/common/Store.ts';
import {
  type AcceptedRequest,
  acceptRequest,
  type NewTaskOptions,
} from '../../../backend/tasks/acceptRequest.ts';
import type { TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import { refusals } from '../../../backend/tasks/taskErrors.ts';
import type { EnqueueRequest, TaskSnapshot } from '../../../src/contract/index.ts';
import { currentTraceparent, traced } from '../observe/tracing.ts';
import type { LogMirrors } from './logs/LogMirrors.ts';
import { insertedTask, type TaskRow } from './rows/taskRow.ts';
import type { TaskReads } from './TaskReads.ts';
import type { TaskServices } from './TaskServices.ts';

/** The task is a node of a run that has ended or is to be cancelled. Nothing was inserted. */
export class RunIsOver extends Error {}

/** Takes tasks in for a server's callers: it checks each, inserts its row, and finds it again by its idempotency key. */
export class TaskIntake<Work extends object> {
  readonly #store: Store<Work>;
  readonly #services: TaskServices;
  readonly #mirrors: LogMirrors | undefined;
  readonly #reads: TaskReads;

  constructor(parts: {
    store: Store<Work>;
    services: TaskServices;
    /** Those of a server, whose callers will follow the task. */
    mirrors?: LogMirrors;
    reads: TaskReads;
  }) {
    this.#store = parts.store;
    this.#services = parts.services;
    this.#mirrors = parts.mirrors;
    this.#reads = parts.reads;
  }

  /** `definitions`: those that this request may be for. */
  async enqueue(
    request: EnqueueRequest,
    caller: Caller,
    { retryOf, onlyItems }: NewTaskOptions,
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>,
    /** True: the caller runs the task itself, if it may run now. The answer says if it does. */
    claim = false,
  ): Promise<{ task: TaskSnapshot; created: boolean; claimed?: boolean }> {
    const accepted = await acceptRequest(request, caller, {
      definitions,
      store: this.#store,
      find: async (id) => {
        const row = await this.#reads.find(id, caller);
        return row && this.#reads.snapshot(row);
      },
      retryOf,
      onlyItems,
    });
    const { definition, fingerprint } = accepted;
    const { idempotencyKey } = request;
    const { rows, lookup, observer } = this.#services;
    const [known, checked] = await Promise.all([
      // A request that the check refuses now may be known by its key: the engine accepted it when it was still valid.
      idempotencyKey === undefined || !definition.check
        ? undefined
        : lookup.withKey(caller.owner, idempotencyKey),
      accepted.check().then(
        (params) => ({ params }),
        (error: unknown) => ({ refused: error }),
      ),
    ]);
    if (known) return this.#again(known, accepted);
    if ('refused' in checked) throw checked.refused;
    const task = accepted.newTask();
    return traced('enqueue', { 'lrt.task.id': task.id, 'lrt.task.name': task.name }, async () => {
      const inserting = rows.insert({
        task,
        priority: definition.priority,
        fingerprint,
        idempotencyKey,
        exclusiveKey: definition.exclusive?.(checked.params),
        onlyItems,
        traceparent: currentTraceparent(),
        ...(claim && { claim }),
      });
      this.#mirrors?.expect(
        task.id,
        inserting.then((outcome) => insertedTask(task, outcome)),
      );
      const outcome = await inserting;
      if (typeof outcome === 'object') {
        observer.enqueued?.({ name: task.name, queue: task.queue });
        return { task: insertedTask(task, outcome), created: true, claimed: outcome.claimed === true };
      }
      if (outcome === 'over') throw new RunIsOver(`The run of task ${task.id} is over`);
      if (idempotencyKey !== undefined) {
        const first = await lookup.withKey(caller.owner, idempotencyKey);
        if (first) return this.#again(first, accepted);
        const cleared = await lookup.clearedWithKey(caller.owner, idempotencyKey);
        if (cleared !== undefined) throw refusals.cleared(cleared);
      }
      throw refusals.tooManyWaiting();
    });
  }

  async #again(
    known: TaskRow,
    accepted: AcceptedRequest<Work>,
  ): Promise<{ task: TaskSnapshot; created: boolean }> {
    accepted.refuseOther(known);
    return { task: await this.#reads.snapshot(known), created: false };
  }
}
