import type { Spool } from './Spool.ts';

/** Bytes of a page. Small files stay small with it, and the index of a hundred tables fits into one page. */
export const PAGE_SIZE = 8192;
/** The first page begins with the header of the file. */
export const FILE_HEADER_BYTES = 100;

export const LEAF_TABLE = 0x0d;
export const INNER_TABLE = 0x05;
export const LEAF_INDEX = 0x0a;

/** The pages of a database after the first one, which can only be written when all others are. */
export class Pages {
  readonly #spool: Spool;
  #count = 1;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** With the first page. */
  get count(): number {
    return this.#count;
  }

  /** Returns the number of the page. */
  async add(page: Uint8Array<ArrayBuffer>): Promise<number> {
    this.#count += 1;
    const number = this.#count;
    await this.#spool.append(page);
    return number;
  }
}

/** A page of a b-tree, whose cells are written from its end. `start`: where its header begins. */
export function btreePage(
  kind: number,
  cells: readonly Uint8Array[],
  { start = 0, rightmost }: { start?: number; rightmost?: number } = {},
): Uint8Array<ArrayBuffer> {
  const page = new Uint8Array(PAGE_SIZE);
  const view = new DataView(page.buffer);
  let at = PAGE_SIZE;
  let pointer = start + (rightmost === undefined ? 8 : 12);
  for (const cell of cells) {
    at -= cell.length;
    page.set(cell, at);
    view.setUint16(pointer, at);
    pointer += 2;
  }
  if (at < pointer) throw new RangeError(`${cells.length} cells do not fit into a page`);
  view.setUint8(start, kind);
  view.setUint16(start + 3, cells.length);
  view.setUint16(start + 5, at);
  if (rightmost !== undefined) view.setUint32(start + 8, rightmost);
  return page;
}
