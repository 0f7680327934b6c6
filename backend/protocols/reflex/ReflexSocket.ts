import type { TaskSnapshot } from '../../../src/contract/index.ts';
import type { SocketEnd, SocketMessages } from '../../http/SocketStream.ts';
import type { AnyLoggedEvent, EventReader } from '../../tasks/EventReader.ts';
import type { TaskEngine } from '../../tasks/TaskEngine.ts';
import { LoggedWatchEvent } from '../../tasks/watch/LoggedWatchEvent.ts';
import { loadState, ReflexState, type ShownTask, shown } from './ReflexState.ts';
import type { Scope } from './scope.ts';

/** Applications choose close codes from 4000 on. These end with the status that HTTP has for the same. */
const NOT_FOUND: SocketEnd = { code: 4404, reason: 'There is no such task under this client token' };
const ENDED: SocketEnd = { code: 1000, reason: 'The task has ended' };
const ENGINE_CLOSED: SocketEnd = { code: 1001, reason: 'This server is shutting down; connect again' };

/**
 * A state of many tasks is sent less often, so that a socket sends about so many characters in a second, however often the
 * tasks change. Messages shorter than what that is for one round of changes are not held back.
 */
const CHARACTERS_PER_SECOND = 262_144;
const LEAST_PAUSE_MS = 40;

/** The state behind the messages of a socket. */
interface Source {
  /** A change of a task. Returns true where there is something new to send. */
  onTask(id: string, task: ShownTask): boolean;
  onGone(id: string): boolean;
  /** Reads the whole state again. Resolves with the cursor from which a watch goes on. */
  load(): Promise<string | undefined>;
  /** The newest state, as the fields of a message; undefined: there is nothing to send. */
  readonly json: string | undefined;
  /** Why nothing follows the newest state. Undefined: more may come. */
  readonly end: SocketEnd | undefined;
}

/**
 * The messages of one WebSocket: a `state_update` with the newest state, first at once, then after changes. It stands on
 * the engine's list and watch, so nothing is polled. All changes that happen while the client is busy come in one message.
 */
export class ReflexSocket implements SocketMessages {
  onReadable: (() => void) | undefined;
  readonly #source: Source;
  readonly #watch: EventReader<AnyLoggedEvent>;
  #hasNews = true;
  #isLoading = false;
  #failure: { error: unknown } | undefined;
  /** Runs while the message before counts as being sent. */
  #pause: ReturnType<typeof setTimeout> | undefined;

  private constructor(source: Source, watch: EventReader<AnyLoggedEvent>) {
    this.#source = source;
    this.#watch = watch;
    watch.onReadable = () => this.onReadable?.();
  }

  /** Opens the messages about all tasks of a scope, or, with an id, about one of them. */
  static async open(engine: TaskEngine, scope: Scope, taskId?: string): Promise<ReflexSocket> {
    const source = taskId === undefined ? allTasks(engine, scope) : oneTask(engine, scope, taskId);
    const after = await source.load();
    const { caller, filter } = scope;
    const watch = engine.watch({ filter, ...(after !== undefined && { after }) }, { caller });
    await watch.open();
    return new ReflexSocket(source, watch);
  }

  take(): string | undefined {
    if (this.#failure) throw this.#failure.error;
    if (!this.#isLoading) this.#readChanges();
    if (this.#isLoading || !this.#hasNews || this.#pause) return undefined;
    this.#hasNews = false;
    const { json } = this.#source;
    if (json === undefined) return undefined;
    this.#pauseFor((json.length / CHARACTERS_PER_SECOND) * 1_000);
    return `{"type":"state_update",${json}}`;
  }

  get end(): SocketEnd | undefined {
    if (this.#isLoading || this.#hasNews) return undefined;
    return this.#source.end ?? (this.#watch.over ? ENGINE_CLOSED : undefined);
  }

  close(): void {
    clearTimeout(this.#pause);
    this.#watch.onReadable = undefined;
    this.#watch.close();
  }

  #pauseFor(ms: number): void {
    if (ms < LEAST_PAUSE_MS) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.onReadable?.();
    }, ms);
  }

  #readChanges(): void {
    for (let logged = this.#watch.take(); logged; logged = this.#watch.take()) {
      if (!(logged instanceof LoggedWatchEvent)) continue;
      const change = changeOf(logged);
      if (change.isReset) {
        this.#reload();
        return;
      }
      if (change.id === undefined) continue;
      const { onTask, onGone } = this.#source;
      if (change.task ? onTask(change.id, change.task) : onGone(change.id)) this.#hasNews = true;
    }
  }

  /** The watch goes on by itself. Only what came before it has to be read again. */
  #reload(): void {
    this.#isLoading = true;
    this.#source
      .load()
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .then(() => {
        this.#isLoading = false;
        this.#hasNews = true;
        this.onReadable?.();
      });
  }
}

function allTasks(engine: TaskEngine, scope: Scope): Source {
  const state = new ReflexState();
  return {
    onTask: (id, task) => state.set(id, task),
    onGone: (id) => state.delete(id),
    load: () => loadState(state, engine, scope),
    get json() {
      return state.json;
    },
    end: undefined,
  };
}

function oneTask(engine: TaskEngine, scope: Scope, taskId: string): Source {
  let task: ShownTask | undefined;
  return {
    onTask(id, next) {
      if (id !== taskId || next.json === task?.json) return false;
      task = next;
      return true;
    },
    onGone(id) {
      if (id !== taskId) return false;
      task = undefined;
      return true;
    },
    async load() {
      const { watchCursor } = await engine.list({ ...scope.filter, limit: 1 }, scope.caller);
      const found = await findTask(engine, scope, taskId);
      task = found && shown(found);
      return watchCursor;
    },
    get json() {
      return task?.json.slice(1, -1);
    },
    get end() {
      if (!task) return NOT_FOUND;
      return task.isActive ? undefined : ENDED;
    },
  };
}

/** The task, if the scope has it. */
export async function findTask(
  engine: TaskEngine,
  scope: Scope,
  taskId: string,
): Promise<TaskSnapshot | undefined> {
  const task = await engine.get(taskId, scope.caller);
  return task && scope.has(task) ? task : undefined;
}

interface Change {
  isReset: boolean;
  /** Undefined where no task has changed. */
  id: string | undefined;
  /** Undefined where it is gone. */
  task: ShownTask | undefined;
}

/** Each event is parsed once, for all sockets that read it. */
const changes = new WeakMap<LoggedWatchEvent, Change>();

function changeOf(logged: LoggedWatchEvent): Change {
  let change = changes.get(logged);
  if (!change) {
    const { event } = logged;
    change = { isReset: event.type === 'watching' && event.reset === true, id: undefined, task: undefined };
    if (event.type === 'task') change = { isReset: false, id: event.task.id, task: shown(event.task) };
    if (event.type === 'gone') change = { isReset: false, id: event.taskId, task: undefined };
    changes.set(logged, change);
  }
  return change;
}
