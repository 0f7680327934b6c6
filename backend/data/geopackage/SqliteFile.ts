import { type ReadContext, readSlice } from '../bytes/ByteSource.ts';
import { Pacer } from '../Pacer.ts';
import { refusal } from '../reasons.ts';
import { parseRecord, readVarint, type SqliteValue } from './sqliteRecord.ts';

const WINDOW = 2 ** 18;
const WINDOWS = 16;
const MAX_DEPTH = 24;
const LEAF = 0x0d;
const INTERIOR = 0x05;
const MAX_ROW = 128 * 2 ** 20;

export interface SqliteRow {
  rowid: number;
  values: SqliteValue[];
}

/**
 * Reads the tables of an SQLite database from a Blob, page by page (sqlite.org/fileformat2.html), for GeoPackages of any size. A
 * library would need all of the file in memory, and WebAssembly, which a strict content security policy refuses.
 */
export class SqliteFile {
  readonly path: readonly string[];
  readonly #blob: Blob;
  readonly #context: ReadContext;
  readonly #windows = new Map<number, Uint8Array<ArrayBuffer>>();
  #pageSize = 0;
  #usable = 0;
  #encoding = 'utf-8';

  private constructor(path: readonly string[], blob: Blob, context: ReadContext) {
    this.path = path;
    this.#blob = blob;
    this.#context = context;
  }

  static async open(path: readonly string[], blob: Blob, context: ReadContext): Promise<SqliteFile> {
    const file = new SqliteFile(path, blob, context);
    const header = await readSlice(path, blob, 0, 100);
    if (header.length < 100) throw file.#damaged();
    const view = new DataView(header.buffer);
    const size = view.getUint16(16);
    file.#pageSize = size === 1 ? 65_536 : size;
    file.#usable = file.#pageSize - (header[20] ?? 0);
    if (file.#pageSize < 512 || (file.#pageSize & (file.#pageSize - 1)) !== 0 || file.#usable < 480) {
      throw file.#damaged();
    }
    const encoding = view.getUint32(56);
    file.#encoding = encoding === 2 ? 'utf-16le' : encoding === 3 ? 'utf-16be' : 'utf-8';
    return file;
  }

  /** The rows of a table whose first page is known, in the order of their row ids. */
  async *rows(rootPage: number): AsyncGenerator<SqliteRow[]> {
    const pages = { left: Math.ceil(this.#blob.size / this.#pageSize) + 1 };
    yield* this.#walk(rootPage, 0, pages, new Pacer(this.#context.signal));
  }

  async *#walk(
    number: number,
    depth: number,
    pages: { left: number },
    pacer: Pacer,
  ): AsyncGenerator<SqliteRow[]> {
    // A damaged file may have pages that lead back to themselves.
    if (depth > MAX_DEPTH || pages.left-- <= 0) throw this.#damaged();
    await pacer.pause();
    const page = await this.#page(number);
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    const start = number === 1 ? 100 : 0;
    const kind = page[start];
    const cells = view.getUint16(start + 3);
    const header = kind === LEAF ? 8 : 12;
    if ((kind !== LEAF && kind !== INTERIOR) || start + header + 2 * cells > page.length)
      throw this.#damaged();
    const pointers = Array.from({ length: cells }, (_, i) => view.getUint16(start + header + 2 * i));
    if (kind === LEAF) {
      const rows: SqliteRow[] = [];
      for (const at of pointers) rows.push(await this.#row(page, at));
      if (rows.length > 0) yield rows;
      return;
    }
    const children = pointers.map((at) => {
      if (at + 4 > page.length) throw this.#damaged();
      return view.getUint32(at);
    });
    for (const child of [...children, view.getUint32(start + 8)])
      yield* this.#walk(child, depth + 1, pages, pacer);
  }

  async #row(page: Uint8Array<ArrayBuffer>, at: number): Promise<SqliteRow> {
    const [size, afterSize] = readVarint(page, at);
    const [rowid, body] = readVarint(page, afterSize);
    if (size > MAX_ROW || body > page.length) throw this.#damaged();
    const local = this.#localSize(size);
    if (body + local > page.length) throw this.#damaged();
    const payload =
      local === size ? page.subarray(body, body + size) : await this.#overflow(page, body, local, size);
    return { rowid, values: parseRecord(payload, this.#encoding) };
  }

  /** So much of a row stands in its own page. */
  #localSize(size: number): number {
    const most = this.#usable - 35;
    if (size <= most) return size;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const local = least + ((size - least) % (this.#usable - 4));
    return local <= most ? local : least;
  }

  async #overflow(
    page: Uint8Array<ArrayBuffer>,
    body: number,
    local: number,
    size: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const payload = new Uint8Array(size);
    payload.set(page.subarray(body, body + local));
    let next = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(body + local);
    for (let filled = local; filled < size; ) {
      if (next === 0) throw this.#damaged();
      const more = await this.#page(next);
      const part = more.subarray(4, Math.min(this.#usable, 4 + size - filled));
      payload.set(part, filled);
      filled += part.length;
      next = new DataView(more.buffer, more.byteOffset, more.byteLength).getUint32(0);
    }
    return payload;
  }

  async #page(number: number): Promise<Uint8Array<ArrayBuffer>> {
    const start = (number - 1) * this.#pageSize;
    if (number < 1 || start + this.#pageSize > this.#blob.size) throw this.#damaged();
    const index = Math.floor(start / WINDOW);
    let window = this.#windows.get(index);
    if (!window) {
      const from = index * WINDOW;
      window = await readSlice(this.path, this.#blob, from, from + WINDOW);
      this.#context.onBytes?.(window.length);
      const [oldest] = this.#windows.keys();
      if (this.#windows.size >= WINDOWS && oldest !== undefined) this.#windows.delete(oldest);
      this.#windows.set(index, window);
    }
    const at = start - index * WINDOW;
    if (at + this.#pageSize > window.length) throw this.#damaged();
    return window.subarray(at, at + this.#pageSize);
  }

  #damaged() {
    return refusal(this.path, 'damaged-geopackage');
  }
}
