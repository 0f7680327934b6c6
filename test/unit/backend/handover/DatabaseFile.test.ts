import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseFile } from '../../../../backend/handover/sqlite/DatabaseFile.ts';
import type { SqlValue } from '../../../../backend/handover/sqlite/records.ts';
import { MemorySpool } from '../../../../backend/handover/sqlite/Spool.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-handover-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function opened(fill: (file: DatabaseFile) => Promise<void>): Promise<DatabaseSync> {
  const file = new DatabaseFile(new MemorySpool());
  await fill(file);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.read({ applicationId: 7, userVersion: 8 })) pieces.push(piece);
  const path = join(folder, 'a.sqlite');
  writeFileSync(path, Buffer.concat(pieces));
  return new DatabaseSync(path, { readOnly: true });
}

const checked = (database: DatabaseSync) => database.prepare('PRAGMA integrity_check').all();
const FINE = [{ integrity_check: 'ok' }];

describe('a database that is written row by row', () => {
  it('is read by SQLite as it was written, at each size at which a row spills over its page', async () => {
    // Around the size of a page, of what stays in a leaf, and of several pages of overflow.
    const sizes = [
      0, 1, 8100, 8140, 8150, 8155, 8156, 8157, 8158, 8160, 8188, 8192, 9000, 16_300, 16_400, 70_000,
    ];
    const rows: [id: number, values: SqlValue[]][] = sizes.flatMap((size, i) => [
      [i * 1000 + 1, ['x'.repeat(size), i]],
      [i * 1000 + 2, [new Uint8Array(size).fill(i), null]],
    ]);
    const database = await opened(async (file) => {
      const table = file.table('big');
      for (const [id, values] of rows) await table.add(id, [null, ...values]);
      await table.end('CREATE TABLE big (id INTEGER PRIMARY KEY, a, b)');
    });
    expect(checked(database)).toEqual(FINE);
    const found = database.prepare('SELECT id, length(a) AS size, b FROM big').all();
    expect(found.map(({ id, size, b }) => [id, size, b])).toEqual(
      rows.map(([id, [a, b]]) => [id, typeof a === 'string' || a instanceof Uint8Array ? a.length : 0, b]),
    );
    database.close();
  });

  it('keeps each number, text and boolean', async () => {
    const values: SqlValue[] = [
      ...[0, 1, 2, -1, 127, 128, -128, -129, 32_767, -32_769, 8_388_607, 8_388_608, 2 ** 31, -(2 ** 31) - 1],
      ...[2 ** 47, 2 ** 53 - 1, -(2 ** 53) + 1, 0.1, -0.5, 1e300, 5e-324, Number.MAX_VALUE],
      ...['', "it's", '"', 'Straße', 'شارع', '日本', '👷', 'a\nb'],
      null,
    ];
    const database = await opened(async (file) => {
      const table = file.table('v');
      for (const [i, value] of values.entries()) await table.add(i - 5, [null, value]);
      await table.add(1000, [null, true]);
      // A row may be shorter than its table.
      await table.add(1001, [null]);
      await table.end('CREATE TABLE v (id INTEGER PRIMARY KEY, a)');
    });
    expect(checked(database)).toEqual(FINE);
    const found = database.prepare('SELECT a FROM v').all();
    expect(found.map(({ a }) => a)).toEqual([...values, 1, null]);
    database.close();
  });

  it('has as many levels as it needs, and an index of its small tables', async () => {
    const names = Array.from({ length: 110 }, (_, i) => `table_${i % 2 === 0 ? 'a' : 'b'}_${i}`);
    const database = await opened(async (file) => {
      const table = file.table('many');
      for (let id = 1; id <= 60_000; id += 1) await table.add(id * 3, [null, `row ${id} ${'.'.repeat(120)}`]);
      await table.end('CREATE TABLE many (id INTEGER PRIMARY KEY, a TEXT)');
      await file.smallTable(
        'named',
        'CREATE TABLE named (name TEXT PRIMARY KEY, again TEXT UNIQUE)',
        names.map((name) => [name, name]),
        [{ columns: [0] }, { columns: [1] }],
      );
      for (const name of names) {
        const empty = file.table(name);
        await empty.end(`CREATE TABLE ${name} (id INTEGER PRIMARY KEY, ${'a'.repeat(300)} TEXT)`);
      }
    });
    expect(checked(database)).toEqual(FINE);
    expect(database.prepare('SELECT count(*) AS n, max(id) AS last FROM many').get()).toEqual({
      n: 60_000,
      last: 180_000,
    });
    expect(database.prepare('SELECT a FROM many WHERE id = 90000').get()?.a).toMatch(/^row 30000 /);
    expect(database.prepare("SELECT count(*) AS n FROM named WHERE name = 'table_b_7'").get()?.n).toBe(1);
    expect(database.prepare('PRAGMA application_id').get()?.application_id).toBe(7);
    expect(database.prepare('PRAGMA user_version').get()?.user_version).toBe(8);
    database.close();
  });
});
