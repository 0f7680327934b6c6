import { describe, expect, test } from 'vitest';
import { createBackend } from '../../../../backend/app.ts';
import { PROTOCOLS } from '../../../../backend/protocols/index.ts';
import { RouteTable } from '../../../../backend/protocols/RouteTable.ts';
import { openApiChecker } from '../../../support/http/openApiChecker.ts';
import { createTestBackend } from '../../../support/http/startBackend.ts';

const { document, check } = await openApiChecker('/api');
const { routes } = new RouteTable(PROTOCOLS);

describe('the OpenAPI document', () => {
  test('has every route and method of the backend, and no other', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = routes.flatMap(({ path, endpoints }) =>
      [...endpoints.keys()].map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    );
    served.push('GET /openapi.json');
    expect(documented.sort()).toEqual(served.sort());
  });

  test('is what the backend does: each operation is there, and nothing else answers', async () => {
    const { fetch, engine } = createTestBackend('/api');
    for (const path of ['/openapi.json', ...routes.map((route) => route.path)]) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']) {
        const url = `http://x.test/api${path.replace(':id', 'none')}`;
        const response = await fetch(new Request(url, { method }));
        await check({ method, url }, response);
      }
    }
    await engine.close();
  });

  test('is served to everyone, by GET and HEAD', async () => {
    const { fetch, engine } = createTestBackend('/api');
    const ask = (method: string) =>
      fetch(
        new Request('http://x.test/api/openapi.json', {
          method,
          headers: { Authorization: 'Bearer nobody' },
        }),
      );
    const response = await ask('GET');
    expect(response.headers.get('content-type')).toBe('application/vnd.oai.openapi+json;version=3.1');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
    const head = await ask('HEAD');
    expect([head.status, head.body]).toEqual([200, null]);
    await engine.close();
  });

  test('has no reference that leads nowhere, and no schema that nobody uses', () => {
    const used = new Set(
      [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });
});

test('a path has one route', async () => {
  const { store, engine } = createTestBackend();
  const { routeOf } = createBackend({ engine, store, basePath: '/api' });
  const pathOf = (path: string, method = 'GET') => routeOf({ method, url: `http://x.test${path}` })?.path;
  expect(pathOf('/api/tasks/events')).toBe('/tasks/events');
  expect(pathOf('/api/tasks/12')).toBe('/tasks/:id');
  expect(pathOf('/api/tasks/12', '__proto__')).toBe('/tasks/:id');
  expect(pathOf('/api/openapiXjson')).toBeUndefined();
  expect(pathOf('/api/tasks/12/13')).toBeUndefined();
  expect(pathOf('/tasks/12')).toBeUndefined();
  await engine.close();
});
