import { BlockList, isIP } from 'node:net';
import type { AuthConfig } from '../config/Config.ts';
import { ConfigError } from '../config/ConfigError.ts';
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
  const proxies = new BlockList();
  for (const network of trustedProxies) addNetwork(proxies, network);
  return (request, peerAddress) => {
    if (!isIn(proxies, peerAddress)) throw unauthorized('This server is used through its proxy only');
    const owner = request.headers.get(header);
    if (owner === null) return undefined;
    // Two such headers arrive as one value with a comma: the client's own and the proxy's.
    if (!isOwner(owner) || owner.includes(',')) {
      throw unauthorized(`The proxy's ${header} header must hold one name of 1 to 200 characters`);
    }
    return { owner, ...(admins.includes(owner) && { admin: true }) };
  };
}

function addNetwork(list: BlockList, network: string): void {
  const [address = '', prefix, ...rest] = network.split('/');
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (version === 0 || length < 0 || length > bits || rest.length > 0) {
    throw new ConfigError(
      `--trusted-proxies: "${network}" must be an address or a network such as 10.0.0.0/8 or ::1/128`,
    );
  }
  list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
}

function isIn(list: BlockList, address: string | undefined): boolean {
  const version = isIP(address ?? '');
  return address !== undefined && version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
