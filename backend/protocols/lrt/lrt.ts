import { isTerminal, LOG_LEVELS, type TaskSnapshot } from '../../../src/contract/index.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import { parseBulkRequest, parseIds } from '../../http/bulkRequest.ts';
import { parseDesignChange } from '../../http/designChange.ts';
import { SERVER_SENT_EVENTS, SERVER_SENT_EVENTS_WITHOUT_IDS } from '../../http/EventFormat.ts';
import { eventStreamResponse } from '../../http/eventStreamResponse.ts';
import {
  parseEnqueueRequest,
  parseEventsRequest,
  parseIdempotencyKey,
  parseLimit,
  parseRetryRequest,
  parseText,
  parseWhole,
} from '../../http/fields.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { readQuery } from '../../http/query.ts';
import { readJsonObject } from '../../http/requestBody.ts';
import { filterOfQuery, TASK_FILTER_FIELDS } from '../../http/taskFilter.ts';
import { refusals } from '../../tasks/taskErrors.ts';
import { defineProtocol } from '../Protocol.ts';
import { waitForNews } from './waitForNews.ts';

/** A poll is answered after so many seconds at most: proxies end requests that take longer. */
const MAX_WAIT_SECONDS = 30;
const LIST_QUERY = [...TASK_FILTER_FIELDS, 'limit', 'cursor'] as const;
/** One call says of so many tasks why they wait. */
const MAX_WAITING_IDS = 200;
const SEQ = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** The default protocol, REST and server-sent events. src/client/protocols/lrt/ is its client. */
export const lrt = defineProtocol({
  name: 'lrt',
  routes: {
    'GET /task-definitions': {},
    'GET /tasks': {},
    'POST /tasks': { startsTask: true },
    'GET /tasks/count': {},
    'POST /tasks/bulk': { startsTask: true },
    'POST /tasks/preview': { startsTask: true },
    'POST /tasks/waiting': {},
    'POST /tasks/design-changes': {},
    'POST /tasks/events': { events: SERVER_SENT_EVENTS_WITHOUT_IDS },
    'GET /tasks/:id': {},
    'DELETE /tasks/:id': {},
    'GET /tasks/:id/items': {},
    'GET /tasks/:id/log': {},
    'POST /tasks/:id/clear': {},
    'POST /tasks/:id/retry': { startsTask: true },
    'GET /tasks/:id/events': { events: SERVER_SENT_EVENTS },
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers({ engine, basePath }) {
    const location = (task: TaskSnapshot) => ({ Location: `${basePath}/tasks/${task.id}` });
    return {
      async 'GET /task-definitions'({ request, caller }) {
        const query = readQuery(request, ['limit', 'after']);
        const limit = parseLimit(query.limit, 200) ?? 50;
        const after = parseText(query.after, 'after', 100);
        const known = await engine.definitions(caller);
        const rest = after === undefined ? known : known.filter(({ name }) => name > after);
        const definitions = rest.slice(0, limit);
        const last = rest.length > limit ? definitions.at(-1) : undefined;
        return Response.json(
          { definitions, ...(last && { nextAfter: last.name }) },
          { headers: { 'Cache-Control': 'no-store' } },
        );
      },

      async 'POST /tasks'({ request, caller }) {
        const fields = await readJsonObject(request, ['name', 'params', 'idempotencyKey', 'tags']);
        takeKey(request, fields);
        const { task, created } = await engine.enqueue(parseEnqueueRequest(fields), caller);
        return answer(task, created ? 202 : 200, location(task));
      },

      async 'GET /tasks'({ request, caller }) {
        const { limit: size, cursor: from, ...filter } = readQuery(request, LIST_QUERY);
        const limit = parseLimit(size, 200);
        const cursor = parseText(from, 'cursor', 100);
        const page = await engine.list(
          {
            ...filterOfQuery(filter),
            ...(limit !== undefined && { limit }),
            ...(cursor !== undefined && { cursor }),
          },
          caller,
        );
        return Response.json(page, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'GET /tasks/count'({ request, caller }) {
        const filter = filterOfQuery(readQuery(request, TASK_FILTER_FIELDS));
        return Response.json(await engine.count(filter, caller), {
          headers: { 'Cache-Control': 'no-store' },
        });
      },

      async 'POST /tasks/bulk'({ request, caller }) {
        const fields = await readJsonObject(request, ['action', 'filter', 'ids', 'idempotencyKey']);
        takeKey(request, fields);
        const { task, created } = await engine.bulk(parseBulkRequest(fields), caller);
        return answer(task, created ? 202 : 200, location(task));
      },

      async 'POST /tasks/preview'({ request, caller }) {
        const fields = await readJsonObject(request, ['name', 'params']);
        const { name, params } = parseEnqueueRequest(fields);
        const preview = await engine.preview({ name, params }, caller, { signal: request.signal });
        return Response.json(preview, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'POST /tasks/waiting'({ request, caller }) {
        const ids = parseIds((await readJsonObject(request, ['ids'])).get('ids'), MAX_WAITING_IDS);
        const waiting = Object.fromEntries(await engine.waiting(ids, caller));
        return Response.json({ waiting }, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'POST /tasks/design-changes'({ request, caller }) {
        await engine.noteDesign(
          parseDesignChange(await readJsonObject(request, ['design', 'change'])),
          caller,
        );
        return new Response(null, { status: 204 });
      },

      async 'POST /tasks/events'({ request, caller, context }) {
        const wanted = parseEventsRequest(await readJsonObject(request, ['cursors', 'filter', 'after']));
        const events =
          'filter' in wanted ? engine.watch(wanted, { caller }) : engine.events(wanted, { caller });
        await events.open();
        return eventStreamResponse(request, events, { format: SERVER_SENT_EVENTS_WITHOUT_IDS, context });
      },

      async 'GET /tasks/:id'({ request, caller, param, context }) {
        // Only a poll that waits has something to compare.
        const isPoll = new URL(request.url).searchParams.has('wait');
        const query = readQuery(request, isPoll ? ['wait', 'after'] : []);
        const wait = parseWhole(query.wait, 'wait', { min: 0, max: MAX_WAIT_SECONDS }) ?? 0;
        const after = parseWhole(query.after, 'after', SEQ);
        const id = param('id');
        const find = async () => {
          const task = await engine.get(id, caller);
          if (!task) throw refusals.taskNotFound([id]);
          return task;
        };
        const task = await find();
        const seen = after ?? task.seq;
        if (wait === 0 || task.seq > seen || isTerminal(task.status)) return answer(task, 200);
        const ending = new AbortController();
        const end = () => ending.abort();
        // A poll that waits counts as a stream: the host limits how many there are, and ends them when it shuts down.
        // A host that is shutting down takes none, and the poll is answered at once.
        const closed = unlessUnavailable(() => context.onStream?.(end, 'poll without "wait"'), end);
        request.signal.addEventListener('abort', end);
        try {
          const events = engine.events({ cursors: { [id]: seen } }, { caller });
          await waitForNews(events, wait, ending.signal);
        } finally {
          request.signal.removeEventListener('abort', end);
          closed?.();
        }
        return answer(await find(), 200);
      },

      'DELETE /tasks/:id': async ({ caller, param }) => answer(await engine.cancel(param('id'), caller), 202),

      async 'GET /tasks/:id/items'({ request, caller, param }) {
        const query = readQuery(request, ['ok', 'limit', 'after']);
        const { ok } = query;
        if (ok !== undefined && ok !== 'true' && ok !== 'false') {
          throw invalidRequest(fieldProblem('ok', 'not-allowed', '"true" or "false", or left out'));
        }
        const limit = parseLimit(query.limit, 1_000);
        const after = parseText(query.after, 'after', 100);
        const page = await engine.items(
          param('id'),
          {
            ...(ok !== undefined && { ok: ok === 'true' }),
            ...(limit !== undefined && { limit }),
            ...(after !== undefined && { after }),
          },
          caller,
        );
        return Response.json(page, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'GET /tasks/:id/log'({ request, caller, param }) {
        const query = readQuery(request, ['after', 'limit', 'level', 'q']);
        const limit = parseLimit(query.limit, 1_000);
        const level = LOG_LEVELS.find((known) => known === query.level);
        if (query.level !== undefined && !level) {
          const expected = LOG_LEVELS.map((known) => `"${known}"`).join(', ');
          throw invalidRequest(fieldProblem('level', 'not-allowed', `${expected}, or left out`));
        }
        const page = await engine.log(
          param('id'),
          {
            ...(query.after !== undefined && { after: query.after }),
            ...(query.q !== undefined && { q: query.q }),
            ...(limit !== undefined && { limit }),
            ...(level && { level }),
          },
          caller,
        );
        return Response.json(page, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'POST /tasks/:id/clear'({ request, caller, param }) {
        await readJsonObject(request, [], { mayBeEmpty: true });
        const { cleared, active } = await engine.clear([param('id')], caller);
        const [left] = active;
        if (left) throw refusals.notFinished(left.id, left.status);
        return Response.json({ cleared: cleared.length > 0 }, { headers: { 'Cache-Control': 'no-store' } });
      },

      async 'POST /tasks/:id/retry'({ request, caller, param }) {
        const fields = await readJsonObject(request, ['items', 'nodes', 'idempotencyKey'], {
          mayBeEmpty: true,
        });
        takeKey(request, fields);
        const task = await engine.retry(param('id'), caller, parseRetryRequest(fields));
        return answer(task, 202, location(task));
      },

      async 'GET /tasks/:id/events'({ request, caller, param, context }) {
        const query = readQuery(request, ['after']);
        const after =
          parseWhole(query.after, 'after', SEQ) ??
          parseWhole(request.headers.get('Last-Event-ID'), 'Last-Event-ID', SEQ) ??
          null;
        const events = engine.events({ cursors: { [param('id')]: after } }, { caller });
        // The client has seen all events. A 204 makes an EventSource stop reconnecting.
        if (!(await events.open())) return new Response(null, { status: 204 });
        const advice = 'follow several tasks with one stream (POST /tasks/events)';
        return eventStreamResponse(request, events, { format: SERVER_SENT_EVENTS, context, advice });
      },
    };
  },
});

/** The body's key is the caller's own. A proxy that repeats requests may set the header of all of them. */
function takeKey(request: Request, fields: Map<string, unknown>): void {
  const key = parseIdempotencyKey(request.headers.get('Idempotency-Key'));
  if (key !== undefined && fields.get('idempotencyKey') === undefined) fields.set('idempotencyKey', key);
}

function unlessUnavailable<T>(work: () => T, otherwise: () => void): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isTaskRefusal(error) || error.error.code !== 'unavailable') throw error;
    otherwise();
    return undefined;
  }
}

function answer(task: TaskSnapshot, status: 200 | 202, headers: Record<string, string> = {}): Response {
  return Response.json(task, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}
