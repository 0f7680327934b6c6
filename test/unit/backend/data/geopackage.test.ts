import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-gpkg-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A geometry as GeoPackage has it: the heading, an envelope, and a point in WKB, with a height where there is one. */
function pointBlob(x: number, y: number, z?: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + 32 + 5 + 16 + (z === undefined ? 0 : 8)));
  new Uint8Array(view.buffer).set([0x47, 0x50, 0, 0b011]);
  view.setUint8(40, 1);
  view.setUint32(41, z === undefined ? 1 : 1001, true);
  [x, y, ...(z === undefined ? [] : [z])].forEach((value, i) => {
    view.setFloat64(45 + 8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

async function geopackage(
  name: string,
  pageSize: number,
  fill: (db: DatabaseSync) => void,
  encoding = 'UTF-8',
): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, name);
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA encoding='${encoding}'; PRAGMA page_size=${pageSize};
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('Amersfoort / RD New', 28992, 'EPSG', 28992, 'PROJCS[...]', NULL), ('own', 100001, 'NONE', 100001, '+proj=utm +zone=32 +ellps=GRS80 +units=m', NULL);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk PRIMARY KEY (table_name, column_name));`);
  fill(db);
  db.close();
  return new Uint8Array(await readFile(path));
}

const HOUSES = `CREATE TABLE "houses, all" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "geom" POINT, straatnaam TEXT(80) DEFAULT 'a,b', -- the street, by name
  huisnummer MEDIUMINT, "note ""x""" TEXT, code BIGINT, share REAL, picture BLOB, CHECK (huisnummer > 0));
  INSERT INTO gpkg_geometry_columns VALUES ('houses, all', 'geom', 'POINT', 28992, 1, 0);`;

describe('GeoPackage', () => {
  it('reads thousands of rows on small pages, with texts that go over many of them', async () => {
    const long = 'x'.repeat(5_000);
    const bytes = await geopackage('many.gpkg', 512, (db) => {
      db.exec(HOUSES);
      const insert = db.prepare(
        'INSERT INTO "houses, all" (geom, straatnaam, huisnummer, "note ""x""", code, share, picture) VALUES (?, ?, ?, ?, ?, ?, ?)',
      );
      db.exec('BEGIN');
      for (let i = 1; i <= 3_000; i++) {
        insert.run(
          pointBlob(121_000 + i, 487_000, 1.5),
          `Straße ${i % 50}`,
          i,
          i % 500 === 0 ? long : null,
          2 ** 40 + i,
          i / 4,
          new Uint8Array([1, 2]),
        );
      }
      db.exec('COMMIT');
    });
    const read = await readOnly({ 'many.gpkg': bytes });
    expect(read.layer).toMatchObject({
      id: 'many.gpkg/houses, all',
      crs: { epsg: 28992, from: 'table' },
      encoding: { name: 'utf-8', from: 'standard' },
    });
    expect(read.report).toMatchObject({ read: 3_000, given: 3_000, leftOut: { count: 0 } });
    expect(addressesOf(read)[0]).toBe('1 Straße 1 @ 4.8880,52.3698');
    expect(read.features[499]).toMatchObject({
      properties: {
        fid: 500,
        street_number: '500',
        'note "x"': long,
        code: 2 ** 40 + 500,
        share: 125,
        elevation_metres: 1.5,
      },
    });
    expect(read.features[499]).not.toHaveProperty('properties.picture');
  });

  it('reads several layers, each in its own system, also zipped and gzipped, in UTF-16, and in WAL mode (sf#1262)', async () => {
    const bytes = await geopackage('two.gpkg', 4_096, (db) => {
      db.exec(`PRAGMA journal_mode=WAL; ${HOUSES}
        CREATE TABLE poles (id INTEGER PRIMARY KEY, shape BLOB, pole_id TEXT);
        INSERT INTO gpkg_geometry_columns VALUES ('poles', 'shape', 'POINT', 100001, 0, 0);
        CREATE VIEW seen AS SELECT * FROM poles;
        INSERT INTO gpkg_geometry_columns VALUES ('seen', 'shape', 'POINT', 100001, 0, 0), ('lost', 'shape', 'POINT', 4326, 0, 0);`);
      db.prepare('INSERT INTO poles (shape, pole_id) VALUES (?, ?), (NULL, ?), (?, ?)').run(
        pointBlob(690_123.456, 5_334_567.89),
        'P1',
        'P2',
        new Uint8Array([0x47, 0x50, 0, 1, 0, 0, 0, 0, 1, 1]),
        'P3',
      );
    });
    const { layers, problems } = await open({ 'a.zip': zipSync({ 'data/two.gpkg.gz': gzipSync(bytes) }) });
    expect(layers.map(({ name, suggestion }) => [name, suggestion.kind])).toEqual([
      ['houses, all', 'addresses'],
      ['poles', 'poles'],
    ]);
    expect(problems.map(({ file, code }) => [file.split('/').at(-1), code])).toEqual([
      ['seen', 'is-view'],
      ['lost', 'no-table'],
    ]);
    expect(layers[1]?.rows.map(({ geometry, problem }) => problem?.code ?? JSON.stringify(geometry))).toEqual(
      ['{"type":"Point","coordinates":[11.555537668,48.135937048]}', 'no-geometry', 'damaged-geometry'],
    );
    const wide = await geopackage(
      'wide.gpkg',
      1_024,
      (db) => {
        db.exec(`${HOUSES} INSERT INTO "houses, all" (straatnaam, huisnummer) VALUES ('Çınar', 1)`);
      },
      'UTF-16le',
    );
    expect((await open({ 'wide.gpkg': wide })).layers[0]?.rows[0]?.mapped).toMatchObject({
      street: 'Çınar',
      number: '1',
    });
  });

  it('refuses one that is cut off, and other databases', async () => {
    const bytes = await geopackage('cut.gpkg', 512, (db) => {
      db.exec(HOUSES);
      const insert = db.prepare('INSERT INTO "houses, all" (geom, straatnaam) VALUES (?, ?)');
      for (let i = 0; i < 100; i++) insert.run(pointBlob(121_000, 487_000 + i), `Street ${i}`);
    });
    const cut = await open({ 'cut.gpkg': bytes.slice(0, bytes.length / 2) });
    expect(cut.problems[0]?.text).toMatch(
      /is a damaged GeoPackage, or is cut off: export or download it again/,
    );
    const path = join(folder, 'other.db');
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE t (a)');
    db.close();
    const other = await open({ 'other.db': new Uint8Array(await readFile(path)) });
    expect(other.problems).toMatchObject([{ code: 'no-feature-tables', file: 'other.db' }]);
  });
});
