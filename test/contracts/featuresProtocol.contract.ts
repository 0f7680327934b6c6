import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBackend } from '../../backend/app.ts';
import { EmbeddedEngine } from '../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../backend/network/MemoryStore.ts';
import type { NetworkStore, NetworkWork } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import type { TableDraft } from '../../backend/network/tables.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import { openApiChecker } from '../support/http/openApiChecker.ts';
import { ORIGIN, testTown } from '../support/network/testTown.ts';
import { CONTRACT_TABLES } from './networkStore.contract.ts';
import { declareTracingContract } from './tracing.contract.ts';

const BASE = '/gis/lrt';
const { check } = await openApiChecker(BASE);
const IN_NORTH = '?design=design%2FNorth';
const POINT = { type: 'Point', coordinates: ORIGIN };
const AREA = { type: 'Polygon', coordinates: [[ORIGIN, [-71, 42], [-71, 43], ORIGIN]] };

const pole = (name: unknown, more: object = {}) => ({
  type: 'Feature',
  geometry: POINT,
  properties: { name },
  ...more,
});
/** A task that inserts three poles into design North. */
const buildsPoles = defineTask({
  name: 'builds_poles',
  params: z.object({}),
  async execute(_, { network }: NetworkWork) {
    const poles = (await network.view('design/North')).table('pole');
    for (const i of [1, 2, 3])
      await poles.insert({
        geometry: { type: 'Point', coordinates: ORIGIN },
        properties: { name: `built ${i}` },
      });
  },
});
const collection = (features: unknown) => ({ type: 'FeatureCollection', features });

/** What every store keeps when the network is changed over HTTP. `parsing`: also what no store is asked about. */
export function declareFeaturesProtocolContract(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<NetworkStore>,
  { parsing = true } = {},
): void {
  describe(`${name}: changing the network over HTTP`, () => {
    let store: NetworkStore;
    let engine: EmbeddedEngine;
    beforeEach(async () => {
      store = await create(testTown(2), CONTRACT_TABLES);
      engine = new EmbeddedEngine({ definitions: [], store: new MemoryStore() });
    });
    afterEach(() => engine.close());

    /** Bearer tokens: 'reader', 'editor' with the permission, 'admin'. Each answer is held against the OpenAPI document. */
    async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const backend = createBackend({
        engine,
        store,
        basePath: BASE,
        editPermission: 'edit-network',
        authenticate(request) {
          const owner = request.headers.get('Authorization') ?? 'editor';
          return { owner, admin: owner === 'admin', permissions: owner === 'editor' ? ['edit-network'] : [] };
        },
      });
      const url = `http://x.test${path.startsWith(BASE) ? path : BASE + path}`;
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const init = { method, headers: { 'Content-Type': 'application/geo+json', ...headers } };
      const request = new Request(url, text === undefined ? init : { ...init, body: text });
      const response = await backend.fetch(request);
      await check({ method, url }, response);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const answer = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        json: answer === '' ? undefined : JSON.parse(answer),
      };
    }
    const polesOf = async (design: string | null = null) =>
      (await (await store.begin().view(design)).table('pole').recs()).map(
        ({ id, properties }) => `${id} ${properties.name}`,
      );
    const refused = (code: string) => ({ type: `urn:problem-type:lrt:${code}` });

    declareTracingContract(
      () => store,
      (path) => call('GET', path),
    );

    describe('a feature', () => {
      it('is read with its ETag, from master and from a design', async () => {
        const { status, headers, json } = await call('GET', '/features/pole/1');
        expect([status, headers.get('content-type')]).toEqual([200, 'application/geo+json']);
        expect(json).toEqual({
          type: 'Feature',
          id: 'pole/1',
          geometry: POINT,
          properties: { name: 'M-1', table: 'pole', design: null },
        });
        expect(headers.get('etag')).toMatch(/^"[0-9a-z]{14}"$/);
        expect((await call('GET', '/features/pole/1')).headers.get('etag')).toBe(headers.get('etag'));
        const planned = await call('GET', `/features/pole/3${IN_NORTH}`);
        expect(planned.json.properties).toMatchObject({ name: 'P-009', design: 'design/North' });
        expect((await call('GET', '/features/street/1')).json.properties.name).toBe('Main Street');
      });

      it.each([
        ['/features/pole/3', 404, 'record-not-found'],
        ['/features/pole/0', 404, 'record-not-found'],
        ['/features/pole/01', 404, 'record-not-found'],
        ['/features/pole/1e0', 404, 'record-not-found'],
        ['/features/pole/-1', 404, 'record-not-found'],
        ['/features/pole/99999999999999999999', 404, 'record-not-found'],
        [`/features/pole/4${IN_NORTH}`, 404, 'record-not-found'],
        ['/features/house/1', 404, 'unknown-table'],
        ['/features/__proto__/1', 404, 'unknown-table'],
        [`/features/street/1${IN_NORTH}`, 404, 'unknown-table'],
        ['/features/pole/1?design=design/West', 404, 'design-not-found'],
        ['/features/pole/1?design=%00', 404, 'design-not-found'],
        ['/features/pole/1?colour=red', 400, 'invalid-request'],
      ])('%s is %i %s, for reading and for writing', async (path, status, code) => {
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await call(method, path, method === 'GET' ? undefined : pole('x'));
          expect([method, answer.status, answer.json]).toMatchObject([method, status, refused(code)]);
        }
        expect(await polesOf()).toEqual(['1 M-1', '2 M-2']);
      });

      it('is added: 201, with a Location that leads to it, and an id of the store', async () => {
        const sent = pole('new', { id: 'pole/1', bbox: [1, 2, 3, 4], links: [] });
        const { status, headers, json } = await call('POST', '/features/pole', sent);
        expect(status).toBe(201);
        expect(json.id).not.toBe('pole/1');
        expect(headers.get('location')).toBe(`${BASE}/features/${json.id}`);
        const read = await call('GET', headers.get('location') ?? '');
        expect(read.json).toEqual(json);
        expect(read.headers.get('etag')).toBe(headers.get('etag'));
        expect(await polesOf('design/South')).toEqual([
          '1 M-1',
          '2 M-2',
          '4 S-1',
          expect.stringContaining('new'),
        ]);

        const planned = await call('POST', `/features/pole${IN_NORTH}`, pole('planned'));
        expect(planned.headers.get('location')).toBe(`${BASE}/features/${planned.json.id}${IN_NORTH}`);
        expect((await call('GET', planned.headers.get('location') ?? '')).json).toEqual(planned.json);
        expect(await polesOf()).not.toContainEqual(expect.stringContaining('planned'));
      });

      it('is replaced by PUT, as it was read, or with other properties', async () => {
        const { json } = await call('GET', '/features/pole/1');
        await call('PATCH', '/features/pole/1', { properties: { height_m: 9, tags: ['a', { b: 1 }] } });
        expect((await call('PUT', '/features/pole/1', json)).json).toEqual(json);
        const other = await call('PUT', '/features/pole/1', { ...json, id: 'pole/2' });
        expect(other.json).toMatchObject({ ...refused('invalid-record'), errors: [{ parameter: 'id' }] });
        const moved = pole('moved', { geometry: { type: 'Point', coordinates: [0, 0] } });
        const { json: changed } = await call('PUT', '/features/pole/1', moved);
        expect(changed).toMatchObject({
          id: 'pole/1',
          geometry: moved.geometry,
          properties: { name: 'moved' },
        });
        expect(
          (await call('PUT', '/features/pole/1', pole('x', { geometry: null }))).json.geometry,
        ).toBeNull();
      });

      it('is changed by PATCH, a JSON merge patch: null removes a property, and the others stay', async () => {
        const patch = (body: unknown) =>
          call('PATCH', '/features/pole/1', body, { 'Content-Type': 'application/merge-patch+json' });
        await patch({ properties: { owner: { name: 'ann', phone: '1' }, height_m: 9 } });
        const { json } = await patch({ properties: { owner: { phone: null }, height_m: null, label: 'A' } });
        expect(json.properties).toEqual({
          name: 'M-1',
          label: 'A',
          owner: { name: 'ann' },
          table: 'pole',
          design: null,
        });
        expect(json.geometry).toEqual(POINT);
        expect((await patch({ geometry: { coordinates: [1, 2] } })).json.geometry.coordinates).toEqual([
          1, 2,
        ]);
        expect((await patch({})).json.properties.label).toBe('A');
        expect((await patch({ properties: null })).json.properties).toEqual({ table: 'pole', design: null });
        expect((await patch({ id: 'pole/2' })).json).toMatchObject(refused('invalid-record'));
        expect((await patch({ geometry: { type: 'LineString' } })).json).toMatchObject(
          refused('invalid-record'),
        );
      });

      it('is removed by DELETE: 204, and then there is none', async () => {
        expect(await call('DELETE', '/features/pole/1')).toMatchObject({ status: 204, json: undefined });
        expect((await call('DELETE', '/features/pole/1')).status).toBe(404);
        expect((await call('DELETE', `/features/pole/2${IN_NORTH}`)).status).toBe(204);
        expect(await polesOf()).toEqual(['2 M-2']);
        expect(await polesOf('design/North')).toEqual(['3 P-009']);
      });

      it('is not changed where If-Match names another state of it: 412', async () => {
        const first = (await call('GET', '/features/pole/1')).headers.get('etag') ?? '';
        const ifMatch = { 'If-Match': first };
        const second = await call('PATCH', '/features/pole/1', { properties: { a: 1 } }, ifMatch);
        expect(second.status).toBe(200);
        for (const [method, body] of [
          ['PUT', pole('x')],
          ['PATCH', {}],
          ['DELETE', undefined],
        ] as const) {
          const late = await call(method, '/features/pole/1', body, ifMatch);
          expect([late.status, late.json]).toMatchObject([412, refused('precondition-failed')]);
        }
        const either = { 'If-Match': `"none", ${second.headers.get('etag')}` };
        expect((await call('PATCH', '/features/pole/1', { properties: { b: 2 } }, either)).status).toBe(200);
        expect((await call('DELETE', '/features/pole/1', undefined, { 'If-Match': '*' })).status).toBe(204);
      });

      it('of many that change it at the same time, with If-Match one does', async () => {
        const ifMatch = { 'If-Match': (await call('GET', '/features/pole/1')).headers.get('etag') ?? '' };
        const answers = await Promise.all(
          [1, 2, 3].map((n) => call('PATCH', '/features/pole/1', { properties: { [`p${n}`]: n } }, ifMatch)),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
      });

      it('of many that change it at the same time, without If-Match all do, and none is lost', async () => {
        await Promise.all(
          [1, 2, 3].map((n) => call('PATCH', '/features/pole/1', { properties: { [`p${n}`]: n } })),
        );
        const { json } = await call('GET', '/features/pole/1');
        expect(json.properties).toMatchObject({ name: 'M-1', p1: 1, p2: 2, p3: 3 });
      });
    });

    if (parsing)
      describe('what cannot be stored', () => {
        const line = { type: 'LineString', coordinates: [ORIGIN, ORIGIN] };
        it.each([
          [
            'a geometry of another kind',
            'pole',
            pole('x', { geometry: line }),
            'geometry',
            /give a Point, or null/,
          ],
          [
            'several points',
            'pole',
            pole('x', { geometry: { type: 'MultiPoint', coordinates: [ORIGIN] } }),
            'geometry',
            /split it into one Point each/,
          ],
          [
            'several lines',
            'oh_route',
            {
              type: 'Feature',
              geometry: { type: 'MultiLineString', coordinates: [line.coordinates] },
              properties: null,
            },
            'geometry',
            /split it/,
          ],
          ['a geometry where there is none', 'connection', pole('x'), 'geometry', /give null/],
          [
            'no geometry',
            'pole',
            { type: 'Feature', properties: {} },
            'geometry',
            /is missing; give a Point, or null/,
          ],
          [
            'a projected place',
            'pole',
            pole('x', { geometry: { type: 'Point', coordinates: [500000, 6800000] } }),
            'geometry',
            /reproject to EPSG:4326/,
          ],
          [
            'latitude first',
            'pole',
            pole('x', { geometry: { type: 'Point', coordinates: [52, 113] } }),
            'geometry',
            /swap the two/,
          ],
          [
            'an altitude',
            'pole',
            pole('x', { geometry: { type: 'Point', coordinates: [1, 2, 3] } }),
            'geometry',
            /altitude/,
          ],
          [
            'a short line',
            'oh_route',
            pole('x', { geometry: { type: 'LineString', coordinates: [ORIGIN] } }),
            'geometry',
            /at least 2 positions/,
          ],
          [
            'a ring that is open',
            'order',
            pole('x', {
              geometry: { ...AREA, coordinates: [[...(AREA.coordinates[0] ?? []).slice(0, 3), [0, 0]]] },
            }),
            'geometry',
            /end each ring with its first position/,
          ],
          ['a NUL', 'pole', pole('a\0b'), 'properties.name', /leave that character out/],
          [
            'half a surrogate pair',
            'pole',
            '{"type":"Feature","geometry":null,"properties":{"name":"\\ud800"}}',
            'properties.name',
            /leave that character out/,
          ],
          [
            'a name that is none',
            'pole',
            '{"type":"Feature","geometry":null,"properties":{"__proto__":1}}',
            'properties.__proto__',
            /another name/,
          ],
          [
            'properties without end',
            'pole',
            `{"type":"Feature","geometry":null,"properties":{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`,
            'properties.deep',
            /nest at most 20/,
          ],
          [
            'properties that are none',
            'pole',
            pole('x', { properties: [1] }),
            'properties',
            /give an object/,
          ],
          [
            'another table',
            'pole',
            pole('x', { properties: { table: 'address' } }),
            'properties.table',
            /give 'pole', or leave it out/,
          ],
          [
            'another design',
            'pole',
            pole('x', { properties: { design: 'design/North' } }),
            'properties.design',
            /leave it out/,
          ],
          [
            'another reference system',
            'pole',
            pole('x', { crs: { type: 'name', properties: { name: 'EPSG:3857' } } }),
            'crs',
            /reproject/,
          ],
          ['no feature', 'pole', { type: 'Point', coordinates: ORIGIN }, 'body', /give a GeoJSON Feature/],
        ])('%s is refused, by place and with the fix', async (_, table, body, parameter, fix) => {
          const { status, json } = await call('POST', `/features/${table}`, body);
          expect([status, json]).toMatchObject([400, refused('invalid-record')]);
          expect(json.errors).toEqual([
            {
              parameter,
              code: 'invalid-record',
              message: expect.stringMatching(fix),
              expected: expect.any(String),
            },
          ]);
          expect(await (await store.begin().view()).table(table).count()).toBe(table === 'pole' ? 2 : 0);
        });

        it('is a body that is no JSON, of another type, or too large', async () => {
          const post = (body: string, type = 'application/geo+json') =>
            call('POST', '/features/pole', body, { 'Content-Type': type });
          expect((await post('{')).json).toMatchObject(refused('invalid-request'));
          expect((await post('[]')).json).toMatchObject(refused('invalid-request'));
          expect((await post('{}', 'text/plain')).status).toBe(415);
          expect((await post(JSON.stringify(pole('x'.repeat(1_100_000))))).status).toBe(413);
          expect((await post('{"type":"Feature","geometry":null,"properties":{"n":1e999}}')).status).toBe(
            400,
          );
          expect(await polesOf()).toHaveLength(2);
        });
      });

    describe('a collection', () => {
      it('is added as a whole, in its order', async () => {
        const { status, json } = await call(
          'POST',
          '/features/pole',
          collection([pole('a'), pole('b'), pole('c')]),
        );
        expect(status).toBe(201);
        const named = json.ids.map((id: string, i: number) => `${id.slice(5)} ${'abc'[i]}`);
        expect(await polesOf()).toEqual(['1 M-1', '2 M-2', ...named]);
        expect((await call('POST', '/features/pole', collection([]))).json).toEqual({ ids: [] });
      });

      it('with features that cannot be stored is refused as a whole, and names each by its index', async () => {
        const features = [
          pole('ok'),
          pole('\0'),
          pole('ok'),
          { type: 'Point' },
          pole('x', { geometry: {} }),
          null,
        ];
        const { status, json } = await call('POST', '/features/pole', collection(features));
        expect(status).toBe(400);
        expect(json.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual([
          'features[1].properties.name',
          'features[3]',
          'features[4].geometry',
          'features[5]',
        ]);
        expect(json.details).toEqual({ count: 4 });
        expect(await polesOf()).toHaveLength(2);
        const many = await call('POST', '/features/pole', collection(Array(5_000).fill(0)));
        expect(many.json.errors).toHaveLength(100);
        expect(many.json.detail).toMatch(/and 4900 more/);
        expect((await call('POST', '/features/pole', collection({}))).json.errors[0].parameter).toBe(
          'features',
        );
      });
    });

    describe('designs', () => {
      const design = (name: unknown, geometry: unknown = AREA) => ({
        type: 'Feature',
        geometry,
        properties: { name },
      });

      it('are made, planned in, posted and dropped', async () => {
        const made = await call('POST', '/designs', design('Nord/Süd & 1'));
        expect(made.status).toBe(201);
        const location = made.headers.get('location') ?? '';
        expect(location).toBe(`${BASE}/designs/${encodeURIComponent('Nord/Süd & 1')}`);
        expect((await call('GET', location)).json).toEqual(made.json);
        expect((await call('POST', '/designs', design('North'))).status).toBe(409);
        const query = `?design=${encodeURIComponent('design/Nord/Süd & 1')}`;
        await call('POST', `/features/pole${query}`, pole('planned'));
        await call('PATCH', `/features/pole/1${query}`, { properties: { name: 'changed' } });
        await call('DELETE', `/features/pole/2${query}`);
        expect((await call('POST', `${location}/post`)).json).toEqual({ added: 1, changed: 1, deleted: 1 });
        expect(await polesOf()).toEqual(['1 changed', expect.stringContaining('planned')]);
        for (const [method, path] of [
          ['GET', location],
          ['POST', `${location}/post`],
          ['DELETE', location],
        ] as const) {
          expect((await call(method, path)).json).toMatchObject(refused('design-not-found'));
        }
        expect((await call('DELETE', '/designs/North')).status).toBe(204);
        expect((await store.designs()).map(({ name }) => name)).toEqual(['South']);
      });

      it('are not posted over what master has changed, until the caller says whose version stays', async () => {
        await call('PATCH', `/features/pole/1${IN_NORTH}`, { properties: { name: 'design' } });
        await call('PATCH', '/features/pole/1', { properties: { name: 'master' } });
        const { status, json } = await call('POST', '/designs/North/post');
        expect([status, json]).toMatchObject([409, refused('design-conflict')]);
        expect(json.details.records).toEqual(['pole/1']);
        expect((await call('POST', '/designs/North/post', { prefer: 'both' })).status).toBe(400);
        const posted = await call(
          'POST',
          '/designs/North/post',
          { prefer: 'design' },
          { 'Content-Type': 'application/json' },
        );
        expect(posted.json).toEqual({ added: 1, changed: 1, deleted: 0 });
        expect(await polesOf()).toEqual(['1 design', '2 M-2', '3 P-009']);
      });

      it.each([
        [design(''), 'invalid-request'],
        [design(1), 'invalid-request'],
        [design('x', null), 'invalid-request'],
        [design('x', POINT), 'invalid-record'],
        [{ ...design('x'), type: 'FeatureCollection' }, 'invalid-request'],
      ])('are refused where they cannot be stored: %j', async (body, code) => {
        const { status, json } = await call('POST', '/designs', body);
        expect([status, json]).toMatchObject([400, refused(code)]);
      });
    });

    it('GET /features?task says what a task has built, to whoever may see the task', async () => {
      await engine.close();
      engine = new EmbeddedEngine({ definitions: [buildsPoles], store });
      const { task } = await engine.enqueue({ name: 'builds_poles', params: {} }, { owner: 'editor' });
      await expect
        .poll(async () => (await engine.get(task.id, { owner: 'editor' }))?.status, { timeout: 15_000 })
        .toBe('succeeded');
      await call('POST', `/features/pole${IN_NORTH}`, pole('of nobody'));
      const namesOf = ({
        features,
      }: {
        features: { properties: { name: string; design: string | null } }[];
      }) => features.map(({ properties: { name, design } }) => [name, design]);

      const first = await call('GET', `/features?task=${task.id}&limit=2`);
      expect(namesOf(first.json)).toEqual([
        ['built 1', 'design/North'],
        ['built 2', 'design/North'],
      ]);
      const { href } = first.json.links.find(({ rel }: { rel: string }) => rel === 'next');
      expect(namesOf((await call('GET', `/${href}`)).json)).toEqual([['built 3', 'design/North']]);
      await call('POST', '/designs/North/post');
      const asAdmin = await call('GET', `/features?task=${task.id}`, undefined, { Authorization: 'admin' });
      expect(namesOf(asAdmin.json)).toEqual([1, 2, 3].map((i) => [`built ${i}`, null]));

      for (const [path, owner] of [
        [`/features?task=${task.id}`, 'reader'],
        ['/features?task=none', 'editor'],
      ] as const) {
        const { status, json } = await call('GET', path, undefined, { Authorization: owner });
        expect([path, status, json]).toMatchObject([path, 404, refused('task-not-found')]);
      }
      const both = await call('GET', `/features?task=${task.id}&design=design/South`);
      expect([both.status, both.json]).toMatchObject([
        400,
        { ...refused('invalid-request'), errors: [{ parameter: 'design' }] },
      ]);
    });

    it('is for callers with the permission, and for admins', async () => {
      const as = (owner: string) => ({ Authorization: owner });
      for (const [method, path, body] of [
        ['POST', '/features/pole', pole('x')],
        ['PUT', '/features/pole/1', pole('x')],
        ['PATCH', '/features/pole/1', {}],
        ['DELETE', '/features/pole/1', undefined],
        ['POST', '/designs', {}],
        ['POST', '/designs/North/post', {}],
        ['DELETE', '/designs/North', undefined],
      ] as const) {
        const { status, json } = await call(method, path, body, as('reader'));
        expect([status, json]).toMatchObject([
          403,
          { ...refused('forbidden'), details: { permission: 'edit-network' } },
        ]);
      }
      expect(await polesOf()).toEqual(['1 M-1', '2 M-2']);
      expect((await call('GET', '/features/pole/1', undefined, as('reader'))).status).toBe(200);
      expect((await call('DELETE', '/features/pole/1', undefined, as('admin'))).status).toBe(204);
    });
  });
}
