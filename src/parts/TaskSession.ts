import type { CallOptions } from '../client/SystemClient.ts';
import type { Failure, TaskState } from '../client/taskStore.ts';
import type { BoundingBox, RetryRequest, TaskPreview, TaskSnapshot } from '../contract/index.ts';

/** The state that a modal shows. It is immutable: every change makes another object. */
export interface TaskSessionState<Result = unknown> {
  /** False where the application has no connection to a task server. */
  available: boolean;
  /** The server can cancel tasks. */
  canCancel: boolean;
  /** Between the click on Start (or on Try again) and the server's answer. */
  starting: boolean;
  /** Between the click on Cancel task and the server's answer. */
  cancelling: boolean;
  /** Why the last start was refused; nothing was queued then. */
  refusal?: Failure;
  /** Why the running task could not be cancelled; it runs on. */
  cancelFailure?: Failure;
  /** The task, from its start or its being found again until it is dismissed. */
  task?: TaskState<Result>;
}

/** The parameters of any task. Where a session does not know those of its own task, it takes these. */
export type AnyParams = Record<string, unknown>;

/**
 * A task as a modal sees it: outside React, so that it runs on while the modal is closed. `Params` and `Result` are those
 * of the task's definition: see `createTaskSession`.
 */
export interface TaskControls<Params extends AnyParams = AnyParams, Result = unknown> {
  getState(): TaskSessionState<Result>;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  /** Resolves when the server has answered; what it refused is in the state. Never rejects. */
  start(params: Params): Promise<void>;
  /** Asks for cancellation. An event of the task reports when it is cancelled. Never rejects. */
  cancel(): Promise<void>;
  /** Runs the task again with the same params, or only its items that failed. Never rejects. */
  retry(options?: RetryRequest): Promise<void>;
  /** Looks at the task again after its stream was lost for good. */
  followAgain(): void;
  /** False where the params of the ended task are not known; for failed items, where the host's client cannot retry. */
  canRetry(options?: RetryRequest): boolean;
  /**
   * Asks the server how the task stands: it says why a queued task waits and who cancelled one, which a stream does not. Rejects
   * where the server does not answer. Absent where the session does not know it.
   */
  look?(): Promise<TaskSnapshot | undefined>;
  /**
   * Asks the server for the owner name of the user, which says whether it was they who cancelled a task. Empty where they have no
   * task; undefined where the client cannot list. Rejects where the server does not answer. Absent where the session does not know it.
   */
  ownName?(): Promise<string | undefined>;
  /** False where the client has no previews. Absent where the session has none. */
  canPreview?(): boolean;
  /**
   * Asks the server what a start with these params would do. Rejects where the server does not answer, and where it has no preview
   * of this task. Absent where the session has none.
   */
  preview?(params: Params, options?: CallOptions): Promise<TaskPreview>;
  /** Encloses what the task has drawn so far. Absent where the session does not know it. */
  grown?(): BoundingBox | undefined;
  /** Forgets a task that has ended or that was lost sight of, or the refusal of a start. */
  dismiss(): void;
}

/** One task at a time, for as long as the plugin is there. */
export interface TaskSession<Params extends AnyParams = AnyParams, Result = unknown>
  extends TaskControls<Params, Result> {
  /**
   * Looks for a task that was started before a reload: the newest one that is still active or, without such, the one
   * that was remembered, whose end nobody has seen yet. Call it again when there was no task server at first. Never
   * rejects.
   */
  restore(): Promise<void>;
  /**
   * Takes the results of earlier tasks off the map, which the session has left there: see `keepOnMap` of
   * `createTaskSession`.
   *
   * @example
   * <TaskPanel actions={() => <Button onClick={() => session.clearMap()}>Clear the map</Button>} {...panel} />
   */
  clearMap(): void;
  /** Stops following and listening, and takes off the map what is half built or kept there; a running task runs on. */
  dispose(): void;
}
