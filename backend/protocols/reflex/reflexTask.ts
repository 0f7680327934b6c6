import type { TaskSnapshot } from '../../../src/contract/index.ts';

/** A task as the Reflex protocol shows it. Its id is the key beside it, or in the path. */
export interface ReflexTask {
  /** The message of its progress, or where it has none, or has ended, one of the states: see `statusOf`. */
  status: string;
  /** 0 to 100. 0 where the task does not know. */
  progress: number;
  /** Unix time in seconds, a float. */
  created_at: number;
}

/**
 * The states, and those of services that grew from the template. A running task's own message must be none of them. "Starting the
 * survey" is no state, and says what the task is doing.
 */
const RESERVED =
  /^\s*(NOT[\s_-]+STARTED|STARTING|FINISHED|ERROR(\s*:.*)?|PENDING|QUEUED|COMPLETED|FAILED|CANCELL?ED)\s*$/is;
const MAX_STATUS = 2_000;

/**
 * The task for clients of the Reflex protocol.
 *
 * @example
 * reflexTaskOf(task); // { status: 'Processing', progress: 50, created_at: 1234567890.123 }
 */
export function reflexTaskOf(task: TaskSnapshot): ReflexTask {
  return {
    status: statusOf(task).slice(0, MAX_STATUS),
    progress: task.status === 'succeeded' ? 100 : (task.progress.percent ?? 0),
    created_at: Date.parse(task.createdAt) / 1_000,
  };
}

/**
 * NOT_STARTED while it waits, STARTING until it reports, then its message, or PROCESSING without one. FINISHED when it
 * succeeded, and 'ERROR: ' with the reason when it failed or was cancelled.
 */
function statusOf({ status, progress, error }: TaskSnapshot): string {
  switch (status) {
    case 'queued':
      return 'NOT_STARTED';
    case 'running': {
      const { message, percent } = progress;
      if (message !== '' && !RESERVED.test(message)) return message;
      return message === '' && percent === null ? 'STARTING' : 'PROCESSING';
    }
    case 'succeeded':
      return 'FINISHED';
    case 'failed':
      return `ERROR: ${error?.message ?? 'The task failed'}`;
    case 'cancelled':
      return 'ERROR: The task was cancelled';
  }
}
