import { DataError } from '../DataError.ts';
import { LIMITS } from '../limits.ts';
import { reason, refusal } from '../reasons.ts';

/** A reading shares its signal, and reports how many bytes of the given files it has read. */
export interface ReadContext {
  signal?: AbortSignal;
  onBytes?: (count: number) => void;
  /** The encoding that the user chose for the layer at this path. */
  encodingOf?: (path: readonly string[]) => string | undefined;
}

/** A file, or an entry of an archive, as a stream of bytes that can be read again and again. */
export interface ByteSource {
  /** The way to it through archives. The first is the file itself. */
  readonly path: readonly string[];
  /** Its bytes, unpacked; undefined where nobody knows before they are read. */
  readonly size: number | undefined;
  chunks(context: ReadContext): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** All of it with random access. Rejects when it would have to hold too much. */
  blob(context: ReadContext): Promise<Blob>;
}

const READ = 2 ** 20;
/** A piece this large is worked on without a pause. */
const PIECE = 2 ** 16;

export function blobSource(path: readonly string[], blob: Blob): ByteSource {
  return {
    path,
    size: blob.size,
    blob: async () => blob,
    async *chunks({ signal, onBytes }) {
      for (let start = 0; start < blob.size; start += READ) {
        signal?.throwIfAborted();
        const bytes = await readSlice(path, blob, start, start + READ);
        onBytes?.(bytes.length);
        for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
      }
    },
  };
}

/** Bytes of a blob. A file that was moved or changed meanwhile is a problem of that file. */
export async function readSlice(
  path: readonly string[],
  blob: Blob,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(start, Math.min(end, blob.size)).arrayBuffer());
  } catch (error) {
    throw new DataError({ file: path.join('/'), ...reason('unreadable') }, { cause: error });
  }
}

/** The first bytes, at most `count`. */
export async function headOf(
  source: ByteSource,
  count: number,
  context: ReadContext = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(count);
  let length = 0;
  for await (const chunk of source.chunks(context)) {
    const part = chunk.subarray(0, count - length);
    head.set(part, length);
    length += part.length;
    if (length === count) break;
  }
  return head.subarray(0, length);
}

/** Holds all that a stream gives in a Blob, which a browser may keep on disk. */
export async function holdAll(source: ByteSource, context: ReadContext): Promise<Blob> {
  const parts: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  let waiting = 0;
  for await (const chunk of source.chunks(context)) {
    total += chunk.length;
    waiting += chunk.length;
    if (total > LIMITS.held) {
      throw refusal(source.path, 'too-large', { gigabytes: LIMITS.held / 2 ** 30 });
    }
    pending.push(chunk.slice());
    if (waiting < 16 * READ) continue;
    parts.push(new Blob(pending));
    pending = [];
    waiting = 0;
  }
  return new Blob([...parts, ...pending]);
}
