import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { SpatialIndexOfLayer } from '../../../../backend/handover/SpatialIndexOfLayer.ts';
import { DatabaseFile } from '../../../../backend/handover/sqlite/DatabaseFile.ts';
import { MemorySpool } from '../../../../backend/handover/sqlite/Spool.ts';
import { newFolder } from '../../../support/server/newFolder.ts';

const folder = newFolder();
afterAll(() => folder.remove());

/** Places in no order, on both sides of zero, with a fixed seed. */
function places(count: number): [number, number][] {
  let seed = 20_261_129;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
  return Array.from({ length: count }, () => [next() * 360, next() * 180]);
}

it.each([0, 1, 51, 52, 3_000])(
  'finds what is in a box, among %i features, and SQLite finds no fault in it',
  async (count) => {
    const index = new SpatialIndexOfLayer('pole');
    const all = places(count);
    for (const [i, coordinates] of all.entries()) index.add(i * 3 + 1, { type: 'Point', coordinates });
    const file = new DatabaseFile(new MemorySpool());
    const table = file.table('pole');
    await table.end('CREATE TABLE pole (fid INTEGER PRIMARY KEY, geom POINT)');
    expect(await index.write(file)).toBe(true);
    const pieces: Uint8Array[] = [];
    for await (const piece of file.read({ applicationId: 7, userVersion: 8 })) pieces.push(piece);
    const path = join(folder.path, `${count}.sqlite`);
    writeFileSync(path, Buffer.concat(pieces));
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      const found = database
        .prepare(
          'SELECT id FROM rtree_pole_geom WHERE maxx >= -40 AND minx <= 50 AND maxy >= -20 AND miny <= 30',
        )
        .all()
        .map(({ id }) => Number(id));
      const expected = all.flatMap(([x, y], i) =>
        x >= -40 && x <= 50 && y >= -20 && y <= 30 ? [i * 3 + 1] : [],
      );
      expect(found.sort((a, b) => a - b)).toEqual(expected);
      expect(
        database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'trigger'").get(),
      ).toEqual({
        n: 6,
      });
    } finally {
      database.close();
    }
  },
);
