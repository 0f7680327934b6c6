/**
 * A browser that receives this header asks for a password, and keeps it for these pages until the browser is closed.
 */
const CHALLENGE = 'Basic realm="lrt-server: any name, and the token of an admin as the password"';

type Fetch = (request: Request, peerAddress?: string, options?: { webSocket: boolean }) => Promise<Response>;

/**
 * Lets a browser log in to the pages under /admin. A page cannot make the browser send a bearer token, so the token
 * may come as the password of HTTP Basic, with any user name. `fetch` decides everything else, and who may see what.
 * Behind a proxy that logs its users in none of this is needed. `basePath` is that of the server, '' or '/gis/lrt'.
 */
export function browserLogin(fetch: Fetch, basePath = ''): Fetch {
  const pages = `${basePath}/admin/`;
  return async (request, ...more) => {
    if (!URL.parse(request.url)?.pathname.startsWith(pages)) return fetch(request, ...more);
    const response = await fetch(withBearer(request), ...more);
    if (response.status !== 401) return response;
    const headers = new Headers(response.headers);
    headers.set('WWW-Authenticate', CHALLENGE);
    return new Response(response.body, { status: 401, headers });
  };
}

/** Returns the request with `Authorization: Bearer` if the token came as a password. */
function withBearer(request: Request): Request {
  const [, credentials] = /^Basic\s+([\w+/=-]+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (credentials === undefined) return request;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const token = text.slice(text.indexOf(':') + 1);
  const headers = new Headers(request.headers);
  // A text that cannot stand in a header is no token.
  headers.set('authorization', `Bearer ${/^[\x21-\x7e]+$/.test(token) ? token : ''}`);
  return new Request(request.url, { method: request.method, headers, signal: request.signal });
}
