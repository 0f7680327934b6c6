import { openEventStream, type StreamEvent } from '../../../src/client/index.ts';

const encoder = new TextEncoder();

/** An event stream's answer of these chunks; it ends after the last. */
export function streamOf(...chunks: (string | Uint8Array)[]): Response {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** What a client dispatches of one connection's bytes, and what it would resume with. */
export function dispatched(
  ...chunks: (string | Uint8Array)[]
): Promise<{ events: StreamEvent[]; lastEventId: string }> {
  const events: StreamEvent[] = [];
  return new Promise((resolve) => {
    const stream = openEventStream('http://stream.test/', {
      fetch: async () => streamOf(...chunks),
      onEvent: (event) => events.push(event),
      onConnection({ state }) {
        if (state !== 'reconnecting') return;
        stream.close();
        resolve({ events, lastEventId: stream.lastEventId });
      },
    });
  });
}
