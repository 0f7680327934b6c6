import type { EventReader } from '../tasks/EventReader.ts';
import type { BackendContext } from './context.ts';
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
  events: EventReader,
  { ids, context = {} }: { ids: boolean; context?: BackendContext },
): Response {
  // Nobody reads or cancels the body of a HEAD, so there must be none.
  if (request.method === 'HEAD') {
    events.close();
    return new Response(null, { headers: HEADERS });
  }
  let closed = () => {};
  const stream = new EventStream(events, {
    ids,
    onError: context.onError,
    onClose: () => closed(),
  });
  try {
    if (context.onStream) closed = context.onStream(() => stream.end());
  } catch (error) {
    stream.leave();
    throw error;
  }
  const body = bodyOf(stream, request);
  streams.set(body, stream);
  return new Response(body, { headers: HEADERS });
}

/**
 * The events behind the body of a response that nobody has begun to read, for a host that can write them with less
 * ado than by a web stream: it calls `start`, tells it when the client has left, and leaves the body alone.
 */
export function eventStreamOf(body: ReadableStream<Uint8Array> | null): EventStream | undefined {
  return body === null || body.locked ? undefined : streams.get(body);
}

function bodyOf(stream: EventStream, request: Request): ReadableStream<Uint8Array> {
  let isStarted = false;
  const end = () => stream.end();
  // Not before somebody reads: most hosts make a signal only where it is asked for.
  const heedSignal = () => {
    request.signal.addEventListener('abort', end);
    if (request.signal.aborted) end();
  };
  const ignoreSignal = () => {
    if (isStarted) request.signal.removeEventListener('abort', end);
  };
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (isStarted) return stream.resume();
        isStarted = true;
        heedSignal();
        stream.start({
          write(bytes) {
            controller.enqueue(bytes);
            return false;
          },
          end() {
            ignoreSignal();
            controller.close();
          },
          fail(error) {
            ignoreSignal();
            controller.error(error);
          },
        });
      },
      cancel() {
        ignoreSignal();
        stream.leave();
      },
    },
    // Nothing is asked for before somebody reads.
    { highWaterMark: 0 },
  );
}
