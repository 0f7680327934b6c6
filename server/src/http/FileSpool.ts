import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Spool, tooLarge } from '../../../backend/handover/sqlite/Spool.ts';

/** 8 GiB: hundreds of times a large city. */
const MAX_BYTES = 2 ** 33;
const WRITE_BYTES = 2 ** 20;
const READ_BYTES = 2 ** 18;

/**
 * Keeps the bytes of one answer in a file of the temporary folder. The file has no name any more as soon as it is open, so that
 * nothing is left of it, however the process ends.
 */
export class FileSpool implements Spool {
  #file: Promise<FileHandle> | undefined;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  #bytes = 0;
  /** The writing that was begun last: what is appended while somebody reads must not overtake it. */
  #writing: Promise<void> = Promise.resolve();

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#bytes += bytes.length;
    if (this.#bytes > MAX_BYTES) throw tooLarge(MAX_BYTES);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= WRITE_BYTES) await this.#write();
  }

  async *read(from = 0): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const end = this.#bytes;
    await this.#write();
    const file = await this.#open();
    for (let at = from; at < end; ) {
      const bytes = new Uint8Array(Math.min(READ_BYTES, end - at));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      if (bytesRead === 0) throw new Error(`the spool ends at byte ${at} of ${end}`);
      yield bytes.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async close(): Promise<void> {
    this.#waiting = [];
    await (await this.#file)?.close();
  }

  #write(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = this.#writing.then(async () => {
      const file = await this.#open();
      // It writes on from where it is. A disk that is nearly full takes a part, and the rest has the error.
      for (let bytes = joined(waiting); bytes.length > 0; ) {
        const { bytesWritten } = await file.write(bytes);
        bytes = bytes.subarray(bytesWritten);
      }
    });
    return this.#writing;
  }

  #open(): Promise<FileHandle> {
    this.#file ??= openUnnamed();
    return this.#file;
  }
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array {
  const [first] = pieces;
  return pieces.length === 1 && first ? first : Buffer.concat(pieces);
}

async function openUnnamed(): Promise<FileHandle> {
  const path = join(tmpdir(), `lrt-export-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  // Windows removes no file that is open; its folder for temporary files is emptied by itself.
  await unlink(path).catch(() => {});
  return file;
}
