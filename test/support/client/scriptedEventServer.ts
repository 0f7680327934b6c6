import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';

export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Set once the client has let go of it, or the answer is complete. */
  closed: boolean;
}

/** One answer, step by step. */
export interface Connection {
  /** The head of an event stream, or of something else. */
  head(status?: number, headers?: Record<string, string>): void;
  /** Sends text as it is. */
  send(text: string): void;
  /** Sends the bytes one by one, each in a packet of its own where the system lets us. */
  trickle(text: string): Promise<void>;
  event(id: number, data?: unknown, name?: string): void;
  /** Clean end of the answer. */
  end(text?: string): void;
  /** The socket is reset (RST), as by a router that lost its state. */
  reset(): void;
}

export type Script = (connection: Connection, request: ReceivedRequest) => void | Promise<void>;

/** What is answered in one go. */
export function answer(status: number, headers: Record<string, string> = {}, body = ''): Script {
  return (connection) => {
    connection.head(status, headers);
    connection.end(body);
  };
}

export function answerJson(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return answer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
}

/**
 * A server on loopback that does with each request what the next script says; the last script goes for all that
 * follow. A script that returns without ending the answer leaves the client waiting.
 */
export async function startScriptedEventServer(...scripts: Script[]) {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const received: ReceivedRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: '',
      closed: false,
    };
    const script = scripts[Math.min(requests.length, scripts.length - 1)];
    requests.push(received);
    response.on('close', () => {
      received.closed = true;
    });
    for await (const chunk of request) received.body += chunk;
    await script?.(connectionOf(response), received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function connectionOf(response: ServerResponse): Connection {
  const connection: Connection = {
    head(status = 200, headers = { 'content-type': 'text/event-stream' }) {
      response.writeHead(status, headers);
      response.flushHeaders();
    },
    send(text) {
      if (!response.headersSent) connection.head();
      response.write(text);
    },
    async trickle(text) {
      if (!response.headersSent) connection.head();
      response.socket?.setNoDelay(true);
      for (const byte of Buffer.from(text)) {
        response.write(Uint8Array.of(byte));
        await setImmediate();
      }
    },
    event(id, data = id, name) {
      connection.send(`${name ? `event: ${name}\n` : ''}id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: (text) => void response.end(text),
    reset: () => void response.socket?.resetAndDestroy(),
  };
  return connection;
}
