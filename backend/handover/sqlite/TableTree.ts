import { btreePage, FILE_HEADER_BYTES, INNER_TABLE, LEAF_TABLE, PAGE_SIZE, type Pages } from './Pages.ts';
import { concat, varint } from './records.ts';

/** The part of a row that is in its leaf, where the row is larger than that (section 1.6 of the file format). */
const MOST_LOCAL = PAGE_SIZE - 35;
const LEAST_LOCAL = Math.floor(((PAGE_SIZE - 12) * 32) / 255) - 23;
const LEAF_ROOM = PAGE_SIZE - 8;
const INNER_ROOM = PAGE_SIZE - 12;

/** A page, and the greatest row id in it and below it. */
interface Child {
  page: number;
  lastId: number;
}

/** Writes the rows of one table, in order of their ids. It holds one page of them, and two numbers for each page before. */
export class TableTree {
  readonly #pages: Pages;
  #cells: Uint8Array[] = [];
  #bytes = 0;
  #lastId = Number.MIN_SAFE_INTEGER;
  readonly #leaves: Child[] = [];

  constructor(pages: Pages) {
    this.#pages = pages;
  }

  async add(id: number, row: Uint8Array): Promise<void> {
    if (id <= this.#lastId) throw new RangeError(`row ${id} comes after row ${this.#lastId}`);
    const cell = await this.#cell(id, row);
    // The pointer to a cell takes two bytes.
    if (this.#bytes + cell.length + 2 > LEAF_ROOM) await this.#endLeaf();
    this.#cells.push(cell);
    this.#bytes += cell.length + 2;
    this.#lastId = id;
  }

  /** Returns the number of the table's root page. */
  async end(): Promise<number> {
    if (this.#cells.length > 0 || this.#leaves.length === 0) await this.#endLeaf();
    let level = this.#leaves;
    while (level.length > 1) {
      const above: Child[] = [];
      for (const group of groups(level))
        above.push({ page: await this.#pages.add(innerPage(group)), lastId: group.at(-1)?.lastId ?? 0 });
      level = above;
    }
    return level[0]?.page ?? 0;
  }

  /** The first page of a file, which is the root of the table of tables. */
  async endAsFirstPage(): Promise<Uint8Array<ArrayBuffer>> {
    const start = FILE_HEADER_BYTES;
    if (this.#leaves.length === 0 && this.#bytes <= LEAF_ROOM - start) {
      return btreePage(LEAF_TABLE, this.#cells, { start });
    }
    await this.#endLeaf();
    return innerPage(this.#leaves, start);
  }

  async #endLeaf(): Promise<void> {
    const page = await this.#pages.add(btreePage(LEAF_TABLE, this.#cells));
    this.#leaves.push({ page, lastId: this.#lastId });
    this.#cells = [];
    this.#bytes = 0;
  }

  async #cell(id: number, row: Uint8Array): Promise<Uint8Array> {
    const head = [varint(row.length), varint(id)];
    if (row.length <= MOST_LOCAL) return concat([...head, row]);
    const fitting = LEAST_LOCAL + ((row.length - LEAST_LOCAL) % (PAGE_SIZE - 4));
    const local = fitting <= MOST_LOCAL ? fitting : LEAST_LOCAL;
    const pointer = new Uint8Array(4);
    new DataView(pointer.buffer).setUint32(0, this.#pages.count + 1);
    for (let at = local; at < row.length; at += PAGE_SIZE - 4) {
      const page = new Uint8Array(PAGE_SIZE);
      const isLast = at + PAGE_SIZE - 4 >= row.length;
      new DataView(page.buffer).setUint32(0, isLast ? 0 : this.#pages.count + 2);
      page.set(row.subarray(at, at + PAGE_SIZE - 4), 4);
      await this.#pages.add(page);
    }
    return concat([...head, row.subarray(0, local), pointer]);
  }
}

/** A page points to its last child in its header, and to each of the others with a cell of at most 13 bytes. */
function* groups(level: readonly Child[]): Generator<readonly Child[]> {
  const pages = Math.ceil(level.length / Math.floor(INNER_ROOM / 15));
  // All pages take about as many, so that none of them has a single child.
  const size = Math.ceil(level.length / pages);
  for (let from = 0; from < level.length; from += size) yield level.slice(from, from + size);
}

function innerPage(children: readonly Child[], start = 0): Uint8Array<ArrayBuffer> {
  const cells = children.slice(0, -1).map(({ page, lastId }) => {
    const pointer = new Uint8Array(4);
    new DataView(pointer.buffer).setUint32(0, page);
    return concat([pointer, varint(lastId)]);
  });
  return btreePage(INNER_TABLE, cells, { start, rightmost: children.at(-1)?.page ?? 0 });
}
