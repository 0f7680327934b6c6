import type { ProgressInfo } from '../../backend/tasks/TaskRun.ts';

export type { ProgressInfo };

export type BackendFetch = (request: Request) => Promise<Response>;

/** What a scenario may do to a running task. */
export interface ScenarioHooks {
  /** Seconds after which the task is out of time, instead of its definition's own. */
  timeoutSeconds?(definition: { name: string; timeoutSeconds: number }): number;
  /** Called before each progress is told: may hold the task up until `signal` aborts, or throw to fail it. */
  onProgress?(info: ProgressInfo): void | Promise<void>;
}

/** Something that goes wrong between a client and the mock backend, or in a task. */
export interface Scenario {
  readonly name: string;
  /**
   * Stands between the client and the backend. Called once, when the scenario is switched on; `signal` aborts when
   * it is switched off or the backend closes, and every timer it set is to end with it.
   */
  wrapFetch?(next: BackendFetch, context: { signal: AbortSignal }): BackendFetch;
  hooks?: ScenarioHooks;
}

/** Several at once: the first stands nearest to the client. */
export function combine(name: string, ...scenarios: Scenario[]): Scenario {
  return {
    name,
    wrapFetch: (next, context) =>
      scenarios.reduceRight((inner, scenario) => scenario.wrapFetch?.(inner, context) ?? inner, next),
    hooks: combineHooks(scenarios.map((scenario) => () => scenario.hooks)),
  };
}

/** Asks each in turn, so that what they are may change while a task runs; each is told the timeout of the one before. */
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
  };
}
