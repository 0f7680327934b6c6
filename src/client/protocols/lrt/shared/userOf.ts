// Finds out which clients and tabs belong to the same user, so that they may share a stream.
import { isRecord } from '../../../../contract/index.ts';
import type { Connection } from '../../../http.ts';

/** Names a group of clients that may share a stream. */
export interface GroupName {
  /** The same for all clients of this page that share a stream. */
  inPage: string;
  /** The same for all tabs that share a stream. Undefined: the tabs are not known to belong to the same user. */
  acrossTabs: string | undefined;
}

const numbers = new WeakMap<object, number>();
let count = 0;

/** A number for each object that a client was given: the same object, the same number. */
function numberOf(given: unknown): number {
  if (typeof given === 'function' || isRecord(given)) {
    const number = numbers.get(given) ?? ++count;
    numbers.set(given, number);
    return number;
  }
  return 0;
}

/**
 * The user whom a token names: issuer and subject of a JWT. Undefined for every other token. The signature is not checked
 * here: the server checks it, and a wrong name leads to a group of its own.
 */
export function userOfToken(token: string): string | undefined {
  try {
    const [, payload = ''] = token.split('.');
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    if (isRecord(claims) && typeof claims.sub === 'string' && claims.sub) {
      return JSON.stringify([typeof claims.iss === 'string' ? claims.iss : '', claims.sub]);
    }
  } catch {
    // The token is no JWT.
  }
  return undefined;
}

/**
 * The group of a client. `token` is the token that the client sends now, and `source` where it comes from.
 *
 * Tabs share only where it is sure that they belong to the same user. Cookies are the origin's. A JWT names its user.
 * `shareTabs` names the user in the application's own words. A client with headers or a fetch of its own may sign in by
 * them, so it shares only within its page, and only with clients that have the same ones.
 */
export function groupOf(
  address: string,
  { credentials = 'same-origin', fetch, headers }: Connection,
  source: Connection['token'],
  token: string | undefined,
  shareTabs: string | false | undefined,
): GroupName {
  const url = absolute(address);
  const named = typeof shareTabs === 'string' ? `as ${shareTabs}` : undefined;
  const ofToken = token ? userOfToken(token) : 'cookies';
  const user = named ?? ofToken;
  const own = [numberOf(fetch), numberOf(headers)];
  // A token that names nobody is known only to the client that has it.
  const inPage = [
    url,
    credentials,
    ...own,
    user ?? (typeof source === 'function' ? numberOf(source) : source),
  ];
  // Outside of a page there are no tabs.
  const isSure =
    globalThis.document &&
    shareTabs !== false &&
    user !== undefined &&
    (named !== undefined || !(fetch || headers));
  return {
    inPage: JSON.stringify(inPage),
    acrossTabs: isSure ? JSON.stringify([url, credentials, user]) : undefined,
  };
}

function absolute(address: string): string {
  try {
    return new URL(address, document.baseURI).href;
  } catch {
    return address;
  }
}
