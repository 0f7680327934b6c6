import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrn } from '../../../../backend/network/urn.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { geoPackageOf, STRANGE, storeWith } from '../../../support/handover/handedOn.ts';

const AT: Position = [179.9999, -16.5];
const point = (coordinates: Position) => ({ type: 'Point' as const, coordinates });

function read<T>(path: string, ask: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return ask(database);
  } finally {
    database.close();
  }
}

describe('a GeoPackage', () => {
  it('has each name and each value as it was: quotes, umlauts, Arabic, NULLs, numbers, booleans', async () => {
    const store = await storeWith({ fiber_ont: [{ geometry: point(AT), properties: STRANGE }] });
    using file = await geoPackageOf(store);
    read(file.path, (database) => {
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const [row] = database.prepare('SELECT * FROM fiber_ont').all();
      const { Name: again, ...kept } = STRANGE;
      expect(row).toMatchObject({
        ...kept,
        yes: 1,
        no: 0,
        list: '[1,"two",null]',
        nested: '{"deep":{"er":[true]}}',
        // A name that SQLite takes for another column gets a number.
        Name_2: again,
        fid_2: 'taken',
        geom_2: 'taken too',
        urn_2: 'taken as well',
        fid: expect.any(Number),
        geom: expect.any(Uint8Array),
        urn: expect.stringMatching(/^fiber_ont\/\d+$/),
      });
      const types = database.prepare("SELECT name, type FROM pragma_table_info('fiber_ont')").all();
      const typeOf = (name: string) => types.find((column) => column.name === name)?.type;
      expect(['yes', 'whole', 'part', 'tiny', 'leading', 'nothing', 'geom'].map(typeOf)).toEqual([
        'BOOLEAN',
        'INTEGER',
        'REAL',
        'REAL',
        'TEXT',
        'TEXT',
        'POINT',
      ]);
    });
  });

  it('has a layer for each table that has records, and a table of attributes where there is no geometry', async () => {
    const store = await storeWith({
      oh_route: [
        {
          geometry: { type: 'LineString', coordinates: [AT, [-179.9999, -16.5, 12]] },
          properties: { length: 21 },
        },
        { geometry: null, properties: { length: 'unknown' } },
      ],
      connection: [{ properties: { in_low: 1 } }],
    });
    using file = await geoPackageOf(store);
    read(file.path, (database) => {
      const contents = database.prepare('SELECT table_name, data_type, srs_id FROM gpkg_contents').all();
      expect(contents.map((row) => Object.values(row))).toEqual([
        ['pole', 'features', 4326],
        ['oh_route', 'features', 4326],
        ['connection', 'attributes', null],
      ]);
      // One column, two kinds of values: text says both.
      expect(database.prepare('SELECT length FROM oh_route').all()).toEqual([
        { length: '21' },
        { length: 'unknown' },
      ]);
      const [{ geom }, { geom: none }] = database.prepare('SELECT geom FROM oh_route').all() as [
        { geom: Uint8Array },
        { geom: null },
      ];
      expect([...geom.slice(0, 3)]).toEqual([0x47, 0x50, 0]);
      expect(none).toBeNull();
    });
  });

  it('keeps any text, number and place, whatever they are', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
    );
    const place = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    const record = fc.record({
      at: place,
      values: fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), value, { maxKeys: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
        // A column with values of two kinds is text; here each has its own.
        const kinds = (values: object) =>
          Object.fromEntries(Object.entries(values).map(([name, one]) => [`${name} ${typeof one}`, one]));
        const wanted = records.map(({ at, values }) => ({
          geometry: point([...at]),
          properties: kinds(values),
        }));
        using file = await geoPackageOf(await storeWith({ fiber_ont: wanted }));
        read(file.path, (database) => {
          expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
          const rows = database.prepare('SELECT * FROM fiber_ont').all();
          expect(rows).toHaveLength(wanted.length);
          for (const [i, { geometry, properties }] of wanted.entries()) {
            const row = rows[i] ?? {};
            for (const [name, one] of Object.entries(properties)) {
              expect(row[name], name).toEqual(typeof one === 'boolean' ? Number(one) : one);
            }
            const blob = row.geom;
            if (!(blob instanceof Uint8Array)) throw new Error('no geometry');
            const numbers = new DataView(blob.buffer, blob.byteOffset);
            expect([numbers.getFloat64(13, true), numbers.getFloat64(21, true)]).toEqual(
              geometry.coordinates,
            );
            expect(parseUrn(row.urn)?.id).toBe(row.fid);
          }
        });
      }),
      { numRuns: 40, seed: 14 },
    );
  });
});
