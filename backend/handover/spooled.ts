import type { Spool } from './sqlite/Spool.ts';

/**
 * Passes the pieces on by a spool: they are taken as fast as they come, and given as fast as they are asked for. When the reader ends
 * the iteration, no further piece is taken. Closes the spool.
 */
export async function* spooled(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  spool: Spool,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let written = 0;
  let isOver = false;
  let isLeft = false;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const taking = (async () => {
    try {
      for await (const piece of pieces) {
        if (isLeft) return;
        await spool.append(piece);
        written += piece.length;
        tell();
      }
    } finally {
      isOver = true;
      tell();
    }
  })();
  // Whoever reads hears of a failure after what came before it.
  taking.catch(() => {});
  try {
    for (let at = 0; ; ) {
      const seen = news.promise;
      if (at < written) {
        for await (const bytes of spool.read(at)) {
          at += bytes.length;
          yield bytes;
        }
      } else if (isOver) {
        await taking;
        return;
      } else {
        await seen;
      }
    }
  } finally {
    isLeft = true;
    await taking.catch(() => {});
    await spool.close();
  }
}
