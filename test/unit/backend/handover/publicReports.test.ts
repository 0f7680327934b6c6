/** Faults that users met in the exports of other software, tried here. docs/tried.md lists them. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../../backend/handover/factsOfTask.ts';
import { handoverFile } from '../../../../backend/handover/HandoverFile.ts';
import { HandoverSource } from '../../../../backend/handover/HandoverSource.ts';
import type { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type { HandoverRequest } from '../../../../src/contract/index.ts';
import { geoPackageOf, storeWith } from '../../../support/handover/handedOn.ts';

const AT = { type: 'Point' as const, coordinates: [10, 48] as [number, number] };

async function rowsOf(store: MemoryStore, table: string): Promise<Record<string, unknown>[]> {
  using file = await geoPackageOf(store);
  const database = new DatabaseSync(file.path, { readOnly: true });
  try {
    return database.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    database.close();
  }
}

async function textOf(store: MemoryStore, request: HandoverRequest): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of handoverFile(
    new HandoverSource(await store.snapshot(), { design: 'design/North' }),
    request,
    NO_FACTS,
  )) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

describe('a GeoPackage', () => {
  it('#2225, #345, #431: names that differ in case alone are columns of their own, and the file opens', async () => {
    const store = await storeWith({
      fiber_ont: [{ geometry: AT, properties: { name: 'a', NAME: 'b', Name: 'c', type: 1, TYPE: 'x' } }],
    });
    expect(await rowsOf(store, 'fiber_ont')).toMatchObject([
      { name: 'a', NAME_2: 'b', Name_3: 'c', type: 1, TYPE_2: 'x' },
    ]);
  });

  it('#34333, #37, #58690: a property FID shifts no column, and is not taken for the key', async () => {
    const store = await storeWith({
      fiber_ont: [{ geometry: AT, properties: { FID: 99, Text: '111', Number: 555 } }],
    });
    const [row] = await rowsOf(store, 'fiber_ont');
    expect(row).toMatchObject({ FID_2: 99, Text: '111', Number: 555 });
    expect(row?.fid).not.toBe(99);
  });

  it('#2360, #9147: lines with and without altitudes keep theirs, and the file says that some have one', async () => {
    const store = await storeWith({
      oh_route: [
        {
          geometry: {
            type: 'LineString',
            coordinates: [
              [0, 0],
              [1, 1],
            ],
          },
          properties: {},
        },
        {
          geometry: {
            type: 'LineString',
            coordinates: [
              [0, 0, 5],
              [1, 1, 6],
            ],
          },
          properties: {},
        },
      ],
    });
    using file = await geoPackageOf(store);
    const database = new DatabaseSync(file.path, { readOnly: true });
    const z = "SELECT z FROM gpkg_geometry_columns WHERE table_name = 'oh_route'";
    expect(database.prepare(z).get()).toEqual({ z: 2 });
    database.close();
  });

  it('#14113, #255: a first record without a geometry does not make the layer one without', async () => {
    const store = await storeWith({
      fiber_ont: [
        { geometry: null, properties: { n: 1 } },
        { geometry: AT, properties: { n: 2 } },
      ],
    });
    const [first, second] = await rowsOf(store, 'fiber_ont');
    expect([first?.geom, second?.geom instanceof Uint8Array]).toEqual([null, true]);
  });

  it('#4633: a number that is not there is NULL, and not 0; false is not there either way', async () => {
    const properties = [{ n: 0, yes: false }, { n: null, yes: null }, {}];
    const store = await storeWith({
      fiber_ont: properties.map((each) => ({ geometry: AT, properties: each })),
    });
    const rows = await rowsOf(store, 'fiber_ont');
    expect(rows.map(({ n, yes }) => [n, yes])).toEqual([
      [0, 0],
      [null, null],
      [null, null],
    ]);
  });
});

describe('a CSV report', () => {
  const named = (name: string) =>
    storeWith({ connection: [{ properties: { loss_db: -0.2, in_object: name, in_low: 1, in_high: 1 } }] });

  it('#230, #39, #75: no text is a formula, and negative numbers stay numbers', async () => {
    for (const name of ["=cmd|' /C calc'!A0", '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1']) {
      const text = await textOf(await named(name), { format: 'csv', report: 'splices', bom: false });
      const [, row = ''] = text.split('\r\n', 2).length > 1 ? text.split(/\r\n(?=connection)/) : [];
      expect(row).toContain(`'${name.replaceAll('"', '""')}`);
      expect(row.trimEnd().endsWith(',-0.2')).toBe(true);
    }
  });

  it('#4, #27, #63: begins with the mark by which Excel knows UTF-8, unless that is not wanted', async () => {
    const store = await named('Größe');
    expect((await textOf(store, { format: 'csv', report: 'splices' })).startsWith('\ufeffconnection,')).toBe(
      true,
    );
    const without = await textOf(store, { format: 'csv', report: 'splices', bom: false });
    expect(without.startsWith('connection,')).toBe(true);
  });
});

it('#149, #2091: no file is one text or one object in memory, however many records it has', async () => {
  const records = Array.from({ length: 5_000 }, (_, n) => ({
    geometry: AT,
    properties: { n, text: 'x'.repeat(200) },
  }));
  const store = await storeWith({ fiber_ont: records });
  let largest = 0;
  let bytes = 0;
  const source = new HandoverSource(await store.snapshot(), { design: 'design/North' });
  for await (const piece of handoverFile(source, { format: 'geojson' }, NO_FACTS)) {
    largest = Math.max(largest, piece.length);
    bytes += piece.length;
  }
  expect(bytes).toBeGreaterThan(1_500_000);
  expect(largest).toBeLessThan(100_000);
});
