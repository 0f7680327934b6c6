// Finds the address of the client behind an operator's proxies, for the log and for rate limits.
import { isIP } from 'node:net';
import type { AddressList } from '../common/AddressList.ts';

/** The header in which the proxies name the address that a request came from. Each proxy adds one to its end. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded';

export interface ForwardedOptions {
  /** The proxies that are believed. */
  proxies: AddressList;
  /**
   * The only header that is read. A proxy that sets one of the two passes on what a client sends as the other, so whoever
   * read both would believe clients.
   */
  header: ForwardedHeader;
}

/** No chain of proxies is longer. */
const MAX_PROXIES = 20;

/**
 * The address of the client: the newest one in the header that is not a trusted proxy's. Everything before it may be
 * invented. Where a proxy names no address ('unknown', a hidden name, nonsense), the client is that proxy itself. So a
 * client chooses neither whom it looks like nor whose limits it uses up.
 *
 * @example
 * // The proxy 10.0.0.1 got the request from 192.0.2.7, which says that it came from 127.0.0.1.
 * clientAddress(new Headers({ 'X-Forwarded-For': '127.0.0.1, 192.0.2.7' }), '10.0.0.1', options); // '192.0.2.7'
 */
export function clientAddress(
  headers: Headers,
  peer: string | undefined,
  { proxies, header }: ForwardedOptions,
): string | undefined {
  let address = peer && plain(peer);
  let rest = headers.get(header) ?? '';
  for (let hops = 0; hops < MAX_PROXIES && rest !== '' && proxies.has(address); hops += 1) {
    const comma = rest.lastIndexOf(',');
    const entry = rest.slice(comma + 1).trim();
    rest = rest.slice(0, Math.max(0, comma));
    const named = parseNode(header === 'forwarded' ? forOf(entry) : entry);
    if (named === undefined) break;
    address = named;
  }
  return address;
}

/**
 * The text that a rate limit counts a client by: an IPv4 address, or the first half of an IPv6 address, because whoever
 * has one IPv6 address has the other 2^64 as well.
 */
export function limitKeyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** The value of 'for' in one element of `Forwarded` (RFC 7239). Undefined where it has none, or two. */
function forOf(element: string): string | undefined {
  const found = element.split(';').flatMap((pair) => /^\s*for=(.*)$/i.exec(pair)?.[1] ?? []);
  const [value, ...others] = found;
  return others.length > 0 ? undefined : value?.trim();
}

/**
 * '192.0.2.7', '192.0.2.7:4711', '2001:db8::1', '[2001:db8::1]:4711', and each of them in quotes. A port may be a hidden one
 * ('192.0.2.7:_web'). Some proxies forget the brackets around an IPv6 address.
 */
function parseNode(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 100) return undefined;
  const node = /^"(.*)"$/.exec(text)?.[1] ?? text;
  const [, withoutPort = node] = /^(\[.*\]|[\d.]+):(?:\d{1,5}|_[\w.-]+)$/.exec(node) ?? [];
  const bracketed = /^\[(.*)\]$/.exec(withoutPort)?.[1];
  const address = bracketed ?? withoutPort;
  // A zone ('fe80::1%eth0') means something on one machine only.
  if (isIP(address) === 0 || address.includes('%')) return undefined;
  return bracketed !== undefined && isIP(address) !== 6 ? undefined : plain(address);
}

/** An IPv4 address in its IPv6 notation is that IPv4 address. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
