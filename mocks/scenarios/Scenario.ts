import type { RequestRoute } from '../../backend/app.ts';
import type { EventFilter, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import type { ProgressInfo } from '../../backend/tasks/TaskRun.ts';

export type { ProgressInfo };

export type BackendFetch = (request: Request) => Promise<Response>;

/** The points inside the backend at which a scenario may act. */
export interface ScenarioHooks {
  /** Seconds after which a task times out, instead of its definition's own. */
  timeoutSeconds?(definition: { name: string; timeoutSeconds: number }): number;
  /**
   * Called before each progress of a task is published. It may hold the task up until `signal` aborts, or throw to fail
   * the task.
   */
  onProgress?(info: ProgressInfo): void | Promise<void>;
  /** Called when a client begins to follow tasks. It returns the filter that the engine gets instead. */
  onFollow?(filter: EventFilter): EventFilter;
}

/** The knowledge about the backend that a scenario has. It asks for routes, so it knows no protocol. */
export interface ScenarioContext {
  /** Aborts when the scenario is switched off or the backend closes. Every timer of the scenario ends with it. */
  signal: AbortSignal;
  /** The route of a request. Undefined if the answer is 404. */
  routeOf(request: Request): RequestRoute | undefined;
}

/** A fault between a client and the mock backend, or in a task. */
export interface Scenario {
  readonly name: string;
  /** Stands between the client and the backend. Called once, when the scenario is switched on. */
  wrapFetch?(next: BackendFetch, context: ScenarioContext): BackendFetch;
  hooks?: ScenarioHooks;
}

/**
 * Several scenarios at once. The first stands nearest to the client.
 *
 * @example
 * backend.use(combine('slow and cut', latency({ ms: 800 }), streamCut({ everyMs: 750, how: 'eof' })));
 */
export function combine(name: string, ...scenarios: Scenario[]): Scenario {
  return {
    name,
    wrapFetch: (next, context) =>
      scenarios.reduceRight((inner, scenario) => scenario.wrapFetch?.(inner, context) ?? inner, next),
    hooks: combineHooks(scenarios.map((scenario) => () => scenario.hooks)),
  };
}

/**
 * Calls the hooks of each source in turn. The sources are asked at each call, so they may change while a task runs. Each
 * hook gets the result of the one before.
 */
export function combineHooks(sources: (() => ScenarioHooks | undefined)[]): Required<ScenarioHooks> {
  return {
    timeoutSeconds: ({ name, timeoutSeconds }) =>
      sources.reduce(
        (seconds, source) => source()?.timeoutSeconds?.({ name, timeoutSeconds: seconds }) ?? seconds,
        timeoutSeconds,
      ),
    async onProgress(info) {
      for (const source of sources) await source()?.onProgress?.(info);
    },
    onFollow: (filter) =>
      sources.reduce((filtered, source) => source()?.onFollow?.(filtered) ?? filtered, filter),
  };
}

/** The engine as clients see it, with the `onFollow` hook before its events. */
export function withFollowHook(engine: TaskEngine, { onFollow }: Required<ScenarioHooks>): TaskEngine {
  const events: TaskEngine['events'] = (filter, options) => engine.events(onFollow(filter), options);
  const watch: TaskEngine['watch'] = ({ cursors, ...filter }, options) =>
    engine.watch({ ...filter, ...(cursors && onFollow({ cursors })) }, options);
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'events') return events;
      if (name === 'watch') return watch;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** Throws a RangeError that names the scenario and its option where the value is not a number of at least `atLeast`. */
export function checkNumber(scenario: string, option: string, value: number, atLeast: number): void {
  if (!Number.isFinite(value) || value < atLeast) {
    throw new RangeError(`${scenario}({ ${option} }): must be a number of at least ${atLeast}, not ${value}`);
  }
}
