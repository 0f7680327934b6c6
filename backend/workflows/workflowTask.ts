import { WORKFLOW_TASK, type WorkflowResult } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { defineTask, type TaskDefinition } from '../tasks/defineTask.ts';
import { checkRun } from './checkRun.ts';
import type { RunEngine } from './RunEngine.ts';
import { WorkflowRun } from './WorkflowRun.ts';
import { type RunParams, WORKFLOW_QUEUE, WORKFLOW_SCHEMA } from './workflowParams.ts';

/** So many runs of one owner may be under way. */
export const MAX_RUNS = 100;
/** Nodes have times of their own, and a graph of them may take days. */
const TIMEOUT_SECONDS = 7 * 86_400;

/** The definition of runs of workflows on an engine. */
export function workflowTask<Work extends object>(
  engine: RunEngine<Work>,
): TaskDefinition<unknown, unknown, Work> {
  return defineTask<RunParams, WorkflowResult, Work, typeof WORKFLOW_TASK, RunParams>({
    name: WORKFLOW_TASK,
    queue: WORKFLOW_QUEUE,
    timeoutSeconds: TIMEOUT_SECONDS,
    params: WORKFLOW_SCHEMA,
    async check(params, work) {
      const { owner } = params.as;
      await checkRun(params, engine, work);
      const mine = { name: WORKFLOW_TASK, status: 'active', owner: 'me' } as const;
      const { byStatus } = await engine.count(mine, { owner });
      if (byStatus.queued + byStatus.running < MAX_RUNS) return;
      const message = `${MAX_RUNS} workflows are under way for you; start another one when one of them has ended`;
      throw new TaskRefusal({ code: 'rate-limited', message });
    },
    execute: (params, controls) => new WorkflowRun(engine, params, controls).run(),
  });
}
