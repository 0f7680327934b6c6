import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { geoPackage } from '../../../backend/handover/geoPackage.ts';
import { HandoverSource } from '../../../backend/handover/HandoverSource.ts';
import { MemorySpool } from '../../../backend/handover/sqlite/Spool.ts';
import { MemoryStore } from '../../../backend/network/MemoryStore.ts';
import type { NewRecord } from '../../../backend/network/NetworkStore.ts';
import type { TableDraft } from '../../../backend/network/tables.ts';
import { testTown } from '../network/testTown.ts';

/** A store whose design North has these records, by table, and nothing else of its own than the pole P-009. */
export async function storeWith(
  records: Readonly<Record<string, readonly NewRecord[]>>,
  tables: readonly TableDraft[] = [],
): Promise<MemoryStore> {
  const store = new MemoryStore({ town: testTown(2), tables });
  const transaction = store.begin();
  const view = await transaction.view('design/North');
  for (const [table, list] of Object.entries(records)) {
    for (const record of list) await view.table(table).insert(record);
  }
  await transaction.commit();
  return store;
}

/** The design North as a GeoPackage in a file. Dispose of it. */
export async function geoPackageOf(store: MemoryStore): Promise<{ path: string } & Disposable> {
  const source = new HandoverSource(await store.snapshot(), { design: 'design/North' });
  const pieces: Uint8Array[] = [];
  for await (const piece of geoPackage(source, new MemorySpool(), new Date('2026-11-29T12:00:00Z')))
    pieces.push(piece);
  const folder = mkdtempSync(join(tmpdir(), 'lrt-gpkg-'));
  const path = join(folder, 'design.gpkg');
  writeFileSync(path, Buffer.concat(pieces));
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Names and values that a format may spoil. */
export const STRANGE = {
  'O\'Brien "Bob"': 'it\'s "quoted"; DROP TABLE pole;--',
  Straße: 'Größe ß',
  شارع: 'شارع الملك',
  通り: '本町1丁目 👷',
  'with space, comma': 'a,b;c\td\ne',
  '=1+1': '=HYPERLINK("http://x")',
  empty: '',
  nothing: null,
  yes: true,
  no: false,
  whole: -42,
  large: 2 ** 53 - 1,
  part: 0.1 + 0.2,
  tiny: 5e-324,
  leading: '007',
  name: 'X',
  Name: 'another in another case',
  fid: 'taken',
  geom: 'taken too',
  urn: 'taken as well',
  list: [1, 'two', null],
  nested: { deep: { er: [true] } },
};
