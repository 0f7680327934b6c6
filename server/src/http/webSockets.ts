// WebSockets of the Node server: the handshake, the limits of a connection, and its end.
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { authorizationOf, SOCKET_PROTOCOL } from '../../../backend/http/bearerProtocol.ts';
import { problemResponse } from '../../../backend/http/problem.ts';
import type { SocketStream } from '../../../backend/http/SocketStream.ts';
import { socketStreamOf } from '../../../backend/http/socketResponse.ts';

/** Clients have nothing to send. A longer message closes the connection with code 1009. */
const MAX_MESSAGE_BYTES = 16_384;
/** A client that sends more messages than this between two pings is cut off, code 1008. */
const MAX_MESSAGES = 100;
/** Proxies end connections on which nothing passes for 30 to 60 s. */
const PING_SECONDS = 15;
/** A client that does not answer the server's close in this time is cut off. */
const CLOSE_MS = 2_000;

export interface WebSocketOptions {
  /** Answers the handshake. A response of `socketResponse` becomes a WebSocket; any other one is sent as it is. */
  answer(request: Request, peerAddress: string | undefined): Promise<Response>;
  /** Receives the error that `answer` rejects with. */
  onError?: ((error: unknown) => void) | undefined;
  /** A client that has not answered a ping for so long is cut off. */
  stalledSeconds: number;
  /** Default 15. */
  pingSeconds?: number | undefined;
}

/** The WebSockets of a server. */
export interface WebSockets {
  /** Cuts every connection that is still open. */
  terminate(): void;
}

/** True for a request that becomes a WebSocket. Requests for another protocol, such as h2c, are answered as usual. */
export function wantsWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Makes a server take WebSockets. The handshake is a request like any other: the same authentication, limits and log. A
 * reader that is slow is sent the next message when the one before has left.
 *
 * @example
 * const sockets = acceptWebSockets(server, { answer: (request) => app.fetch(request), stalledSeconds: 60 });
 */
export function acceptWebSockets(server: Server, options: WebSocketOptions): WebSockets {
  const upgrades = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    // Never the token, which proxies may log. A client that offers nothing gets none.
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  });
  const open = new Set<Duplex>();
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // The connection is closed then. Without a listener the error would end the process.
    socket.on('error', () => socket.destroy());
    void upgrade(upgrades, { incoming, socket, head }, options);
  });
  return {
    terminate() {
      for (const socket of [...open]) socket.destroy();
    },
  };
}

interface Handshake {
  incoming: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

async function upgrade(upgrades: WebSocketServer, handshake: Handshake, options: WebSocketOptions) {
  const { incoming, socket, head } = handshake;
  const response = await answerOf(incoming, options);
  const stream = socketStreamOf(response.body);
  if (!stream) return refuse(socket, response);
  // The handshake may fail, or the client may leave in the middle of it.
  socket.once('close', () => stream.leave());
  if (socket.destroyed) return stream.leave();
  upgrades.handleUpgrade(incoming, socket, head, (webSocket) => serve(webSocket, stream, options));
}

async function answerOf(incoming: IncomingMessage, { answer, onError }: WebSocketOptions): Promise<Response> {
  if (!wantsWebSocket(incoming)) {
    const message = 'This server changes to the protocol websocket only; leave the header Upgrade out';
    return problemResponse({ code: 'invalid-request', message });
  }
  let request: Request;
  try {
    request = requestOf(incoming);
  } catch {
    return problemResponse({ code: 'invalid-request', message: 'The address or a header is not valid' });
  }
  try {
    const { remoteAddress } = incoming.socket;
    return await answer(request, remoteAddress);
  } catch (error) {
    onError?.(error);
    return problemResponse({ code: 'internal', message: 'Something went wrong on the server' });
  }
}

/** The handshake as a request. A token among the protocols becomes the Authorization header, unless there is one. */
function requestOf(incoming: IncomingMessage): Request {
  const { host = '', 'sec-websocket-protocol': protocols = '' } = incoming.headers;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const authorization = authorizationOf(protocols.split(',').map((protocol) => protocol.trim()));
  headers.delete('sec-websocket-protocol');
  if (authorization !== undefined && !headers.has('authorization'))
    headers.set('authorization', authorization);
  return new Request(new URL(incoming.url ?? '/', `http://${host}`), { headers });
}

/** Sends an answer over the connection, which Node has let go of, and closes it. */
async function refuse(socket: Duplex, response: Response): Promise<void> {
  const { status, headers } = response;
  const body = Buffer.from(await response.arrayBuffer());
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  lines.push(`Content-Length: ${body.byteLength}`, 'Connection: close', '', '');
  socket.end(Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]), () => socket.destroy());
}

function serve(webSocket: WebSocket, stream: SocketStream, options: WebSocketOptions): void {
  const { stalledSeconds, pingSeconds = PING_SECONDS } = options;
  let heardAt = performance.now();
  let messages = 0;
  let closing: ReturnType<typeof setTimeout> | undefined;
  const close = (code: number, reason: string) => {
    webSocket.close(code, reason);
    closing ??= setTimeout(() => webSocket.terminate(), CLOSE_MS);
  };
  const pings = setInterval(() => {
    messages = 0;
    if (performance.now() - heardAt > stalledSeconds * 1_000) webSocket.terminate();
    else if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
  }, pingSeconds * 1_000);
  webSocket.on('pong', () => {
    heardAt = performance.now();
  });
  webSocket.on('message', () => {
    messages += 1;
    if (messages > MAX_MESSAGES) close(1008, 'This server only sends; a client has nothing to say');
  });
  // A frame that is not valid, or too long. The 'close' event follows.
  webSocket.on('error', () => {});
  webSocket.on('close', () => {
    clearInterval(pings);
    clearTimeout(closing);
    stream.leave();
  });
  stream.start({
    send(text) {
      webSocket.send(text, (error) => {
        if (!error) stream.resume();
      });
    },
    close: ({ code, reason }) => close(code, reason),
  });
}
