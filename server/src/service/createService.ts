import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { isTaskRefusal, TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { problemResponse } from '../../../backend/http/problem.ts';
import { readJsonObject } from '../../../backend/http/requestBody.ts';
import {
  type ExecuteRequest,
  parseExecuteRequest,
} from '../../../backend/protocols/control/parseExecuteRequest.ts';
import type { ServiceMethod } from './methods.ts';
import { runInThread } from './runInThread.ts';
import { type ServiceTask, TaskManager } from './TaskManager.ts';

const NOT_STORED = { 'Cache-Control': 'no-store' };
const MAX_RUNNING = 100;
/** Callers know by this reason that a task was cancelled. */
const CANCELLED = 'The task was cancelled';

export interface ServiceOptions {
  /** By name, as a caller names them: 'LongProcess'. */
  methods: Readonly<Record<string, ServiceMethod>>;
  /** Tasks that run at the same time. A further one is answered with 429. Default 100. */
  maxRunning?: number;
  /** Hears of an error that a caller gets as 500, or cannot get any more. */
  onError?(error: unknown): void;
}

/** A service that an orchestrator can drive. */
export interface Service {
  /** Answers a request for any of its paths. */
  fetch(request: Request): Promise<Response>;
  readonly tasks: TaskManager;
  /** Resolves when nothing runs any more, and after so many seconds in any case. */
  whenIdle(seconds: number): Promise<void>;
  /** Cancels what runs. Resolves when all of it has ended. */
  close(): Promise<void>;
}

/**
 * A service of the concurrent service template: `POST /control/execute` starts a method, `GET /control/status/ID` says how far it is,
 * and `GET /control/output/ID` gives its output. Beside the template it has `POST /control/cancel/ID`, `GET /control/operations` and
 * `GET /health`.
 *
 * @example
 * const service = createService({ methods: { Hello: quick(() => ({ hello: 'world' })) } });
 * await service.fetch(new Request('http://service/control/execute', { method: 'POST', ... }));
 */
export function createService({ methods, maxRunning = MAX_RUNNING, onError }: ServiceOptions): Service {
  const tasks = new TaskManager();
  const works = new Map<string, { work: Promise<void>; cancel: AbortController }>();

  const begin = (method: ServiceMethod, request: ExecuteRequest): Promise<void> => {
    const { taskId } = request;
    const cancel = new AbortController();
    const controls = {
      signal: cancel.signal,
      updateProgress: (percent: number) => void tasks.updateProgress(taskId, percent),
    };
    const work = (async () => {
      try {
        const output =
          method.kind === 'thread'
            ? await runInThread(method.module, request, controls)
            : await method.work(request, controls);
        tasks.completeTask(taskId, output);
      } catch (error) {
        if (!isTaskRefusal(error)) onError?.(error);
        tasks.failTask(taskId, cancel.signal.aborted ? CANCELLED : reasonOf(error));
      } finally {
        works.delete(taskId);
      }
    })();
    works.set(taskId, { work, cancel });
    return work;
  };

  const find = (taskId: string) => {
    const task = tasks.get(taskId);
    if (!task)
      throw new TaskRefusal({
        code: 'task-not-found',
        message: `Task not found: there is none with the id "${taskId}"`,
      });
    return task;
  };

  const app = new Hono();
  app.onError((error) => {
    if (isTaskRefusal(error)) return problemResponse(error.error);
    onError?.(error);
    return problemResponse({ code: 'internal', message: 'The service failed; its log says why' });
  });
  app.notFound((context) =>
    problemResponse({
      code: 'not-found',
      message: `There is nothing at ${context.req.path}; known: /control/execute, /control/status/ID, /control/output/ID, /control/cancel/ID, /control/operations, /health`,
    }),
  );
  app.get('/health', () => Response.json({ status: 'ok' }));
  app.get('/control/operations', () => {
    const operations = Object.entries(methods).map(([name, { kind }]) => ({
      operation_name: name,
      long_running: kind !== 'quick',
      cancellable: kind !== 'quick',
    }));
    return Response.json({ operations }, { headers: NOT_STORED });
  });
  app.post('/control/execute', async ({ req }) => {
    const request = parseExecuteRequest(await readJsonObject(req.raw));
    const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    if (!method) {
      throw new TaskRefusal({
        code: 'unknown-task',
        message: `Unknown method: ${request.method}. Known: ${Object.keys(methods).join(', ') || 'none'}`,
      });
    }
    if (!tasks.get(request.taskId) && tasks.running >= maxRunning) {
      throw new TaskRefusal({
        code: 'rate-limited',
        message: `${maxRunning} tasks run already; try again when one of them has ended`,
        details: { retryAfterSeconds: 5 },
      });
    }
    if (tasks.registerTask(request.taskId, request)) void begin(method, request);
    // A call that comes again waits for the same quick work.
    if (method.kind === 'quick') await works.get(request.taskId)?.work;
    return stateAnswer(request.taskId, find(request.taskId));
  });
  app.get('/control/status/:id', ({ req }) => {
    const { status, progress, error = null } = find(req.param('id'));
    return Response.json({ status, progress, error }, { headers: NOT_STORED });
  });
  app.get('/control/output/:id', ({ req }) => {
    const { status, output } = find(req.param('id'));
    if (output) return Response.json({ output }, { headers: NOT_STORED });
    const message =
      status === 'failed'
        ? 'Task failed: it has no output'
        : 'Task not complete: ask again when its status is "complete"';
    throw new TaskRefusal({ code: 'not-complete', message });
  });
  app.post('/control/cancel/:id', async ({ req }) => {
    const id = req.param('id');
    find(id);
    works.get(id)?.cancel.abort(new Error(CANCELLED));
    return stateAnswer(id, find(id));
  });

  return {
    fetch: async (request) => app.fetch(request),
    tasks,
    async whenIdle(seconds) {
      const patience = new AbortController();
      const all = Promise.all([...works.values()].map(({ work }) => work));
      await Promise.race([
        all,
        pause(seconds * 1_000, undefined, { signal: patience.signal }).catch(() => {}),
      ]);
      patience.abort();
    },
    async close() {
      const open = [...works.values()];
      for (const { cancel } of open) cancel.abort(new Error('The service stops'));
      await Promise.all(open.map(({ work }) => work));
    },
  };
}

function stateAnswer(taskId: string, { status, output, error }: ServiceTask): Response {
  const body = { status, task_id: taskId, output: output ?? null, error: error ?? null };
  return Response.json(body, { headers: NOT_STORED });
}

function reasonOf(error: unknown): string {
  if (isTaskRefusal(error)) return error.error.message;
  return (error instanceof Error ? error.message : String(error)) || 'The method failed and gave no reason';
}
