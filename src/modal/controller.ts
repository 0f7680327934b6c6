import type { TaskState } from '../client/taskStore.ts';
import type { Failure } from './toTaskError.ts';

/** What the modal shows. Immutable: another object whenever anything changed. */
export interface LrtState {
  /** False where the application has no connection to a task server. */
  available: boolean;
  /** The server can cancel tasks. */
  canCancel: boolean;
  /** Between the click on Create (or on Try again) and the server's answer. */
  starting: boolean;
  /** Between the click on Cancel task and the server's answer. */
  cancelling: boolean;
  /** Why the last start was refused; nothing was queued then. */
  refusal?: Failure;
  /** Why the running task could not be cancelled; it runs on. */
  cancelFailure?: Failure;
  /** The task, from its start or its being found again until it is dismissed. */
  task?: TaskState;
}

/** The task as the modal sees it: outside React, so that it runs on while the modal is closed. */
export interface LrtController {
  /** How many connections are offered at first. */
  readonly defaultCount: number;
  getState(): LrtState;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  /** Resolves when the server has answered; what it refused is in the state. Never rejects. */
  start(params: Record<string, unknown>): Promise<void>;
  /** Asks for cancellation; the task's own events tell when it happened. Never rejects. */
  cancel(): Promise<void>;
  /** Runs the task again with the same params. Never rejects. */
  retry(): Promise<void>;
  /** Looks at the task again after its stream was lost for good. */
  followAgain(): void;
  /** False where the params of the ended task are not known. */
  canRetry(): boolean;
  /** Forgets a task that has ended or that was lost sight of, or the refusal of a start. */
  dismiss(): void;
}
