import type { BackendContext } from './context.ts';
import { problemResponse } from './problem.ts';
import { type SocketMessages, SocketStream } from './SocketStream.ts';

/** The streams behind the bodies of responses that a host makes a WebSocket of. */
const streams = new WeakMap<ReadableStream<Uint8Array>, SocketStream>();

/**
 * The response from which a host makes a WebSocket. It throws what `context.onStream` throws; then `messages` are closed.
 * `advice` says what a client with too many streams can do. Its body is empty: a host that makes no WebSocket of it must
 * not set `context.webSocket`.
 *
 * @example
 * if (!context.webSocket) return upgradeRequired();
 * return socketResponse(await ReflexSocket.open(engine, scope), { context });
 */
export function socketResponse(
  messages: SocketMessages,
  { context, advice }: { context: BackendContext; advice?: string },
): Response {
  let closed = () => {};
  const stream = new SocketStream(messages, { onError: context.onError, onClose: () => closed() });
  try {
    if (context.onStream) closed = context.onStream(() => stream.end(), advice);
  } catch (error) {
    stream.leave();
    throw error;
  }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        stream.leave();
        controller.close();
      },
      cancel: () => stream.leave(),
    },
    { highWaterMark: 0 },
  );
  streams.set(body, stream);
  return new Response(body, { headers: { 'Cache-Control': 'no-store' } });
}

/** The messages behind a response body, for a host that has a WebSocket for them. Undefined where the body is an answer. */
export function socketStreamOf(body: ReadableStream<Uint8Array> | null): SocketStream | undefined {
  return body === null ? undefined : streams.get(body);
}

/** The answer to a request for a WebSocket that came as a request for a document. */
export function upgradeRequired(): Response {
  const message = 'There is a WebSocket at this address; connect with ws:// or wss://';
  return problemResponse({ code: 'upgrade-required', message }, { Upgrade: 'websocket' });
}
