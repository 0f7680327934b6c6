import { isRecord, type TaskSnapshot } from '../../../contract/index.ts';
import { type Connection, callJson } from '../../http.ts';
import type { KnownTasks } from '../../known/KnownTasks.ts';
import type { SourceUser, TaskSource } from '../../known/TaskSource.ts';
import type { CallOptions } from '../../SystemClient.ts';
import { safely } from '../../safely.ts';
import type { Shape } from '../../shapes.ts';
import { isTaskClientError, TaskClientError } from '../../TaskClientError.ts';
import { prepareSocket, type WebSocketClass } from './prepareSocket.ts';
import { ReflexSource } from './ReflexSource.ts';
import { type Message, readBody, readMessage } from './readMessage.ts';

/** So many tasks have a WebSocket each. Further ones are followed by the one of the client token. */
const MAX_TASK_SOCKETS = 4;
const POLL_TASK_MS = 2_000;
/** The state of a client token may be large. */
const POLL_TOKEN_MS = 5_000;

export interface SessionOptions {
  baseUrl: string;
  clientToken: string;
  connection: Connection;
  known: KnownTasks;
  watchdogSeconds: number;
  webSocket: WebSocketClass | undefined;
  /** Hears once of each kind of message that cannot be read. */
  onWarning: ((message: string) => void) | undefined;
}

interface SharedSource {
  source: ReflexSource;
  users: Set<SourceUser>;
  hasState: boolean;
  warnings: Set<string>;
}

const anyRecord: Shape<Record<string, unknown>> = isRecord;

/** The calls and WebSockets of a client of the Reflex protocol. All that they bring goes to KnownTasks. */
export class ReflexSession implements TaskSource {
  readonly #options: SessionOptions;
  readonly #known: KnownTasks;
  /** By the id of the task; undefined is the client token. */
  readonly #sources = new Map<string | undefined, SharedSource>();
  readonly #warned = new Set<string>();
  /** Counts the states of all tasks that came by a WebSocket. */
  #statesCount = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#known = options.known;
  }

  /** Asks for one task. Rejects with 'task-not-found' where the server does not have it under this client token. */
  async readTask(id: string, call?: CallOptions): Promise<TaskSnapshot> {
    const url = this.#urlOf('tasks', id);
    try {
      const body = readBody(await this.#call(url, call));
      if (body.kind === 'task') this.#known.takeTask(id, body.task);
      else if (body.kind === 'tasks' && body.tasks.has(id))
        this.#known.takeTasks(body.tasks, { isWhole: false });
      else if (body.kind !== 'error' || !/not found/i.test(body.message)) throw strange(url, body);
      else throw notFound(id);
    } catch (error) {
      // The template answers 500 for a task that it does not know, and a gateway answers 404 in a server's place.
      const isVague =
        isTaskClientError(error) &&
        error.code === 'invalid-response' &&
        [404, 500].includes(error.status ?? 0);
      if (!isVague) throw error;
      const ids = await this.readTasks(call).then(
        (tasks) => tasks.map((task) => task.id),
        () => [id],
      );
      throw ids.includes(id) ? error : notFound(id);
    }
    return this.#known.get(id) ?? fail(notFound(id));
  }

  /** Asks for all tasks of the client token. They come in the order in which the server sends them. */
  async readTasks(call?: CallOptions): Promise<TaskSnapshot[]> {
    const url = this.#urlOf('tasks');
    const before = this.#statesCount;
    const body = readBody(await this.#call(url, call));
    if (body.kind !== 'tasks') throw strange(url, body);
    // A state that a WebSocket brought meanwhile is newer.
    this.#known.takeTasks(body.tasks, { isWhole: before === this.#statesCount });
    return [...body.tasks.keys()].flatMap((id) => this.#known.get(id) ?? []);
  }

  /** The source by which a further task is followed: its own, or that of the client token. */
  sourceFor(taskId: string): string | undefined {
    const taskSockets = [...this.#sources.keys()].filter((id) => id !== undefined).length;
    return this.#sources.has(taskId) || taskSockets < MAX_TASK_SOCKETS ? taskId : undefined;
  }

  /** Keeps a task, or with undefined all tasks, up to date until the returned function is called. Nothing is called before it returns. */
  use(id: string | undefined, user: SourceUser): () => void {
    const opened = this.#sources.get(id);
    const shared = opened ?? this.#open(id);
    shared.users.add(user);
    let isOver = false;
    if (opened) {
      queueMicrotask(() => {
        if (isOver) return;
        user.onConnection(shared.source.state);
        if (shared.hasState) user.onState?.();
      });
    }
    return () => {
      if (isOver) return;
      isOver = true;
      shared.users.delete(user);
      if (shared.users.size > 0) return;
      shared.source.close();
      if (this.#sources.get(id) === shared) this.#sources.delete(id);
    };
  }

  #open(id: string | undefined): SharedSource {
    const { connection, watchdogSeconds, webSocket } = this.#options;
    const users = new Set<SourceUser>();
    const source = new ReflexSource({
      prepareSocket: () => prepareSocket(this.#urlOf('ws/tasks', id), connection, webSocket),
      take: (data) => {
        const taken = this.#take(id, data, shared);
        if (taken !== 'unreadable') noteState();
        return taken;
      },
      read: async (signal) => {
        const before = this.#known.version;
        await (id === undefined ? this.readTasks({ signal }) : this.readTask(id, { signal }));
        noteState();
        return this.#known.version !== before;
      },
      onConnection: (state) => {
        for (const user of [...users]) user.onConnection(state);
      },
      onRefused: (error) => {
        this.#sources.delete(id);
        for (const user of [...users]) user.onRefused(error);
      },
      quietMs: watchdogSeconds > 0 ? watchdogSeconds * 1_000 : Infinity,
      pollMs: id === undefined ? POLL_TOKEN_MS : POLL_TASK_MS,
    });
    const shared: SharedSource = { source, users, hasState: false, warnings: new Set() };
    const noteState = () => {
      if (shared.hasState) return;
      shared.hasState = true;
      for (const user of [...users]) user.onState?.();
    };
    this.#sources.set(id, shared);
    queueMicrotask(() => {
      if (users.size > 0) source.open();
    });
    return shared;
  }

  #take(id: string | undefined, data: unknown, shared: SharedSource): 'new' | 'same' | 'unreadable' {
    const warn = (kind: string, message: string) => {
      if (!shared.warnings.has(kind)) for (const user of [...shared.users]) user.onWarning?.(message);
      shared.warnings.add(kind);
      if (this.#warned.has(kind)) return;
      this.#warned.add(kind);
      safely(() => this.#options.onWarning?.(message));
    };
    const message = readMessage(data);
    switch (message.kind) {
      case 'error':
        warn('error', `The server reports an error: ${message.message}`);
        return 'unreadable';
      case 'unreadable':
        warn(message.reason, `The client skipped ${message.reason}`);
        return 'unreadable';
      case 'tasks':
        if (message.unreadable > 0)
          warn('tasks', `The client skipped ${message.unreadable} tasks that it could not read`);
        if (id === undefined) {
          this.#statesCount += 1;
          return this.#known.takeTasks(message.tasks, { isWhole: true }) ? 'new' : 'same';
        }
        // The template sends all tasks to whoever follows one.
        return this.#takeOne(id, message.tasks.get(id));
      case 'task':
        if (id !== undefined && (message.id ?? id) === id) return this.#takeOne(id, message.task);
        warn('task', 'The client skipped a task that it did not ask for');
        return 'unreadable';
    }
  }

  #takeOne(
    id: string,
    task: Parameters<KnownTasks['takeTask']>[1] | undefined,
  ): 'new' | 'same' | 'unreadable' {
    if (!task) return 'unreadable';
    return this.#known.takeTask(id, task) ? 'new' : 'same';
  }

  async #call(url: string, call: CallOptions = {}): Promise<Record<string, unknown>> {
    try {
      return await callJson(this.#options.connection, anyRecord, 'GET', url, { ...call, again: true });
    } catch (error) {
      if (!isTaskClientError(error) || error.code !== 'invalid-response' || error.status !== undefined)
        throw error;
      throw strange(url, { kind: 'unreadable', reason: error.message });
    }
  }

  #urlOf(kind: 'tasks' | 'ws/tasks', id?: string): string {
    const { baseUrl, clientToken } = this.#options;
    return `${baseUrl}/${kind}/${segment(clientToken)}${id === undefined ? '' : `/${segment(id)}`}`;
  }
}

/** '', '.' and '..' would lead to another path. No token and no task is called so. */
function segment(text: string): string {
  return encodeURIComponent(text).replace(/^\.*$/, '-');
}

function notFound(id: string): TaskClientError {
  const message = `There is no task ${JSON.stringify(id.slice(0, 99))} under this client token`;
  return new TaskClientError({ code: 'task-not-found', message, status: 404 });
}

function strange(url: string, body: Message): TaskClientError {
  const found =
    body.kind === 'error' ? body.message : body.kind === 'unreadable' ? body.reason : `a ${body.kind}`;
  return new TaskClientError({
    code: 'invalid-response',
    message: `${url} answered no state of the Reflex protocol (a wrong baseUrl, or a sign-in page?): ${found}`,
  });
}

function fail(error: Error): never {
  throw error;
}
