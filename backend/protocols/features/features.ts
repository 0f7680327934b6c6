import type { GeoFeature } from '../../../src/contract/index.ts';
import { parseBboxText } from '../../http/bbox.ts';
import { parseLimit, parseText } from '../../http/fields.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { readQuery } from '../../http/query.ts';
import { refusals } from '../../tasks/taskErrors.ts';
import { defineProtocol } from '../Protocol.ts';
import { traceHandlers } from './traces.ts';
import { designFeature, writeHandlers } from './writes.ts';

const DEFAULT_LIMIT = 10_000;
const TASK_ALONE = 'left out where "task" is given: its records are found in any design, and in master';
const QUERY = ['bbox', 'design', 'task', 'tables', 'limit', 'after'] as const;

/**
 * The features protocol serves the stored network to maps, as GeoJSON with the paging of OGC API - Features, and lets
 * callers change it as part 4 of that standard says. It is absent where the backend has no network store.
 */
export const features = defineProtocol({
  name: 'features',
  routes: {
    'GET /designs': {},
    'POST /designs': {},
    'GET /designs/:name': {},
    'DELETE /designs/:name': {},
    'POST /designs/:name/post': {},
    'GET /features': {},
    'POST /features/:table': {},
    'GET /features/:table/:id': {},
    'PUT /features/:table/:id': {},
    'PATCH /features/:table/:id': {},
    'DELETE /features/:table/:id': {},
    'GET /features/:table/:id/trace': {},
    'GET /features/:table/:id/related': {},
  },
  openapi: async () => (await import('./openapi.ts')).openapi,
  handlers(parts) {
    const { engine, store } = parts;
    return (
      store && {
        ...writeHandlers(parts, store),
        ...traceHandlers(store),

        async 'GET /designs'({ request }) {
          readQuery(request, []);
          const designs = await store.designs();
          return collection(designs.map(designFeature), [link('self', new URL(request.url))]);
        },

        async 'GET /features'({ request, caller }) {
          const query = readQuery(request, QUERY);
          const bbox = parseBboxText(query.bbox);
          const tables = parseTables(query.tables, store.tables.featureTables);
          const design = parseText(query.design, 'design', 200);
          const task = parseText(query.task, 'task', 200);
          if (task !== undefined) {
            if (design !== undefined) throw invalidRequest(fieldProblem('design', 'not-allowed', TASK_ALONE));
            // Whoever may not see the task does not learn what it built either.
            if (!(await engine.get(task, caller))) throw refusals.taskNotFound([task]);
          }
          const after = parseText(query.after, 'after', 200);
          const limit = parseLimit(query.limit, 50_000) ?? DEFAULT_LIMIT;
          const { features: found, next } = await store.features({
            limit,
            ...(bbox && { bbox }),
            ...(tables && { tables }),
            ...(design !== undefined && { design }),
            ...(task !== undefined && { task }),
            ...(after !== undefined && { after }),
          });
          const self = new URL(request.url);
          const links = [link('self', self)];
          if (next !== undefined) {
            const url = new URL(self);
            url.searchParams.set('after', next);
            links.push(link('next', url));
          }
          return collection(found, links);
        },
      }
    );
  },
});

interface Link {
  rel: 'self' | 'next';
  type: 'application/geo+json';
  href: string;
}

/** The link is relative. Behind a proxy the server knows neither its own name nor the path in front of its own. */
function link(rel: Link['rel'], { pathname, search }: URL): Link {
  return { rel, type: 'application/geo+json', href: pathname.slice(pathname.lastIndexOf('/') + 1) + search };
}

function collection(found: GeoFeature[], links: Link[]): Response {
  return Response.json(
    {
      type: 'FeatureCollection',
      timeStamp: new Date().toISOString(),
      numberReturned: found.length,
      features: found,
      links,
    },
    { headers: { 'Content-Type': 'application/geo+json', 'Cache-Control': 'no-store' } },
  );
}

function parseTables(text: string | undefined, tables: readonly string[]): string[] | undefined {
  return text?.split(',').map((name) => {
    if (tables.includes(name)) return name;
    throw invalidRequest(fieldProblem('tables', 'not-allowed', `a list, by commas, of ${tables.join(', ')}`));
  });
}
