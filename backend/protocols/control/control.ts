import { isTerminal, type TaskError, type TaskSnapshot } from '../../../src/contract/index.ts';
import { isRecord } from '../../common/json.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { readQuery } from '../../http/query.ts';
import { readJsonObject } from '../../http/requestBody.ts';
import type { Caller, TaskEngine } from '../../tasks/TaskEngine.ts';
import { refusals } from '../../tasks/taskErrors.ts';
import { defineProtocol } from '../Protocol.ts';
import { type ExecuteRequest, parseExecuteRequest } from './parseExecuteRequest.ts';
import { referenceOf } from './referenceOf.ts';

const NOT_STORED = { 'Cache-Control': 'no-store' };
/** A task with this tag, and the caller's own id behind it, was started through this protocol. */
const TAG_PREFIX = 'control:';

/**
 * The control protocol of the concurrent service template, in front of every task definition: a method is the name of
 * one. Any orchestrator that calls services of the template runs tasks of this server through it. docs/control.md
 * describes it.
 */
export const control = defineProtocol({
  name: 'control',
  routes: {
    'GET /control/operations': {},
    'POST /control/execute': { startsTask: true },
    'GET /control/status/:task_id': {},
    'GET /control/output/:task_id': {},
    'POST /control/cancel/:task_id': {},
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers({ engine }) {
    const find = async (taskId: string, caller: Caller) => {
      const task = await findTask(engine, taskId, caller);
      if (!task) throw refusals.taskNotFound([taskId]);
      return task;
    };
    return {
      async 'GET /control/operations'({ request, caller }) {
        readQuery(request, []);
        const kinds = await engine.definitions(caller);
        const operations = kinds
          .filter(({ mayStart }) => mayStart)
          .map(({ name, params, timeoutSeconds }) => ({
            operation_name: name,
            long_running: true,
            cancellable: true,
            timeout_seconds: timeoutSeconds,
            parameters: params,
          }));
        return Response.json({ operations }, { headers: NOT_STORED });
      },

      async 'POST /control/execute'({ request, caller }) {
        const execute = parseExecuteRequest(await readJsonObject(request));
        const task = await start(engine, execute, caller);
        const ended = task.status === 'succeeded' ? await engine.get(task.id, caller) : undefined;
        const output = ended ? { output: referenceOf(ended.result) } : {};
        return Response.json(
          { ...stateOf(task), task_id: execute.taskId, ...output },
          { headers: NOT_STORED },
        );
      },

      async 'GET /control/status/:task_id'({ request, caller, param }) {
        readQuery(request, []);
        const task = await find(param('task_id'), caller);
        const { status, error } = stateOf(task);
        const { percent, message } = task.progress;
        const progress = percent === null ? null : Math.floor(percent);
        return Response.json({ status, progress, error, message: message || null }, { headers: NOT_STORED });
      },

      async 'GET /control/output/:task_id'({ request, caller, param }) {
        readQuery(request, []);
        const taskId = param('task_id');
        const { id, status } = await find(taskId, caller);
        if (status !== 'succeeded') throw notComplete(taskId, status);
        // A list has tasks without their results.
        const task = await engine.get(id, caller);
        if (!task) throw refusals.taskNotFound([taskId]);
        return Response.json({ output: referenceOf(task.result) }, { headers: NOT_STORED });
      },

      async 'POST /control/cancel/:task_id'({ request, caller, param }) {
        readQuery(request, []);
        const { id } = await find(param('task_id'), caller);
        const { status, error } = stateOf(await engine.cancel(id, caller));
        return Response.json({ status, error }, { headers: NOT_STORED });
      },
    };
  },
});

/**
 * Starts the task, or finds the one that the same call has started before. Another workflow may use the id again once the task
 * that has it has ended: the template's orchestrator makes an id of the node alone.
 */
async function start(engine: TaskEngine, execute: ExecuteRequest, caller: Caller): Promise<TaskSnapshot> {
  const { method, taskId, workflowId, inputs, parameters } = execute;
  const workflowTag = `workflow:${workflowId}`;
  const last = await findTask(engine, taskId, caller);
  if (last && !isTerminal(last.status) && !last.tags.includes(workflowTag)) {
    throw new TaskRefusal({
      code: 'idempotency-conflict',
      message: `A task of another workflow has the id "${taskId}" and has not ended; use an id that is unique, or wait for its end`,
    });
  }
  const { task } = await engine.enqueue(
    {
      name: method,
      params: inputs.length > 0 ? { ...parameters, inputs } : parameters,
      idempotencyKey: `${TAG_PREFIX}${workflowId}:${taskId}`,
      tags: [TAG_PREFIX + taskId, workflowTag],
    },
    caller,
  );
  return task;
}

/** The newest task of the caller with this id. */
async function findTask(
  engine: TaskEngine,
  taskId: string,
  caller: Caller,
): Promise<TaskSnapshot | undefined> {
  const { tasks } = await engine.list({ tag: TAG_PREFIX + taskId, owner: 'me', limit: 1 }, caller);
  return tasks[0];
}

/** The words of the template, and why a task failed. A task that waits is running to a caller who polls. */
function stateOf({ status, error }: TaskSnapshot): { status: string; error: string | null } {
  if (status === 'succeeded') return { status: 'complete', error: null };
  if (status === 'queued' || status === 'running') return { status: 'running', error: null };
  return { status: 'failed', error: reasonOf(status, error) };
}

function reasonOf(status: string, error: TaskError | undefined): string {
  if (status === 'cancelled') return 'The task was cancelled';
  return isRecord(error) ? error.message : 'The task failed';
}

function notComplete(taskId: string, status: string): TaskRefusal {
  return new TaskRefusal({
    code: 'not-complete',
    message:
      status === 'queued' || status === 'running'
        ? `Task "${taskId}" is not complete; ask for its output once its status is "complete"`
        : `Task "${taskId}" has no output: it ${status === 'cancelled' ? 'was cancelled' : 'failed'}`,
  });
}
