import { btreePage, LEAF_INDEX, PAGE_SIZE, Pages } from './Pages.ts';
import { concat, encodeRecord, type SqlValue, varint } from './records.ts';
import type { Spool } from './Spool.ts';
import { TableTree } from './TableTree.ts';

/** An index that SQLite makes for PRIMARY KEY or UNIQUE. Its rows must fit into one page. */
export interface AutoIndex {
  /** The places of its columns in the rows. */
  columns: readonly number[];
}

interface SchemaRow {
  type: 'table' | 'index' | 'trigger';
  name: string;
  table: string;
  root: number;
  sql: string | null;
}

export interface TableInFile {
  /** `values`: without the id, in whose place the record has NULL. */
  add(id: number, values: readonly SqlValue[]): Promise<void>;
  /** `sql`: the statement that makes the table. */
  end(sql: string): Promise<void>;
}

/**
 * Writes an SQLite database row by row, one table after the other, without holding more than a page of it. A library would hold
 * the whole file in memory, and need WebAssembly, which a strict Content-Security-Policy forbids.
 */
export class DatabaseFile {
  readonly #spool: Spool;
  readonly #pages: Pages;
  readonly #schema: SchemaRow[] = [];

  constructor(spool: Spool) {
    this.#spool = spool;
    this.#pages = new Pages(spool);
  }

  table(name: string): TableInFile {
    const tree = new TableTree(this.#pages);
    return {
      add: (id, values) => tree.add(id, encodeRecord(values)),
      end: async (sql) => {
        this.#schema.push({ type: 'table', name, table: name, root: await tree.end(), sql });
      },
    };
  }

  /** A table of a module of SQLite. The tables in which the module keeps its rows are to be written as well. */
  virtualTable(name: string, sql: string): void {
    this.#schema.push({ type: 'table', name, table: name, root: 0, sql });
  }

  trigger(name: string, table: string, sql: string): void {
    this.#schema.push({ type: 'trigger', name, table, root: 0, sql });
  }

  /** A small table with its rows, whose ids count from 1, and its indexes. */
  async smallTable(
    name: string,
    sql: string,
    rows: readonly (readonly SqlValue[])[],
    indexes: readonly AutoIndex[] = [],
  ): Promise<void> {
    const table = this.table(name);
    for (const [i, row] of rows.entries()) await table.add(i + 1, row);
    await table.end(sql);
    for (const [i, { columns }] of indexes.entries()) {
      const keys = rows.map((row, at) => ({ key: columns.map((column) => String(row[column])), id: at + 1 }));
      keys.sort((a, b) => compareKeys(a.key, b.key));
      const cells = keys.map(({ key, id }) => {
        const record = encodeRecord([...key, id]);
        return concat([varint(record.length), record]);
      });
      const root = await this.#pages.add(btreePage(LEAF_INDEX, cells));
      this.#schema.push({
        type: 'index',
        name: `sqlite_autoindex_${name}_${i + 1}`,
        table: name,
        root,
        sql: null,
      });
    }
  }

  /** The whole file. Nothing can be added any more. */
  async *read({
    applicationId,
    userVersion,
  }: {
    applicationId: number;
    userVersion: number;
  }): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const tree = new TableTree(this.#pages);
    for (const [i, { type, name, table, root, sql }] of this.#schema.entries()) {
      await tree.add(i + 1, encodeRecord([type, name, table, root, sql]));
    }
    const first = await tree.endAsFirstPage();
    writeHeader(first, { pages: this.#pages.count, applicationId, userVersion });
    yield first;
    yield* this.#spool.read();
  }
}

/** Text is ordered by its bytes. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [i, text] of a.entries()) {
    const other = b[i] ?? '';
    // Names of tables are of ASCII, where the order of JavaScript is that of the bytes.
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

/** Section 1.3 of the file format. */
function writeHeader(
  page: Uint8Array<ArrayBuffer>,
  { pages, applicationId, userVersion }: { pages: number; applicationId: number; userVersion: number },
): void {
  const view = new DataView(page.buffer);
  page.set(new TextEncoder().encode('SQLite format 3\0'), 0);
  view.setUint16(16, PAGE_SIZE);
  page.set([1, 1, 0, 64, 32, 32], 18);
  const CHANGE_COUNTER = 1;
  view.setUint32(24, CHANGE_COUNTER);
  view.setUint32(28, pages);
  view.setUint32(40, 1);
  // The format of the schema, and UTF-8.
  view.setUint32(44, 4);
  view.setUint32(56, 1);
  view.setUint32(60, userVersion);
  view.setUint32(68, applicationId);
  view.setUint32(92, CHANGE_COUNTER);
  // The version of SQLite that wrote the file, which readers only show.
  view.setUint32(96, 3_045_000);
}
