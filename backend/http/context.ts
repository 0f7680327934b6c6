// The types that a host, the backend and its protocols share about one request.
import type { Caller } from '../tasks/TaskEngine.ts';

/** The knowledge about a request that its host passes to the backend. */
export interface BackendContext {
  /** The caller, where the host has authenticated the request already: `authenticate` is not called then. */
  caller?: Caller;
  /** Receives unexpected errors in place of the backend's own `onError`. */
  onError?(error: unknown): void;
  /**
   * The backend calls this before an event stream begins. `end` ends the stream as if its events were over. The host
   * throws a TaskRefusal where too many streams are open, or 'unavailable' where it is shutting down; `advice` is the protocol's fix for its message. The backend
   * calls the returned function once, when the stream is over.
   */
  onStream?(end: () => void, advice?: string): () => void;
  /** The client asks for a WebSocket, and the host makes one of a `socketResponse`. */
  webSocket?: boolean;
}

/** The request's data in the backend's router. */
export interface BackendEnv {
  Variables: { caller: Caller };
  Bindings: BackendContext;
}
