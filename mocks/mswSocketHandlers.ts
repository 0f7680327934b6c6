import { type WebSocketHandler, ws } from 'msw';
import { authorizationOf } from '../backend/http/bearerProtocol.ts';
import { socketStreamOf } from '../backend/http/socketResponse.ts';
import { PROTOCOLS } from '../backend/protocols/index.ts';

/** MSW cannot refuse a handshake. The WebSocket closes with 4000 and the status that a server would answer. */
const REFUSED = 4_000;

/** MSW's end of a WebSocket. */
interface Client {
  url: URL;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/**
 * Mounts the WebSockets of a backend at a base URL, as `mswHandlers` does its routes. `answer` answers a handshake.
 */
export function mswSocketHandlers(
  baseUrl: string,
  answer: (request: Request) => Promise<Response>,
): WebSocketHandler[] {
  const routes = PROTOCOLS.flatMap(({ routes }) => Object.entries(routes));
  const paths = routes.flatMap(([key, { webSocket }]) => (webSocket ? [key.slice(key.indexOf('/'))] : []));
  return paths.map((path) =>
    ws
      .link(`${baseUrl}${path}`.replace(/^http/, 'ws'))
      .addEventListener('connection', ({ client, info }) =>
        serve(client, [info.protocols ?? []].flat(), answer),
      ),
  );
}

async function serve(
  client: Client,
  protocols: readonly string[],
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  let hasLeft = false;
  let leave = () => {};
  client.addEventListener('close', () => {
    hasLeft = true;
    leave();
  });
  const authorization = authorizationOf(protocols);
  const headers = new Headers(authorization === undefined ? [] : [['Authorization', authorization]]);
  const response = await answer(new Request(client.url.href.replace(/^ws/, 'http'), { headers }));
  const stream = socketStreamOf(response.body);
  if (!stream) {
    if (!hasLeft) client.close(REFUSED + response.status);
    return;
  }
  leave = () => stream.leave();
  if (hasLeft) return leave();
  stream.start({
    send(text) {
      client.send(text);
      queueMicrotask(() => stream.resume());
    },
    close: ({ code, reason }) => client.close(code, reason),
  });
}
