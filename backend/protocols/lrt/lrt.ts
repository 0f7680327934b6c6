import { Hono } from 'hono';
import { isTerminal, type TaskSnapshot } from '../../../src/contract/index.ts';
import type { BackendEnv } from '../../http/context.ts';
import { eventStreamResponse } from '../../http/eventStreamResponse.ts';
import { parseEnqueueRequest, parseEventFilter, parseText, parseWhole } from '../../http/fields.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { readQuery } from '../../http/query.ts';
import { readJsonObject } from '../../http/requestBody.ts';
import type { Caller, TaskEngine } from '../../tasks/TaskEngine.ts';
import { refusals } from '../../tasks/taskErrors.ts';

const SEQ = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** The default protocol: REST and server-sent events. */
export function lrt({ engine, basePath }: { engine: TaskEngine; basePath: string }): Hono<BackendEnv> {
  const app = new Hono<BackendEnv>();
  const answer = (task: TaskSnapshot, status: 200 | 202, headers: Record<string, string> = {}) =>
    Response.json(task, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
  const location = (task: TaskSnapshot) => ({ Location: `${basePath}/tasks/${task.id}` });

  app.post('/tasks', async (c) => {
    const fields = await readJsonObject(c.req.raw, ['name', 'params', 'idempotencyKey', 'tags']);
    const { task, created } = await engine.enqueue(parseEnqueueRequest(fields), c.var.caller);
    return answer(task, created ? 202 : 200, location(task));
  });

  app.get('/tasks', async (c) => {
    const query = readQuery(c.req.raw, ['status', 'name', 'q', 'limit', 'cursor']);
    const { status } = query;
    if (status !== undefined && status !== 'active' && status !== 'finished') {
      throw invalidRequest(fieldProblem('status', 'not-allowed', '"active" or "finished", or left out'));
    }
    const name = parseText(query.name, 'name', 100);
    const q = parseText(query.q, 'q', 200);
    const limit = parseWhole(query.limit, 'limit', { min: 1, max: 200 });
    const cursor = parseText(query.cursor, 'cursor', 100);
    const page = await engine.list(
      {
        ...(status && { status }),
        ...(name !== undefined && { name }),
        ...(q !== undefined && { q }),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      },
      c.var.caller,
    );
    return Response.json(page, { headers: { 'Cache-Control': 'no-store' } });
  });

  app.post('/tasks/events', async (c) => {
    const filter = parseEventFilter(await readJsonObject(c.req.raw, ['cursors']));
    const { caller } = c.var;
    const events = engine.events(filter, { caller });
    await events.open();
    return eventStreamResponse(c.req.raw, events, { ids: false, context: c.env });
  });

  app.get('/tasks/:id', async (c) => {
    const query = readQuery(c.req.raw, ['wait', 'after']);
    const wait = parseWhole(query.wait, 'wait', { min: 1, max: 30 });
    const after = parseWhole(query.after, 'after', SEQ);
    const id = c.req.param('id');
    const { caller } = c.var;
    const task = await engine.get(id, caller);
    if (!task) throw refusals.taskNotFound([id]);
    if (wait === undefined || after !== task.seq || isTerminal(task.status)) return answer(task, 200);
    await nextEvent(engine, { id, after, caller, wait, request: c.req.raw });
    return answer((await engine.get(id, caller)) ?? task, 200);
  });

  app.delete('/tasks/:id', async (c) => answer(await engine.cancel(c.req.param('id'), c.var.caller), 202));

  app.post('/tasks/:id/retry', async (c) => {
    const task = await engine.retry(c.req.param('id'), c.var.caller);
    return answer(task, 202, location(task));
  });

  app.get('/tasks/:id/events', async (c) => {
    const query = readQuery(c.req.raw, ['after']);
    const after =
      parseWhole(query.after, 'after', SEQ) ??
      parseWhole(c.req.header('Last-Event-ID'), 'Last-Event-ID', SEQ) ??
      null;
    const id = c.req.param('id');
    const { caller } = c.var;
    const events = engine.events({ cursors: { [id]: after } }, { caller });
    // All seen: 204 is how an EventSource is told to stay away.
    if (!(await events.open())) return new Response(null, { status: 204 });
    return eventStreamResponse(c.req.raw, events, { ids: true, context: c.env });
  });

  return app;
}

/** Resolves when the task has something newer, when the time is up, or when nobody waits any more. */
async function nextEvent(
  engine: TaskEngine,
  asked: { id: string; after: number; caller: Caller; wait: number; request: Request },
): Promise<void> {
  const { id, after, caller, wait, request } = asked;
  const events = engine.events({ cursors: { [id]: after } }, { caller });
  const stop = () => events.close();
  const timer = setTimeout(stop, wait * 1_000);
  request.signal.addEventListener('abort', stop);
  if (request.signal.aborted) stop();
  try {
    await events.next();
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', stop);
    stop();
  }
}
