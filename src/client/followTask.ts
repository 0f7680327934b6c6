import {
  isTerminal,
  type TaskError,
  type TaskEvent,
  type TaskSnapshot,
  type TerminalStatus,
} from '../contract/index.ts';
import type { ConnectionState, TaskHandlers, TaskStream } from './SystemClient.ts';
import { safely } from './safely.ts';
import { TaskClientError } from './TaskClientError.ts';

/**
 * The source of a task's events reports to followTask through these calls. Every call is safe at any time, and none
 * throws.
 */
export interface TaskReceiver {
  /**
   * An event. One that was received before, by its sequence number, is dropped. A terminal event always counts, and so
   * does an event without a number: a state from another source, a log entry of the client's own.
   */
  event(event: ReceivedEvent): void;
  /** The task has ended. */
  end(status: TerminalStatus, outcome: Pick<TaskSnapshot, 'result' | 'error'>): void;
  /** The connection's state. followTask reports 'closed' itself, after `end` and `refused`. */
  connection(state: ConnectionState): void;
  /** The server refused for good. The task itself may run on. */
  refused(error: TaskError): void;
}

/**
 * Follows one task for a client protocol, whatever its transport is. It keeps the promises of `TaskHandlers`: no
 * handler is called before this has returned, no event counts twice, one of onSuccess, onFailure and onCancelled is
 * called once, then onEnd once, and nothing after `close()`.
 *
 * `open` connects, reports to the receiver, and returns how to disconnect. It is called once.
 *
 * @example
 * streamTaskProgress: (taskId, handlers) =>
 *   followTask(handlers, (receiver) => {
 *     const poll = setInterval(async () => {
 *       const { output } = await ask(taskId);
 *       if (output) receiver.end('succeeded', { result: output });
 *     }, 1_000);
 *     return { close: () => clearInterval(poll) };
 *   }),
 */
export function followTask(given: TaskHandlers, open: (receiver: TaskReceiver) => Closable): TaskStream {
  let handlers = given;
  let source: Closable | undefined;
  let seen = -1;
  let over = false;

  const disconnect = () => {
    over = true;
    source?.close();
  };

  const finish = (outcome: () => void) => {
    if (over) return;
    disconnect();
    safely(outcome);
    safely(() => handlers.onConnection?.({ state: 'closed' }));
    safely(() => handlers.onEnd?.());
  };

  const refused = (error: TaskError) => finish(() => handlers.onFailure?.(error));

  const end = (status: TerminalStatus, { result, error }: Outcome) => {
    if (status === 'succeeded') finish(() => handlers.onSuccess?.(result));
    else if (status === 'cancelled' && handlers.onCancelled) finish(() => handlers.onCancelled?.());
    else refused(error ?? { code: status, message: status });
  };

  const receiver: TaskReceiver = {
    end,
    refused,
    event(event) {
      const { type, seq = Number.NaN } = event;
      const task = type === 'snapshot' && event.task;
      const status = task ? task.status : type;
      const ended = isTerminal(status);
      // The terminal event counts whatever its number: without it the task would never end.
      if (over || (seq <= seen && !ended)) return;
      if (seq > seen) seen = seq;
      if (task) {
        safely(() => handlers.onSnapshot?.(task, event));
        safely(() => handlers.onProgress?.({ ...task.progress, status: task.status }));
      }
      if (type === 'progress') safely(() => handlers.onProgress?.({ ...event.progress, status: 'running' }));
      const features = (task || type === 'features') && event.features;
      if (features) safely(() => handlers.onFeatures?.(features, { replace: type === 'snapshot' }));
      if (type === 'items') safely(() => handlers.onItems?.(event.items, event));
      if (type === 'log') safely(() => handlers.onLog?.(event));
      if (ended) end(status, task || event);
    },
    connection(state) {
      if (!over) safely(() => handlers.onConnection?.(state));
    },
  };

  queueMicrotask(() => {
    if (over) return;
    try {
      source = open(receiver);
      // The task may have ended while the source was opening.
      if (over) source.close();
    } catch (cause) {
      refused(new TaskClientError({ code: 'network', message: `${cause}`, cause }));
    }
  });

  return {
    close() {
      handlers = {};
      disconnect();
    },
  };
}

type WithoutNumber<Event> = Event extends TaskEvent
  ? Omit<Event, 'seq' | 'taskId' | 'attempt'> & { seq?: undefined }
  : never;
/** An event, or one that the server did not number. */
type ReceivedEvent = TaskEvent | WithoutNumber<TaskEvent>;

interface Closable {
  close(): void;
}

/** The fields that a snapshot and a terminal event share. `seq` keeps it from being a type that everything fits. */
interface Outcome {
  seq?: number;
  result?: unknown;
  error?: TaskError | undefined;
}
