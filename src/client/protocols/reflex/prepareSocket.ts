import type { Connection } from '../../http.ts';

/** The client uses this part of a WebSocket. */
export interface WebSocketLike {
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/** A WebSocket class: the global one, or one that does the same. */
export type WebSocketClass = new (url: string, protocols?: string[]) => WebSocketLike;

/**
 * Prepares the WebSocket of an address, which may be relative to the page. Whoever calls the result can listen at once. A page cannot set headers on it, so a bearer token
 * goes among the protocols, as docs/reflex.md says, and never into the address, which proxies write to their logs. Without
 * a token no protocol is offered: a server that knows none would make the browser fail the connection.
 */
export async function prepareSocket(
  address: string,
  { token }: Connection,
  given: WebSocketClass | undefined,
): Promise<() => WebSocketLike> {
  const bearer = typeof token === 'function' ? await token({ refresh: false }) : token;
  const Socket: WebSocketClass | undefined = given ?? globalThis.WebSocket;
  if (!Socket) throw new Error('There is no WebSocket here. Give createReflexClient one as "webSocket"');
  const url = new URL(address, globalThis.location?.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return () => (bearer ? new Socket(url.href, ['lrt', `bearer.${base64Url(bearer)}`]) : new Socket(url.href));
}

function base64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Listens until the signal is aborted. */
export function listenTo(
  socket: WebSocketLike,
  signal: AbortSignal,
  handlers: {
    onOpen(): void;
    onMessage(data: unknown): void;
    onClose(code: number, reason: string): void;
  },
): void {
  const onMessage = (event: Event) => handlers.onMessage('data' in event ? event.data : undefined);
  const onClose = (event: Event) =>
    handlers.onClose(
      'code' in event ? Number(event.code) : 0,
      'reason' in event && typeof event.reason === 'string' ? event.reason : '',
    );
  // A socket of Node's library 'ws' throws an error that nobody listens to, also when it is closed while it opens.
  const onError = () => {};
  socket.addEventListener('open', handlers.onOpen);
  socket.addEventListener('message', onMessage);
  socket.addEventListener('close', onClose);
  socket.addEventListener('error', onError);
  signal.addEventListener('abort', () => {
    socket.removeEventListener('open', handlers.onOpen);
    socket.removeEventListener('message', onMessage);
    socket.removeEventListener('close', onClose);
  });
}
