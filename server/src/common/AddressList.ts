import { BlockList, isIP } from 'node:net';

/**
 * Addresses and networks in CIDR notation, such as those of an operator's proxies. An IPv4 address is found in its IPv6
 * notation too (`::ffff:10.0.0.1`), which is how a server on `::` sees it.
 *
 * @example
 * new AddressList(['10.0.0.0/8', '::1']).has('10.1.2.3'); // true
 */
export class AddressList {
  readonly #list = new BlockList();

  /** Throws a TypeError that names the entry that is neither an address nor a network. */
  constructor(networks: readonly string[]) {
    for (const network of networks) this.#add(network);
  }

  has(address: string | undefined): boolean {
    const version = isIP(address ?? '');
    return (
      address !== undefined && version !== 0 && this.#list.check(address, version === 4 ? 'ipv4' : 'ipv6')
    );
  }

  #add(network: string): void {
    const [address = '', prefix, ...rest] = network.split('/');
    const version = isIP(address);
    const bits = version === 4 ? 32 : 128;
    const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
    if (version === 0 || length < 0 || length > bits || rest.length > 0) {
      throw new TypeError(
        `--trusted-proxies: "${network}" must be an address or a network such as 10.0.0.0/8 or ::1/128`,
      );
    }
    this.#list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
}
