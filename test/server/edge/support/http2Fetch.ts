import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { Readable } from 'node:stream';
import { createGunzip, constants as zlibConstants } from 'node:zlib';

const { Z_SYNC_FLUSH } = zlibConstants;
const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS, NGHTTP2_CANCEL } = constants;

/**
 * A fetch for one origin over HTTP/2, with all requests on one connection, as a browser has it. `from`: this machine's address
 * that the requests come from, where it has several.
 */
export function http2Fetch(origin: string, certificate: string, from?: { localAddress: string }) {
  let session: ClientHttp2Session | undefined;
  let connections = 0;
  const current = () => {
    if (session && !session.closed && !session.destroyed) return session;
    connections += 1;
    const opened = connect(origin, { ca: certificate, servername: 'lrt.example', ...from });
    opened.on('error', () => {});
    // nginx ends a connection after 1,000 requests. Those that have begun go on.
    opened.on('goaway', () => opened.close());
    session = opened;
    return opened;
  };
  const call = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    try {
      return await send(input, init);
    } catch (error) {
      // The other end has not begun with it, so a browser sends it once more on another connection.
      if (String(error).includes('NGHTTP2_REFUSED_STREAM')) return send(input, init);
      throw error;
    }
  };
  const send = async (input: string | URL | Request, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const { method = 'GET', body, signal } = init;
    const opened = current();
    const stream = opened.request({
      [HTTP2_HEADER_METHOD]: method,
      [HTTP2_HEADER_PATH]: pathname + search,
      ...Object.fromEntries(new Headers(init.headers)),
    });
    let answered = false;
    stream.once('response', () => {
      answered = true;
    });
    const cancel = () => {
      stream.close(NGHTTP2_CANCEL);
      if (!answered) leaveIfDead(opened);
    };
    signal?.addEventListener('abort', cancel);
    stream.once('close', () => signal?.removeEventListener('abort', cancel));
    stream.end(typeof body === 'string' ? body : undefined);
    return answerOf(stream);
  };
  return {
    fetch: call satisfies typeof fetch,
    /** How many connections there were. */
    get connections() {
      return connections;
    },
    close: () => session?.destroy(),
  };
}

/** A connection has so long to answer a ping, in milliseconds. */
const PING_MS = 2_000;

/**
 * Node may keep a connection that was reset, and ask it for ever: seen once in 11,000 connections. A browser asks such a
 * connection for a sign of life, and opens another one.
 */
function leaveIfDead(session: ClientHttp2Session): void {
  if (session.destroyed || session.connecting) return;
  const timer = setTimeout(() => session.destroy(), PING_MS);
  timer.unref();
  session.ping(() => clearTimeout(timer));
}

function answerOf(stream: ClientHttp2Stream): Promise<Response> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('The connection closed without an answer')));
    stream.once('response', (fields) => {
      const headers = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
        name.startsWith(':') ? [] : [[name, String(value)]],
      );
      const status = Number(fields[HTTP2_HEADER_STATUS]);
      const isPacked = fields['content-encoding'] === 'gzip';
      // It gives out what it has whenever the sender has flushed, as a browser does.
      const unpacked = isPacked ? stream.pipe(createGunzip({ finishFlush: Z_SYNC_FLUSH })) : stream;
      const body = Readable.toWeb(unpacked, { type: 'bytes' }) as ReadableStream<Uint8Array<ArrayBuffer>>;
      resolve(new Response([204, 304].includes(status) ? null : body, { status, headers }));
    });
  });
}
