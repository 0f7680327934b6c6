import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBackend } from '../../backend/app.ts';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { customerConnectionTask } from '../../backend/definitions/customerConnection.ts';
import { EmbeddedEngine } from '../../backend/embedded/EmbeddedEngine.ts';
import type { NetworkStore, NetworkWork } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import type { TableDraft } from '../../backend/network/tables.ts';
import { defineTask } from '../../backend/tasks/defineTask.ts';
import { openApiChecker } from '../support/http/openApiChecker.ts';
import { testTown } from '../support/network/testTown.ts';
import { CONTRACT_TABLES } from './networkStore.contract.ts';

const { check } = await openApiChecker();
const ANN = { owner: 'ann' };
const NORTH = 'design/North';

/** Serves one address and reports one that it does not. */
const reports = defineTask({
  name: 'reports',
  params: z.looseObject({ design: z.string() }),
  keep: 'good-items',
  async execute(
    { design },
    { network, item }: Parameters<typeof customerConnectionTask.execute>[1] & NetworkWork,
  ) {
    const view = await network.view(design);
    await item('address/1', () =>
      view.table('wall_box').insert({ properties: { address: 'address/1', loss_db: 20.5 } }),
    );
    await item('address/2', async () => {
      throw new TaskRefusal({ code: 'out-of-reach', message: '=out of reach: 413 m away' });
    });
  },
});

/** How every store hands on what a task has built. */
export function declareHandoverContract(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<NetworkStore>,
): void {
  describe(`${name}: handed on`, () => {
    let store: NetworkStore;
    let engine: EmbeddedEngine;
    beforeEach(async () => {
      store = await create(testTown(150), CONTRACT_TABLES);
      engine = new EmbeddedEngine({ definitions: [customerConnectionTask, reports], store });
    });
    afterEach(() => engine.close());

    async function ended(name: string, params: object): Promise<string> {
      const { task } = await engine.enqueue({ name, params: { design: NORTH, ...params } }, ANN);
      await expect
        .poll(async () => (await engine.get(task.id, ANN))?.status, { timeout: 15_000 })
        .toBe('succeeded');
      return task.id;
    }
    const connect = () =>
      ended('customer_connection_task', { pole_id: 3, count: 70, selection: 'nearest', seed: 1 });

    async function get(path: string, owner = 'ann') {
      const backend = createBackend({ engine, store, authenticate: () => ({ owner }) });
      const url = `http://x.test${path}`;
      const response = await backend.fetch(new Request(url));
      await check({ method: 'GET', url }, response);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      return { status: response.status, headers: response.headers, bytes, text };
    }
    const rowsOf = (text: string) =>
      text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    const tableOf = (text: string) => {
      const [columns = [], ...rows] = rowsOf(text);
      return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
    };

    it('as GeoJSON: each record once, cables with their line, and nothing of master', async () => {
      const id = await connect();
      const { text, headers } = await get(`/tasks/${id}/export?format=geojson`);
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="customer_connection_task-[\w-]+\.geojson"/,
      );
      const { features } = JSON.parse(text);
      const counts: Record<string, number> = {};
      for (const { properties } of features) counts[properties.table] = (counts[properties.table] ?? 0) + 1;
      expect(counts).toEqual({
        pole: 1,
        splice_closure: 2,
        fiber_splitter: 2,
        wall_box: 70,
        fiber_ont: 70,
        oh_route: 70,
        fiber_cable: 70,
        cable_segment: 70,
        connection: 140,
      });
      expect(new Set(features.map(({ id: urn }: { id: string }) => urn)).size).toBe(features.length);
      for (const { geometry, properties } of features) {
        expect(geometry === null, properties.table).toBe(properties.table === 'connection');
        expect(properties.design).toBe(NORTH);
      }
      // The whole design has what was in it before as well.
      const design = JSON.parse((await get('/designs/North/export?format=geojson')).text);
      expect(design.features).toHaveLength(features.length + 1);
    });

    it('as a GeoPackage', async () => {
      const { bytes, headers } = await get(`/tasks/${await connect()}/export?format=gpkg`);
      expect(headers.get('content-type')).toBe('application/geopackage+sqlite3');
      expect(new TextDecoder().decode(bytes.slice(0, 15))).toBe('SQLite format 3');
      expect(bytes.length % 8192).toBe(0);
    });

    it('as reports: addresses, bill and splices, with units in the names of columns', async () => {
      const id = await connect();
      const { text, headers } = await get(`/tasks/${id}/export?format=csv&report=addresses`);
      expect(text.startsWith('\ufeffaddress_urn,address,')).toBe(true);
      expect(headers.get('content-disposition')).toContain('-addresses.csv');
      const addresses = tableOf(
        (await get(`/tasks/${id}/export?format=csv&report=addresses&bom=false`)).text,
      );
      expect(addresses).toHaveLength(70);
      const ports = addresses.map(({ splitter_urn, splitter_port }) => `${splitter_urn} ${splitter_port}`);
      expect(new Set(ports).size).toBe(70);
      expect(
        addresses.every(
          ({ served, line_ends }) => served === 'true' && line_ends === 'splitter without feed',
        ),
      ).toBe(true);
      expect(new Set(addresses.map(({ structure }) => structure))).toEqual(new Set(['P-009', 'P-010']));

      // As Excel wants it where numbers have a decimal comma.
      const german = (await get(`/tasks/${id}/export?format=csv&report=addresses&separator=semicolon`)).text;
      const [head = '', first = ''] = german.split('\r\n');
      expect(head.split(';')).toHaveLength(rowsOf(text)[0]?.length ?? 0);
      expect(first.split(';')[2]).toBe(String(addresses[0]?.longitude_deg).replace('.', ','));

      const bill = tableOf((await get(`/tasks/${id}/export?format=csv&report=bill&bom=false`)).text);
      const metres = addresses.reduce((sum, { drop_m }) => sum + Number(drop_m), 0);
      expect(bill.map(({ item, unit }) => [item, unit])).toEqual([
        ['cable-16', 'metre'],
        ['closure', 'piece'],
        ['ont', 'piece'],
        ['pole', 'piece'],
        ['route-aerial', 'metre'],
        ['splitter-64', 'piece'],
        ['wall-box', 'piece'],
      ]);
      expect(Number(bill[0]?.quantity)).toBeCloseTo(metres, 0);

      const splices = tableOf((await get(`/tasks/${id}/export?format=csv&report=splices&bom=false`)).text);
      expect(splices).toHaveLength(140);
      expect(splices[0]).toMatchObject({
        kind: 'patch',
        from_kind: 'fiber_splitter',
        from_pin: '1',
        to_kind: 'fiber_cable',
      });
    });

    it('says who is not served and why, and within which budget the others are; no cell is a formula', async () => {
      const id = await ended('reports', {
        rules: { lossLimitDb: 23 },
        prices: [{ item: 'wall-box', price: 12.5 }, { item: 7 }, null],
        currency: '=EUR',
      });
      const rows = tableOf((await get(`/tasks/${id}/export?format=csv&report=addresses&bom=false`)).text);
      expect(rows).toMatchObject([
        {
          address_urn: 'address/1',
          served: 'false',
          loss_db: '20.5',
          limit_db: '23',
          margin_db: '3',
          within_budget: 'false',
        },
        {
          address_urn: 'address/2',
          served: 'false',
          reason: 'out-of-reach',
          remark: "'=out of reach: 413 m away",
        },
      ]);
      const bill = (await get(`/tasks/${id}/export?format=csv&report=bill&bom=false`)).text;
      expect(bill).toBe(
        "item,unit,quantity,price_per_unit,cost,currency\r\nwall-box,piece,1,12.5,12.5,'=EUR\r\n",
      );
    });

    it('as it was when the file was begun, whatever is committed until it is read', async () => {
      const id = await connect();
      const paths = ['format=geojson', 'format=csv&report=addresses', 'format=gpkg'].map(
        (query) => `/tasks/${id}/export?${query}`,
      );
      const before = await Promise.all(paths.map(async (path) => (await get(path)).bytes));
      const backend = createBackend({ engine, store, authenticate: () => ANN });
      const open = () => Promise.all(paths.map((path) => backend.fetch(new Request(`http://x.test${path}`))));
      // Whoever goes away before the end keeps nobody from beginning.
      for (const { body } of await open()) await body?.cancel();
      const begun = await open();
      const undo = store.begin({ taskId: 'undo' });
      await undo.undo(id);
      await undo.commit();
      for (const [i, response] of begun.entries()) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        // The time of the file stands in a GeoPackage.
        expect(bytes.length).toBe(before[i]?.length);
        if (i < 2) expect(new TextDecoder().decode(bytes)).toBe(new TextDecoder().decode(before[i]));
      }
      expect((await get(paths[0] ?? '')).status).toBe(409);
    });

    it('is for whoever may see the task, in a format that there is, while something is left', async () => {
      const id = await connect();
      for (const [path, owner, status, code] of [
        [`/tasks/${id}/export?format=csv&report=bill`, 'bob', 404, 'task-not-found'],
        ['/tasks/none/export?format=csv&report=bill', 'ann', 404, 'task-not-found'],
        [`/tasks/${id}/export`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=dwg`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=csv`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=csv&report=all`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=gpkg&report=bill`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=csv&report=bill&bom=1`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=csv&report=bill&separator=tab`, 'ann', 400, 'invalid-request'],
        [`/tasks/${id}/export?format=gpkg&separator=semicolon`, 'ann', 400, 'invalid-request'],
        ['/designs/none/export?format=geojson', 'ann', 404, 'design-not-found'],
      ] as const) {
        const answer = await get(path, owner);
        expect([path, answer.status, JSON.parse(answer.text).type]).toEqual([
          path,
          status,
          `urn:problem-type:lrt:${code}`,
        ]);
      }
      await store.dropDesign('North');
      await engine.noteDesign({ design: NORTH, change: 'deleted' }, { owner: 'root', admin: true });
      const { status, text } = await get(`/tasks/${id}/export?format=geojson`);
      expect([status, JSON.parse(text)]).toMatchObject([
        409,
        {
          type: 'urn:problem-type:lrt:nothing-to-export',
          detail: expect.stringContaining('design/North was deleted'),
        },
      ]);
    });
  });
}
