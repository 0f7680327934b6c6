import type { Backend } from '../backend/app.ts';
import type { BackendFetch, Scenario } from './scenarios/Scenario.ts';

/**
 * Holds the scenario that is on, between the clients and a backend. Switching ends the timers and silent streams of the
 * scenario before.
 */
export class ScenarioSwitch {
  readonly #backend: Backend;
  #fetch: BackendFetch;
  #lifetime = new AbortController();
  #current: Scenario | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#fetch = (request) => backend.fetch(request);
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
    const { signal } = this.#lifetime;
    const next: BackendFetch = (request) => this.#backend.fetch(request);
    const routeOf = (request: Request) => this.#backend.routeOf(request);
    this.#fetch = scenario?.wrapFetch?.(next, { signal, routeOf }) ?? next;
  }

  close(): void {
    this.use(null);
  }
}
