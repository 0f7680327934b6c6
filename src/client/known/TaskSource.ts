import type { TaskError } from '../../contract/index.ts';
import type { ConnectionState } from '../SystemClient.ts';

/** Keeps the known tasks up to date while somebody uses it: with WebSockets, or by asking again and again. */
export interface TaskSource {
  /** Keeps a task, or with undefined all tasks, up to date until the returned function is called. Nothing is called before it returns. */
  use(id: string | undefined, user: SourceUser): () => void;
}

/** Whoever uses a source. */
export interface SourceUser {
  onConnection(state: ConnectionState): void;
  onRefused(error: TaskError): void;
  onWarning?(message: string): void;
  /** The first state has come. */
  onState?(): void;
}
