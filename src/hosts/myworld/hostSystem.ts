import type {
  EnqueueOptions,
  ListQuery,
  SystemClient,
  TaskHandlers,
  TaskRef,
  TaskStream,
  WatchHandlers,
  WatchOptions,
} from '../../client/SystemClient.ts';
import { isTaskClientError, TaskClientError } from '../../client/TaskClientError.ts';
import type { RetryRequest, TaskError, TaskFilter, TaskProgress, TaskStatus } from '../../contract/index.ts';
import {
  isCounts,
  isExportedFile,
  isItemPage,
  isLogPage,
  isPreview,
  isReasons,
  isTask,
  pageOf,
} from './hostAnswers.ts';
import { fieldOf, isObject, methodOf, textOf } from './parseHost.ts';

const known = new WeakMap<object, SystemClient>();

/**
 * The host's own `app.system` as the plugin uses it; undefined where it cannot run tasks. The same client for the
 * same system. Its other abilities are looked up at each use: a host may get them later.
 */
export function hostSystem(given: unknown): SystemClient | undefined {
  if (!isObject(given)) return undefined;
  if (!methodOf(given, 'enqueueTask') || !methodOf(given, 'streamTaskProgress')) return undefined;
  const client = known.get(given) ?? new HostSystem(given);
  known.set(given, client);
  return client;
}

class HostSystem implements SystemClient {
  readonly #given: object;

  constructor(given: object) {
    this.#given = given;
  }

  async enqueueTask(name: string, params: object, options?: EnqueueOptions): Promise<TaskRef> {
    const args = options ? [name, params, options] : [name, params];
    return refOf(await this.#call('enqueueTask', ...args), `enqueueTask("${name}")`);
  }

  streamTaskProgress(taskId: string | number, handlers: TaskHandlers): TaskStream {
    const tolerated = tolerant(handlers);
    const lost = (thrown: unknown) => {
      // The task was queued and may be running: only the way to it is broken.
      const { message } = problemOf(thrown);
      tolerated.handlers.onFailure?.(new TaskClientError({ code: 'lost-sight', message, cause: thrown }));
    };
    let stream: unknown;
    let closed = false;
    const close = () => {
      try {
        methodOf(stream, 'close')?.();
      } catch {
        // It is out of use, closed or not: nothing that it says is heard any more.
      }
    };
    const take = (opened: unknown) => {
      stream = opened;
      if (closed) close();
    };
    try {
      const opened = methodOf(this.#given, 'streamTaskProgress')?.(taskId, tolerated.handlers);
      if (methodOf(opened, 'then')) Promise.resolve(opened).then(take, lost);
      else take(opened);
    } catch (thrown) {
      lost(thrown);
    }
    return {
      close() {
        if (closed) return;
        closed = true;
        tolerated.silence();
        close();
      },
    };
  }

  get cancelTask(): SystemClient['cancelTask'] {
    return this.#ability('cancelTask', async (taskId: string | number) => {
      await this.#call('cancelTask', taskId);
    });
  }

  get retryTask(): SystemClient['retryTask'] {
    return this.#ability('retryTask', async (taskId: string | number, options?: RetryRequest) =>
      refOf(await this.#call('retryTask', taskId, ...(options ? [options] : [])), `retryTask("${taskId}")`),
    );
  }

  get listTasks(): SystemClient['listTasks'] {
    return this.#ability('listTasks', async (query: ListQuery = {}) =>
      pageOf(await this.#call('listTasks', query), query),
    );
  }

  get previewTask(): SystemClient['previewTask'] {
    return this.#answered('previewTask', 'a preview', isPreview);
  }

  get exportTask(): SystemClient['exportTask'] {
    return this.#answered('exportTask', 'a file', isExportedFile);
  }

  get getTask(): SystemClient['getTask'] {
    return this.#answered('getTask', 'the task', isTask);
  }

  get waitingTasks(): SystemClient['waitingTasks'] {
    return this.#answered('waitingTasks', 'an object of reasons by id', isReasons);
  }

  get listItems(): SystemClient['listItems'] {
    return this.#answered('listItems', '{ items }', isItemPage);
  }

  get listLog(): SystemClient['listLog'] {
    return this.#answered('listLog', '{ lines, cursor, hasMore }', isLogPage);
  }

  get countTasks(): SystemClient['countTasks'] {
    return this.#answered('countTasks', '{ byStatus, others }', isCounts);
  }

  get clearTask(): SystemClient['clearTask'] {
    return this.#ability('clearTask', async (...args: unknown[]) => {
      await this.#call('clearTask', ...args);
    });
  }

  get bulkTasks(): SystemClient['bulkTasks'] {
    return this.#ability('bulkTasks', async (...args: unknown[]) =>
      refOf(await this.#call('bulkTasks', ...args), 'bulkTasks'),
    );
  }

  get watchTasks(): SystemClient['watchTasks'] {
    return this.#ability(
      'watchTasks',
      (filter: TaskFilter, handlers: WatchHandlers, options?: WatchOptions) => {
        const failed = (thrown: unknown) => {
          const { message } = problemOf(thrown);
          handlers.onError?.(new TaskClientError({ code: 'unavailable', message, cause: thrown }));
        };
        let stream: unknown;
        try {
          stream = methodOf(this.#given, 'watchTasks')?.(filter, handlers, options);
        } catch (thrown) {
          queueMicrotask(() => failed(thrown));
        }
        return {
          close() {
            methodOf(stream, 'close')?.();
          },
        };
      },
    );
  }

  #ability<Ability>(method: string, ability: Ability): Ability | undefined {
    return methodOf(this.#given, method) && ability;
  }

  /** A call whose answer has to be of one shape. Its arguments reach the host as they are. */
  #answered<Answer>(
    method: string,
    shape: string,
    isAnswer: (value: unknown) => value is Answer,
  ): ((...args: unknown[]) => Promise<Answer>) | undefined {
    return this.#ability(method, async (...args: unknown[]) => {
      const answer = await this.#call(method, ...args);
      if (isAnswer(answer)) return answer;
      throw new TypeError(`The host's ${method} resolved with something else than ${shape}`);
    });
  }

  async #call(method: string, ...args: unknown[]): Promise<unknown> {
    try {
      return await methodOf(this.#given, method)?.(...args);
    } catch (thrown) {
      throw problemOf(thrown);
    }
  }
}

/** Our handlers for a host's client, which gives what it likes and may go on after it was closed. */
function tolerant(ours: TaskHandlers): { handlers: TaskHandlers; silence(): void } {
  let silent = false;
  let connected = false;
  let progress: TaskProgress = { percent: null, step: null, message: '' };
  // Most hosts do not report the connection: it is live once something comes through.
  const heard = () => {
    if (!connected && !silent) ours.onConnection?.({ state: 'live' });
    connected = true;
  };
  const when =
    <Args extends unknown[]>(handle: (...args: Args) => void) =>
    (...args: Args) => {
      if (!silent) handle(...args);
    };
  return {
    silence() {
      silent = true;
    },
    handlers: {
      onProgress: when((given: unknown) => {
        heard();
        const { status, ...words } = progressOf(given, progress);
        progress = words;
        ours.onProgress?.({ ...words, status });
      }),
      onSuccess: when((result) => ours.onSuccess?.(result)),
      onFailure: when((given: unknown) => {
        if (fieldOf(given, 'code') === 'cancelled' && ours.onCancelled) ours.onCancelled();
        else ours.onFailure?.(failureOf(given));
      }),
      onCancelled: when(() => ours.onCancelled?.()),
      onEnd: when(() => ours.onEnd?.()),
      onConnection: when((state) => {
        connected = true;
        ours.onConnection?.(state);
      }),
      onSnapshot: when((task, info) => ours.onSnapshot?.(task, info)),
      onFeatures: when((features, info) => ours.onFeatures?.(features, info)),
      onItems: when((items, info) => ours.onItems?.(items, info)),
      onLog: when((entry) => ours.onLog?.(entry)),
    },
  };
}

function failureOf(given: unknown): TaskError {
  return Object.assign(problemOf(given), { code: textOf(fieldOf(given, 'code')) ?? 'exception' });
}

/** `{ percent, message, status }`, any of them absent: then it is as before. Python's numbers may come as text. */
function progressOf(given: unknown, before: TaskProgress): TaskProgress & { status: TaskStatus } {
  const number = (name: string) => {
    const value = fieldOf(given, name);
    const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
  };
  const status = textOf(fieldOf(given, 'status'));
  const stepCount = number('stepCount');
  const done = number('done');
  const total = number('total');
  return {
    ...before,
    percent: number('percent') ?? before.percent,
    step: number('step') ?? before.step,
    message: textOf(fieldOf(given, 'message')) ?? before.message,
    ...(stepCount !== undefined && { stepCount }),
    ...(done !== undefined && { done }),
    ...(total !== undefined && { total }),
    status: status !== undefined && WAITING.includes(status.toLowerCase()) ? 'queued' : 'running',
  };
}

/** The names that queues have for a task that no worker has taken yet. */
const WAITING = ['queued', 'deferred', 'scheduled', 'not running', 'pending'];

function refOf(given: unknown, call: string): TaskRef {
  const id = isObject(given) ? given.id : given;
  if (typeof id === 'string' || typeof id === 'number') return { id };
  throw new TypeError(
    `The host's ${call} resolved without the id of a task; it is to resolve with { id }. The task may be running`,
  );
}

/** Where hosts keep the reason, when it is not an Error. */
const REASONS = ['message', 'error', 'detail', 'reason', 'statusText', 'responseText'];

/** Why it did not work: the host's own error where it says why, else one that does. */
function problemOf(thrown: unknown): Error & { code?: string } {
  if (isTaskClientError(thrown)) return thrown;
  const text = textOf(thrown) ?? REASONS.map((name) => textOf(fieldOf(thrown, name))).find(Boolean);
  const error = new Error(text ?? 'The host gave no reason', { cause: thrown });
  const code = textOf(fieldOf(thrown, 'code'));
  const details = fieldOf(thrown, 'details');
  const parameters = fieldOf(thrown, 'parameters');
  return Object.assign(error, {
    ...(code !== undefined && { code }),
    ...(isObject(details) && { details }),
    ...(Array.isArray(parameters) && { parameters }),
  });
}
