import { bytesOf } from './streamOf.ts';

/** A connection that a test plays by hand: what fetch was asked, and the body it gave. */
export interface PlayedConnection {
  url: string;
  init: RequestInit;
  headers: Headers;
  send(text: string): void;
  end(): void;
  fail(error: unknown): void;
  /** Set where the client cancelled the body. */
  cancelled: boolean;
}

type Answer = Response | Error | 'stream' | 'silence';

/** In place of fetch, without time of its own, so that timers can be faked: gives the next answer, the last one again. */
export function scriptedFetch(...answers: Answer[]) {
  const connections: PlayedConnection[] = [];
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const answer = answers[Math.min(connections.length, answers.length - 1)] ?? 'stream';
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const connection: PlayedConnection = {
      url: String(input),
      init,
      headers: new Headers(init.headers),
      send: (text) => controller?.enqueue(bytesOf(text)),
      end: () => controller?.close(),
      fail: (error) => controller?.error(error),
      cancelled: false,
    };
    connections.push(connection);
    if (answer === 'silence') return new Promise(() => {});
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer.clone();
    const body = new ReadableStream<Uint8Array>({
      start(given) {
        controller = given;
      },
      cancel() {
        connection.cancelled = true;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return {
    fetch: fetch as typeof globalThis.fetch,
    connections,
    /** The newest connection. */
    get connection(): PlayedConnection {
      const connection = connections.at(-1);
      if (!connection) throw new Error('fetch was not called yet');
      return connection;
    },
  };
}
