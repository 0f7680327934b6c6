import { isTerminal, type TaskSnapshot, WORKFLOW_TASK } from '../../../src/contract/index.ts';
import { boundText } from '../../common/boundText.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { parseIdempotencyKey, parseLimit, parseText } from '../../http/fields.ts';
import { readQuery } from '../../http/query.ts';
import { readJsonObject } from '../../http/requestBody.ts';
import type { Caller } from '../../tasks/TaskEngine.ts';
import { defineProtocol } from '../Protocol.ts';
import { nodeStateOf, nodeStates } from './nodeStates.ts';
import { parseWorkflowRequest } from './parseWorkflowRequest.ts';
import { removeRun } from './removeRun.ts';
import { statusOf, workflowState } from './workflowState.ts';

const NOT_STORED = { headers: { 'Cache-Control': 'no-store' } };
const MAX_TAG = 100;

/**
 * The calls of the concurrent service template's orchestrator: a blueprint is a graph, and its run a task of this server. The lists
 * and the streams of the LRT protocol have it too. docs/workflows.md describes it.
 */
export const workflows = defineProtocol({
  name: 'workflows',
  routes: {
    'GET /workflows': {},
    'POST /workflows': { startsTask: true },
    'GET /workflows/:id': {},
    'DELETE /workflows/:id': {},
    'POST /workflows/:id/cancel': {},
    'GET /workflows/:id/tasks': {},
    'GET /workflows/:id/tasks/:task_id': {},
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers({ engine, basePath }) {
    const find = async (id: string, caller: Caller): Promise<TaskSnapshot> => {
      const task = await engine.get(id, caller);
      if (task?.name === WORKFLOW_TASK) return task;
      throw notFound(`There is no workflow with the id "${boundText(id, 100)}"`);
    };
    return {
      async 'GET /workflows'({ request, caller }) {
        const query = readQuery(request, ['limit', 'cursor']);
        const limit = parseLimit(query.limit, 200);
        const cursor = parseText(query.cursor, 'cursor', 100);
        const page = await engine.list(
          {
            name: WORKFLOW_TASK,
            ...(limit !== undefined && { limit }),
            ...(cursor !== undefined && { cursor }),
          },
          caller,
        );
        const next = page.nextCursor ?? null;
        return Response.json({ workflows: page.tasks.map(workflowState), next_cursor: next }, NOT_STORED);
      },

      async 'POST /workflows'({ request, caller }) {
        readQuery(request, []);
        const key = parseIdempotencyKey(request.headers.get('idempotency-key'));
        const fields = await readJsonObject(request);
        const known = new Set((await engine.definitions(caller)).map(({ name }) => name));
        const { graph, services } = parseWorkflowRequest(fields, (name) => known.has(name));
        const { task } = await engine.enqueue(
          {
            name: WORKFLOW_TASK,
            params: { graph, services },
            tags: [boundText(graph.name, MAX_TAG)],
            ...(key !== undefined && { idempotencyKey: key }),
          },
          caller,
        );
        // The template's orchestrator says 'running' of each workflow that it has taken.
        const status = isTerminal(task.status) ? statusOf(task) : 'running';
        return Response.json({ workflow_id: task.id, status }, NOT_STORED);
      },

      async 'GET /workflows/:id'({ request, caller, param }) {
        readQuery(request, []);
        return Response.json(workflowState(await find(param('id'), caller)), NOT_STORED);
      },

      async 'DELETE /workflows/:id'({ request, caller, param }) {
        readQuery(request, []);
        await removeRun(engine, await find(param('id'), caller), caller);
        return Response.json({ status: 'deleted' }, NOT_STORED);
      },

      async 'POST /workflows/:id/cancel'({ request, caller, param }) {
        readQuery(request, []);
        const { id } = await find(param('id'), caller);
        return Response.json(workflowState(await engine.cancel(id, caller)), NOT_STORED);
      },

      async 'GET /workflows/:id/tasks'({ request, caller, param }) {
        readQuery(request, []);
        const run = await find(param('id'), caller);
        const tasks = await nodeStates(engine, run, caller, basePath);
        return Response.json({ workflow_id: run.id, tasks }, NOT_STORED);
      },

      async 'GET /workflows/:id/tasks/:task_id'({ request, caller, param }) {
        readQuery(request, []);
        const run = await find(param('id'), caller);
        const id = param('task_id');
        const task = await nodeStateOf(engine, run, id, caller, basePath);
        if (task) return Response.json(task, NOT_STORED);
        throw notFound(`Workflow "${run.id}" has no task "${boundText(id, 100)}"`);
      },
    };
  },
});

function notFound(message: string): TaskRefusal {
  return new TaskRefusal({ code: 'task-not-found', message });
}
