import type { RequestHandler, WebSocketHandler } from 'msw';
import { type Backend, createBackend } from '../backend/app.ts';
import { withShippedTasks } from '../backend/definitions/shippedTasks.ts';
import { EmbeddedEngine } from '../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../backend/network/MemoryStore.ts';
import type { NetworkChange } from '../backend/network/networkChanges.ts';
import type { TownData } from '../backend/network/TownData.ts';
import { isTownSource, type TownSource } from '../backend/network/TownSource.ts';
import type { TableDraft } from '../backend/network/tables.ts';
import type { TaskDefinition } from '../backend/tasks/defineTask.ts';
import type { TaskEngine } from '../backend/tasks/TaskEngine.ts';
import { cancelAll } from './cancelAll.ts';
import { pace } from './pace.ts';
import { keepTogether } from './persistence/keepTogether.ts';
import { TabStorage } from './persistence/TabStorage.ts';
import { ScenarioSwitch } from './ScenarioSwitch.ts';
import { combineHooks, type Scenario, withFollowHook } from './scenarios/Scenario.ts';
import { generateTown } from './town/generateTown.ts';

export interface MockBackendOptions {
  /** Default `generateTown()`. The network that `persist` kept of an earlier page goes first. */
  town?: TownData;
  /** Added to the ones that ship (`customer_connection_task`, `lrt_task`); one of the same name takes its place. */
  tasks?: TaskDefinition[];
  /** Tables beside the ones that ship, of `defineTables`. */
  tables?: readonly TableDraft[];
  /** About how long a task is to take: its percent never runs ahead of it. Default 0, as fast as it goes. */
  runSeconds?: number;
  /**
   * Name of an IndexedDB database in which this tab's tasks and network survive a reload; a task that was running
   * is started again. Without it they live as long as the mock backend.
   */
  persist?: string;
  /** See `use`. */
  scenario?: Scenario | null;
  /** A request must carry this as `Authorization: Bearer <token>`. Without it every request is let in. */
  token?: string;
  /** Hears of each error that is answered as 500. Default: thrown as an uncaught error, so that it is not missed. */
  onError?(error: unknown, request: Request): void;
}

export interface MockBackend {
  /** The whole backend in place of `fetch`: `createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch })`. */
  readonly fetch: typeof fetch;
  /**
   * For `setupWorker(...)` of 'msw/browser' and `setupServer(...)` of 'msw/node'. `baseUrl` is the client's: a path
   * of the page's own origin ('/api') or a URL ('https://tasks.example/api'), without a slash at the end. Throws an Error
   * where MSW is not installed.
   */
  handlers(baseUrl: string): RequestHandler[];
  /**
   * The WebSockets of the backend, beside `handlers`, for clients of the Reflex protocol. They need MSW 2.6. Scenarios leave
   * them alone. Throws an Error where MSW has no WebSockets.
   */
  socketHandlers(baseUrl: string): WebSocketHandler[];
  readonly engine: TaskEngine;
  readonly store: MemoryStore;
  /**
   * Replaces the whole network; tasks that have not ended are cancelled, what they build on is gone. A town may come in
   * batches, while the page goes on. Nothing changes where it cannot be read.
   */
  replaceTown(town: TownData | TownSource): Promise<void>;
  /** Switches to a scenario, or to none: for calls from now on, and for tasks that are running. */
  use(scenario: Scenario | null): void;
  /**
   * Ends every stream and timer; safe to call twice. With `persist`, tasks that had not ended go on with the next
   * mock backend.
   */
  close(): Promise<void>;
}

type MswHandlers = typeof import('./mswHandlers.ts').mswHandlers;

/** MSW is a peer that only users of `handlers` need: it loads on demand, and whoever lacks it has `fetch`. */
async function loadMswHandlers(): Promise<MswHandlers> {
  try {
    return (await import('./mswHandlers.ts')).mswHandlers;
  } catch (cause) {
    return () => {
      const fix = 'Install it ("npm install --save-dev msw"), or use MockBackend.fetch, which needs no MSW';
      throw new Error(`MockBackend.handlers() needs MSW, which could not be loaded. ${fix}`, { cause });
    };
  }
}

type MswSocketHandlers = typeof import('./mswSocketHandlers.ts').mswSocketHandlers;

async function loadMswSocketHandlers(): Promise<MswSocketHandlers> {
  try {
    return (await import('./mswSocketHandlers.ts')).mswSocketHandlers;
  } catch (cause) {
    return () => {
      const fix = 'Install MSW 2.6 or newer ("npm install --save-dev msw")';
      throw new Error(`MockBackend.socketHandlers() needs the WebSockets of MSW. ${fix}`, { cause });
    };
  }
}

/**
 * The backend that runs in production's place: the same one, in this page or process, over a network in memory.
 *
 * @example
 * const mock = await createMockBackend({ town: generateTown({ addresses: 400 }), tasks: [labelPoles] });
 * const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
 */
export async function createMockBackend(options: MockBackendOptions = {}): Promise<MockBackend> {
  const { runSeconds = 0, persist, token, tables = [] } = options;
  if (!(runSeconds >= 0 && runSeconds <= 86_400)) {
    throw new RangeError(`createMockBackend({ runSeconds }): must be from 0 to 86,400, not ${runSeconds}`);
  }
  const storage = persist === undefined ? undefined : await TabStorage.open(persist);
  const kept = await storage?.loadNetwork();
  const keep = (changes: readonly NetworkChange[]) => storage?.write({ network: store.toState(changes) });
  const store: MemoryStore =
    kept === undefined
      ? new MemoryStore({ town: options.town ?? generateTown(), tables, keep })
      : MemoryStore.fromState(kept, { tables, keep });

  const mounts = new Map<string, Backend>();
  const mountOf = (url: string): Backend => {
    const { pathname } = new URL(url);
    return mount([...mounts.keys()].find((path) => path !== '' && pathname.startsWith(`${path}/`)) ?? '');
  };
  const scenarios = new ScenarioSwitch({
    fetch: (request) => mountOf(request.url).fetch(request),
    routeOf: (request) => mountOf(request.url).routeOf(request),
  });
  scenarios.use(options.scenario ?? null);
  const pacing = runSeconds > 0 ? pace(runSeconds) : undefined;
  const hooks = combineHooks([() => pacing, () => scenarios.current?.hooks]);
  const engine = await EmbeddedEngine.open({
    definitions: withShippedTasks(options.tasks ?? []),
    hooks,
    store,
    ...(storage && { journal: keepTogether(store, storage) }),
  });

  function mount(basePath: string): Backend {
    let backend = mounts.get(basePath);
    if (!backend) {
      const { onError = throwUncaught } = options;
      const isKnown = (request: Request) =>
        token === undefined || request.headers.get('Authorization') === `Bearer ${token}`;
      const authenticate = (request: Request) => (isKnown(request) ? { owner: 'local' } : undefined);
      backend = createBackend({
        engine: withFollowHook(engine, hooks),
        store,
        basePath,
        authenticate,
        onError,
      });
      mounts.set(basePath, backend);
    }
    return backend;
  }

  const mswHandlers = await loadMswHandlers();
  const mswSocketHandlers = await loadMswSocketHandlers();
  let closed: Promise<void> | undefined;
  const close = async () => {
    scenarios.close();
    await engine.close();
    await storage?.close();
  };

  return {
    engine,
    store,
    fetch: (input, init) => scenarios.fetch(new Request(input, init)),
    use: (scenario) => scenarios.use(scenario),
    handlers(baseUrl) {
      mount(basePathOf(baseUrl));
      return mswHandlers(baseUrl, (request) => scenarios.fetch(request));
    },
    socketHandlers(baseUrl) {
      const backend = mount(basePathOf(baseUrl));
      return mswSocketHandlers(baseUrl, (request) => backend.fetch(request, { webSocket: true }));
    },
    async replaceTown(town) {
      const load = isTownSource(town) ? await store.prepare(town) : () => store.load(town);
      await cancelAll(engine);
      load();
      await storage?.write({ network: store.toState() });
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** The path of a base URL: '/api' of '/api' and of 'https://tasks.example/api', '' of 'https://tasks.example'. */
function basePathOf(baseUrl: string): string {
  if (baseUrl.endsWith('/')) {
    throw new TypeError(
      `MockBackend.handlers(${JSON.stringify(baseUrl)}): leave out the slash at the end; a mock backend at the ` +
        "root of the page's own origin is given as its whole URL, such as location.origin",
    );
  }
  return new URL(baseUrl, 'http://localhost').pathname.replace(/^\/$/, '');
}

function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
