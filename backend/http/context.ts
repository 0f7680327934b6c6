import type { Caller } from '../tasks/TaskEngine.ts';

/** What the host that carries a request knows of it. */
export interface BackendContext {
  /** Who asks, where the host has found out already: `authenticate` is not called. */
  caller?: Caller;
  /** Told instead of the backend's own `onError`. */
  onError?(error: unknown): void;
  /**
   * Called before an event stream begins; `end` ends it as if the events were over. Throws a TaskRefusal where there
   * are too many. What it returns is called once, when the stream is over.
   */
  onStream?(end: () => void): () => void;
}

/** The types that Hono gives to the handlers of every protocol. */
export interface BackendEnv {
  Variables: { caller: Caller };
  Bindings: BackendContext;
}
