import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no name of the public internet should lead to, besides loopback: private ones, and those of IPv6 that hold an
 * address of IPv4 (NAT64, 6to4, Teredo, the old compatible form), by which a private one could be reached.
 */
const NOT_PUBLIC: readonly [address: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
const LOOPBACK: readonly [address: string, prefix: number][] = [
  ['127.0.0.0', 8],
  ['::1', 128],
];
const NAME = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i;

/**
 * The hosts that a server may call. Without entries it is this machine alone (loopback). An entry is a name ('gis.example',
 * '*.gis.example'), an address, or a network ('10.1.0.0/16'). A name that is listed may lead to public addresses and to listed
 * ones. Any name may lead to an address that is listed.
 *
 * @example
 * const hosts = new HostList(['10.1.0.0/16', 'models.example']);
 * hosts.refusal('models.example', '93.184.216.34'); // undefined: it may be called
 */
export class HostList {
  readonly #networks = listOf(LOOPBACK);
  readonly #notPublic = listOf([...NOT_PUBLIC, ...LOOPBACK]);
  readonly #names = new Set<string>();
  readonly #endings: string[] = [];

  /** Throws a TypeError that names the entry which is neither a name, an address nor a network. */
  constructor(entries: readonly string[] = []) {
    for (const entry of entries) this.#add(entry);
  }

  #add(entry: string): void {
    const [address = '', prefix, ...rest] = entry.replace(/[[\]]/g, '').split('/');
    const version = isIP(address);
    const bits = version === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : Number(prefix);
    const isLength = prefix === undefined || /^\d{1,3}$/.test(prefix);
    if (version > 0 && rest.length === 0 && isLength && length <= bits) {
      this.#networks.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
    } else if (version === 0 && prefix === undefined && entry.length <= 253 && NAME.test(entry)) {
      const name = entry.toLowerCase();
      if (name.startsWith('*.')) this.#endings.push(name.slice(1));
      else this.#names.add(name);
    } else {
      throw new TypeError(
        `"${entry}" is no host: give a name (gis.example, *.gis.example), an address, or a network (10.1.0.0/16)`,
      );
    }
  }

  /** Why this address, to which the name leads, must not be called. Undefined where it may. */
  refusal(name: string, address: string): string | undefined {
    const plain = withoutMapping(address);
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(plain) === 0) return `"${address}" is no address`;
    if (this.#networks.check(plain, family)) return undefined;
    const shown = name === address ? name : `${name} (${address})`;
    if (this.#notPublic.check(plain, family)) {
      return `${shown} is an address of a private network or of this machine's link, which is not on the list of allowed hosts`;
    }
    return this.#hasName(name) ? undefined : `${shown} is not on the list of allowed hosts`;
  }

  /** Why the host of this URL, if it is an address in place of a name, must not be called. Names are judged with their addresses. */
  refusalOfUrl(url: string): string | undefined {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    return isIP(host) > 0 ? this.refusal(host, host) : undefined;
  }

  #hasName(name: string): boolean {
    const lower = name.toLowerCase().replace(/\.$/, '');
    return this.#names.has(lower) || this.#endings.some((ending) => lower.endsWith(ending));
  }
}

/** IPv4 within IPv6 (::ffff:10.0.0.1, ::ffff:a00:1) reaches the IPv4 address, so it is judged as that. */
function withoutMapping(address: string): string {
  const [, dotted, high, low] =
    /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === undefined || low === undefined) return address;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}

function listOf(networks: readonly [address: string, prefix: number][]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) {
    list.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
