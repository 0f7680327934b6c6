import type { ReactNode } from 'react';
import type { ConnectionState } from '../client/SystemClient.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import type { ActionProblem } from './taskActions.ts';

/** A task as the list shows it, in a row of the panel or of the table. */
export interface TaskRowProps {
  task: TaskSnapshot;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
  connection: ConnectionState;
  problem: ActionProblem | undefined;
  /** The row is pointed at, or has the focus: its buttons are shown. */
  isHot: boolean;
  /** The box that selects the row, in place of its icon. */
  box: ReactNode;
  /** The task is not in the list any more: it was removed, or the user may not see it any longer. */
  isGone: boolean;
  /** The local time at which it went, Unix time in milliseconds. */
  goneAtMs?: number | undefined;
  /** The height that the row has in the list: a running task that ends keeps its lines for the moment. */
  height: number;
}
