import { describe, expect, test } from 'vitest';
import { ROUTES, routeOf } from '../../../backend/routes.ts';
import { openApiChecker } from '../../support/openApiChecker.ts';
import { createTestBackend } from '../../support/startBackend.ts';

describe('the OpenAPI document', () => {
  const { document, check } = openApiChecker('/api');

  test('has every route and method of the backend, and no other', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = ROUTES.flatMap(({ path, methods }) =>
      methods.map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    );
    expect(documented.sort()).toEqual(served.sort());
  });

  test('is what the backend does: each operation is there, and nothing else answers', async () => {
    const { fetch, engine } = createTestBackend('/api');
    for (const { path } of ROUTES) {
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

test('a path has one route', () => {
  expect(routeOf('/tasks/events')).toBe('/tasks/events');
  expect(routeOf('/tasks/12')).toBe('/tasks/:id');
  expect(routeOf('/openapiXjson')).toBeUndefined();
  expect(routeOf('/tasks/12/13')).toBeUndefined();
});
