import type { TaskSnapshot } from '../contract/index.ts';
import type { TaskAction } from './taskActions.ts';

/** The user is asked whether an action on these tasks is meant. */
export interface Asked {
  action: TaskAction;
  tasks: readonly TaskSnapshot[];
}
