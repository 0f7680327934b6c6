import type { TaskControls } from '../parts/TaskSession.ts';

/** The task as the modal sees it, and how many connections are offered at first. */
export interface LrtController extends TaskControls {
  readonly defaultCount: number;
}
