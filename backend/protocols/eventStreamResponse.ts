import type { TaskEvent } from '../../src/contract.ts';

const COMMENT_INTERVAL_MS = 15_000;
/** Bytes that wait for a reader; further events wait in the task's log, where they cost nothing. */
const HIGH_WATER_BYTES = 65_536;

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

const encoder = new TextEncoder();
const COMMENT = encoder.encode(':\n\n');
/** Each event is encoded once for all its subscribers, and forgotten with it. */
const withId = new WeakMap<TaskEvent, Uint8Array>();
const withoutId = new WeakMap<TaskEvent, Uint8Array>();

/**
 * Server-sent events: `event:` the type, `id:` the sequence number (left out where the stream carries many tasks and
 * a number alone is no cursor), `data:` the TaskEvent in one line. Ends with `events`, or as soon as the stream is
 * cancelled or the request aborted: hosts report one or the other.
 */
export function eventStreamResponse(
  request: Request,
  events: (signal: AbortSignal) => AsyncIterable<TaskEvent>,
  { ids }: { ids: boolean },
): Response {
  // Nobody reads or cancels the body of a HEAD, so there must be none.
  if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
  const abort = new AbortController();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // The first comment at once, so that the headers go out.
        controller.enqueue(COMMENT);
        const timer = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(COMMENT);
        }, COMMENT_INTERVAL_MS);
        const onAbort = () => {
          stop();
          controller.close();
        };
        request.signal.addEventListener('abort', onAbort);
        stop = () => {
          clearInterval(timer);
          request.signal.removeEventListener('abort', onAbort);
          abort.abort();
        };
        if (request.signal.aborted) onAbort();
      },
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (abort.signal.aborted) return;
          if (!done) return controller.enqueue(encode(value, ids));
          stop();
          controller.close();
        } catch (error) {
          stop();
          throw error;
        }
      },
      cancel() {
        stop();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
  const iterator = events(abort.signal)[Symbol.asyncIterator]();
  return new Response(stream, { headers: HEADERS });
}

function encode(event: TaskEvent, ids: boolean): Uint8Array {
  const cache = ids ? withId : withoutId;
  let bytes = cache.get(event);
  if (!bytes) {
    const id = ids ? `id: ${event.seq}\n` : '';
    bytes = encoder.encode(`event: ${event.type}\n${id}data: ${JSON.stringify(event)}\n\n`);
    cache.set(event, bytes);
  }
  return bytes;
}
