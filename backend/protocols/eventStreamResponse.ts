import type { TaskEvent } from '../../src/contract.ts';
import type { BackendContext } from '../app.ts';
import { EventStream } from './EventStream.ts';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Bodies that nobody has begun to read. */
const streams = new WeakMap<ReadableStream<Uint8Array>, EventStream>();

/**
 * Server-sent events: `event:` the type, `id:` the sequence number (left out where the stream carries many tasks and
 * a number alone is no cursor), `data:` the TaskEvent in one line. Ends with `events`, or as soon as the stream is
 * cancelled or the request aborted: hosts report one or the other. Throws what `onStream` throws.
 */
export function eventStreamResponse(
  request: Request,
  events: (signal: AbortSignal) => AsyncIterable<TaskEvent>,
  { ids, context = {} }: { ids: boolean; context?: BackendContext },
): Response {
  // Nobody reads or cancels the body of a HEAD, so there must be none.
  if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
  const { signal } = request;
  const end = () => stream.end();
  let closed = () => {};
  const stream = new EventStream(events, {
    ids,
    onError: context.onError,
    onClose() {
      signal.removeEventListener('abort', end);
      closed();
    },
  });
  if (context.onStream) closed = context.onStream(end);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const body = bodyOf(stream);
  streams.set(body, stream);
  return new Response(body, { headers: HEADERS });
}

/**
 * The events behind the body of a response that nobody has begun to read, for a host that can write them with less
 * ado than by a web stream: it calls `start` and leaves the body alone.
 */
export function eventStreamOf(body: ReadableStream<Uint8Array> | null): EventStream | undefined {
  return body === null || body.locked ? undefined : streams.get(body);
}

function bodyOf(stream: EventStream): ReadableStream<Uint8Array> {
  let started = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (started) return stream.resume();
        started = true;
        stream.start({
          write(bytes) {
            controller.enqueue(bytes);
            return false;
          },
          end: () => controller.close(),
          fail: (error) => controller.error(error),
        });
      },
      cancel() {
        stream.leave();
      },
    },
    // Nothing is asked for before somebody reads.
    { highWaterMark: 0 },
  );
}
