/** A client that offers a token offers this protocol beside it. The server answers with it, and never with the token. */
export const SOCKET_PROTOCOL = 'lrt';
const TOKEN_PREFIX = 'bearer.';

/**
 * The Authorization header that the protocols of a WebSocket stand for. A browser cannot set that header on a WebSocket.
 * So its page offers two protocols: 'lrt', and 'bearer.' with the token in base64url, because a token may have characters
 * that a protocol must not have. Undefined where none of them is a token.
 *
 * @example
 * authorizationOf(['lrt', 'bearer.c2VjcmV0']); // 'Bearer secret'
 */
export function authorizationOf(protocols: readonly string[]): string | undefined {
  const encoded = protocols.find((protocol) => protocol.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  if (encoded === undefined || !/^[\w-]{1,12000}$/.test(encoded)) return undefined;
  const token = decoded(encoded);
  // A text that cannot stand in a header is no token.
  return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? `Bearer ${token}` : undefined;
}

function decoded(base64url: string): string | undefined {
  try {
    return atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}
