import { AddressList } from '../common/AddressList.ts';
import type { AuthConfig } from '../config/Config.ts';
import type { Authenticate } from './Authenticate.ts';
import { isOwner, unauthorized } from './credentials.ts';

/**
 * Authenticates by a header with the owner's name that only the named proxies may set. It refuses requests from
 * anywhere else.
 */
export function byProxyHeader({
  header,
  trustedProxies,
  admins,
}: Extract<AuthConfig, { kind: 'proxy-header' }>): Authenticate {
  const proxies = new AddressList(trustedProxies);
  return (request, peerAddress) => {
    if (!proxies.has(peerAddress)) throw unauthorized('This server is used through its proxy only');
    const owner = request.headers.get(header);
    if (owner === null) return undefined;
    // Two such headers arrive as one value with a comma: the client's own and the proxy's.
    if (!isOwner(owner) || owner.includes(',')) {
      throw unauthorized(`The proxy's ${header} header must hold one name of 1 to 200 characters`);
    }
    return { owner, ...(admins.includes(owner) && { admin: true }) };
  };
}
