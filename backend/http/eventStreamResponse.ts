import type { AnyLoggedEvent, EventReader } from '../tasks/EventReader.ts';
import type { BackendContext } from './context.ts';
import type { EventFormat } from './EventFormat.ts';
import { EventStream } from './EventStream.ts';

/** The streams behind the bodies that nobody has begun to read. */
const streams = new WeakMap<ReadableStream<Uint8Array>, EventStream>();

/**
 * A response that sends a task's events in a protocol's format. It ends with `events`, or as soon as the body is
 * cancelled or the request is aborted. (Hosts report one or the other.) It throws what `context.onStream` throws.
 * `advice` says what a client with too many streams can do.
 *
 * @example
 * return eventStreamResponse(request, engine.events(filter, { caller }), { format: SERVER_SENT_EVENTS });
 */
export function eventStreamResponse(
  request: Request,
  events: EventReader<AnyLoggedEvent>,
  { format, context = {}, advice }: { format: EventFormat; context?: BackendContext; advice?: string },
): Response {
  const headers = {
    'Content-Type': format.contentType,
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  };
  // Nobody reads or cancels the body of a HEAD, so there must be none.
  if (request.method === 'HEAD') {
    events.close();
    return new Response(null, { headers });
  }
  let closed = () => {};
  const stream = new EventStream(events, {
    format,
    onError: context.onError,
    onClose: () => closed(),
  });
  try {
    if (context.onStream) closed = context.onStream(() => stream.end(), advice);
  } catch (error) {
    stream.leave();
    throw error;
  }
  const body = bodyOf(stream, request);
  streams.set(body, stream);
  return new Response(body, { headers });
}

/**
 * The event stream behind a response body that nobody has begun to read. A host that can write events at less cost than
 * a web stream calls `start`, calls `leave` when the client disconnects, and does not touch the body.
 *
 * @example
 * eventStreamOf(response.body)?.start(sink);
 */
export function eventStreamOf(body: ReadableStream<Uint8Array> | null): EventStream | undefined {
  return body === null || body.locked ? undefined : streams.get(body);
}

function bodyOf(stream: EventStream, request: Request): ReadableStream<Uint8Array> {
  let isStarted = false;
  const end = () => stream.end();
  // Called by the first read: most hosts create the signal only when somebody asks for it.
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
    // The stream takes no event before somebody reads.
    { highWaterMark: 0 },
  );
}
