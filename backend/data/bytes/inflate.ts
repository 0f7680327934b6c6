import { DataError } from '../DataError.ts';
import { LIMITS } from '../limits.ts';
import { Pacer } from '../Pacer.ts';
import { reason, refusal } from '../reasons.ts';
import { type ByteSource, holdAll, type ReadContext } from './ByteSource.ts';

/** Packed bytes go in by pieces of this size, so that one piece cannot become more than 16 MB. */
const PIECE = 2 ** 14;

type Inflater = { push(chunk: Uint8Array, final?: boolean): void };

/** An entry that is deflated, or a gzip file, as the bytes that are in it. */
export function inflatedSource(
  packed: ByteSource,
  path: readonly string[],
  format: 'deflate' | 'gzip',
  size?: number,
): ByteSource {
  const source: ByteSource = {
    path,
    size,
    chunks: (context) => inflate(packed, path, format, context),
    blob: (context) => holdAll(source, context),
  };
  return source;
}

async function* inflate(
  packed: ByteSource,
  path: readonly string[],
  format: 'deflate' | 'gzip',
  context: ReadContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { Gunzip, Inflate } = await import('fflate');
  let ready: Uint8Array<ArrayBuffer>[] = [];
  const take = (chunk: Uint8Array) => ready.push(new Uint8Array(chunk));
  const inflater: Inflater = format === 'gzip' ? new Gunzip(take) : new Inflate(take);
  const pacer = new Pacer(context.signal);
  let [taken, given] = [0, 0];
  for await (const chunk of pieces(packed, context)) {
    await pacer.pause();
    taken += chunk.length;
    push(inflater, path, chunk, false);
    for (const bytes of ready) given += bytes.length;
    refuseBomb(path, taken, given);
    yield* small(ready);
    ready = [];
  }
  push(inflater, path, new Uint8Array(0), true);
  yield* small(ready);
}

async function* pieces(packed: ByteSource, context: ReadContext): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of packed.chunks(context)) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }
}

/** Callers work on a chunk without a pause, so no chunk is large. */
function* small(ready: Uint8Array<ArrayBuffer>[]): Generator<Uint8Array<ArrayBuffer>> {
  for (const bytes of ready) {
    for (let at = 0; at < bytes.length; at += 4 * PIECE) yield bytes.subarray(at, at + 4 * PIECE);
  }
}

function push(inflater: Inflater, path: readonly string[], chunk: Uint8Array, final: boolean): void {
  try {
    inflater.push(chunk, final);
  } catch (error) {
    throw new DataError({ file: path.join('/'), ...reason('damaged-archive') }, { cause: error });
  }
}

function refuseBomb(path: readonly string[], taken: number, given: number): void {
  if (given < LIMITS.ratioFrom || given < taken * LIMITS.ratio) return;
  throw refusal(path, 'zip-bomb', { ratio: LIMITS.ratio });
}
