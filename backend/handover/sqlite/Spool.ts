import { TaskRefusal } from '../../common/TaskRefusal.ts';

/** A place for the bytes of a file whose beginning is known last. Whoever opened it closes it, once. */
export interface Spool {
  append(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The bytes that there are, from this one on; default: from the first. A reader that stops early costs nothing more. */
  read(from?: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A process without a disk makes files of at most 256 MiB. */
const MAX_BYTES = 2 ** 28;
const PART_BYTES = 2 ** 20;

/** Keeps the bytes in memory, for a backend in a page. A server gives a spool of its own, on its disk. */
export class MemorySpool implements Spool {
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #part: Uint8Array<ArrayBuffer>[] = [];
  #partBytes = 0;
  #bytes = 0;

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#bytes += bytes.length;
    if (this.#bytes > MAX_BYTES) throw tooLarge(MAX_BYTES);
    this.#part.push(bytes);
    this.#partBytes += bytes.length;
    if (this.#partBytes >= PART_BYTES) this.#close();
  }

  async *read(from = 0): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    this.#close();
    let start = 0;
    for (const part of this.#parts) {
      const end = start + part.length;
      if (end > from) yield start < from ? part.subarray(from - start) : part;
      start = end;
    }
  }

  async close(): Promise<void> {
    this.#parts = [];
    this.#part = [];
  }

  /** Many small arrays cost more than their bytes. */
  #close(): void {
    if (this.#part.length === 0) return;
    const whole = new Uint8Array(this.#partBytes);
    let at = 0;
    for (const bytes of this.#part) {
      whole.set(bytes, at);
      at += bytes.length;
    }
    this.#parts.push(whole);
    this.#part = [];
    this.#partBytes = 0;
  }
}

/** The refusal of a file that would be larger than its place. */
export function tooLarge(bytes: number): TaskRefusal {
  return new TaskRefusal({
    code: 'export-too-large',
    message: `The file would be larger than ${bytes / 2 ** 20} MiB: export the runs of the design one by one.`,
    details: { bytes },
  });
}
