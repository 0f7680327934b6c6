import type { BackendFetch, Scenario } from './scenarios/Scenario.ts';

/** Holds the scenario that is on, and ends what the one before it has left: its timers and silent streams. */
export class ScenarioSwitch {
  readonly #backend: BackendFetch;
  #fetch: BackendFetch;
  #lifetime = new AbortController();
  #current: Scenario | null = null;

  constructor(backend: BackendFetch) {
    this.#backend = backend;
    this.#fetch = backend;
  }

  get current(): Scenario | null {
    return this.#current;
  }

  fetch(request: Request): Promise<Response> {
    return this.#fetch(request);
  }

  use(scenario: Scenario | null): void {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#current = scenario;
    this.#fetch = scenario?.wrapFetch?.(this.#backend, { signal: this.#lifetime.signal }) ?? this.#backend;
  }

  close(): void {
    this.use(null);
  }
}
