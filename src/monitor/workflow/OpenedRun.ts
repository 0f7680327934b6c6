/** Follows the run of a workflow whose row in a list is open: its nodes are rows of their own. */
import type { SystemClient } from '../../client/SystemClient.ts';
import { RunFeed } from '../run/RunFeed.ts';
import { WorkflowRun } from './WorkflowRun.ts';

export interface OpenedRun {
  readonly run: WorkflowRun;
  close(): void;
}

export function openRun(system: SystemClient, runId: string): OpenedRun {
  const feed = new RunFeed({ system, taskId: runId });
  const run = new WorkflowRun({ system, feed, runId });
  const ends = [feed.open(), run.open()];
  return {
    run,
    close() {
      for (const end of ends) end();
    },
  };
}
