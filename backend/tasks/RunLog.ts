import type { TaskSnapshot } from '../../src/contract/index.ts';
import type { NewEvent } from './LoggedEvent.ts';

/** Where a run says what happens: the task's own log, in this process or on its way to another one. */
export interface RunLog {
  /** As of now, with what was appended. */
  readonly task: TaskSnapshot;
  /** Returns at once. Ignored once the task has ended. */
  append(event: NewEvent): void;
}
