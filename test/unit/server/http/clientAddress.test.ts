import { describe, expect, test, vi } from 'vitest';
import { AddressList } from '../../../../server/src/common/AddressList.ts';
import {
  clientAddress,
  type ForwardedHeader,
  limitKeyOf,
} from '../../../../server/src/http/clientAddress.ts';

const proxies = new AddressList(['10.0.0.0/8', 'fd00::/8']);

function of(
  value: string | undefined,
  { peer = '10.0.0.1', header = 'x-forwarded-for' as ForwardedHeader } = {},
) {
  return clientAddress(new Headers(value === undefined ? {} : { [header]: value }), peer, {
    proxies,
    header,
  });
}

describe('X-Forwarded-For', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    // What the client wrote itself stands to the left.
    ['127.0.0.1, 192.0.2.7', '192.0.2.7'],
    ['10.0.0.9, 192.0.2.7', '192.0.2.7'],
    ['198.51.100.1,192.0.2.7,10.0.0.2', '192.0.2.7'],
    // All are proxies: the first is where the request comes from.
    ['10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['203.0.113.9, fd00::5', '203.0.113.9'],
    ['203.0.113.9, ::ffff:10.0.0.7', '203.0.113.9'],
    // A proxy that names nobody is the client.
    ['unknown', '10.0.0.1'],
    ['_hidden', '10.0.0.1'],
    ['192.0.2.7, unknown', '10.0.0.1'],
    ['192.0.2.7, unknown, 10.0.0.2', '10.0.0.2'],
    ['', '10.0.0.1'],
    [',,,', '10.0.0.1'],
    ['192.0.2.7,', '10.0.0.1'],
    ['192.0.2.300', '10.0.0.1'],
    ['0x7f.1', '10.0.0.1'],
    ['127.1', '10.0.0.1'],
    ['192.0.2.7:port', '10.0.0.1'],
    ['[192.0.2.7]', '10.0.0.1'],
    ['[2001:db8::1', '10.0.0.1'],
    ['fe80::1%eth0', '10.0.0.1'],
    ['localhost', '10.0.0.1'],
    ['<script>', '10.0.0.1'],
    ['1'.repeat(5_000), '10.0.0.1'],
  ])('%j is from %s', (value, client) => {
    expect(of(value)).toBe(client);
  });

  test('is not read from whoever is no trusted proxy', () => {
    expect(of('192.0.2.7', { peer: '198.51.100.1' })).toBe('198.51.100.1');
    expect(of('10.0.0.2, 10.0.0.3', { peer: '::ffff:198.51.100.1' })).toBe('198.51.100.1');
    expect(
      clientAddress(new Headers({ 'X-Forwarded-For': '1.2.3.4' }), undefined, {
        proxies,
        header: 'forwarded',
      }),
    ).toBe(undefined);
  });

  test('with 10,000 entries is read from its end, and no further than there can be proxies', () => {
    const invented = Array.from({ length: 10_000 }, (_, i) => `10.1.${i >> 8}.${i & 255}`);
    expect(of([...invented, '192.0.2.7'].join(','))).toBe('192.0.2.7');
    const asked = vi.spyOn(proxies, 'has');
    expect(of(invented.join(','))).toMatch(/^10\.1\./);
    expect(asked.mock.calls.length).toBeLessThan(100);
    asked.mockRestore();
  });

  test('of two headers counts as one list', () => {
    const headers = new Headers([
      ['X-Forwarded-For', '127.0.0.1'],
      ['X-Forwarded-For', '192.0.2.7'],
    ]);
    expect(clientAddress(headers, '10.0.0.1', { proxies, header: 'x-forwarded-for' })).toBe('192.0.2.7');
  });
});

describe('Forwarded', () => {
  test.each([
    ['for=192.0.2.7', '192.0.2.7'],
    ['For="192.0.2.7:4711";proto=https;by=10.0.0.1', '192.0.2.7'],
    ['proto=https; for="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17'],
    ['for=127.0.0.1, for=192.0.2.7;host=x, for=10.0.0.2', '192.0.2.7'],
    // A quote that a client left open does not swallow what the proxy added.
    ['for="evil, for=192.0.2.7', '192.0.2.7'],
    ['for=127.0.0.1;x="a,for=192.0.2.7', '192.0.2.7'],
    // junkurihara/rust-rpxy#619: a hidden port is a port.
    ['for="192.0.2.7:_web"', '192.0.2.7'],
    ['for="[2001:db8::1]:_web.1"', '2001:db8::1'],
    // lpinca/forwarded-parse#7, sozu-proxy/sozu#1254: proxies that forget the brackets.
    ['for=2001:861:3a42:b7b0:9971:120a:391f:f585', '2001:861:3a42:b7b0:9971:120a:391f:f585'],
    ['by=10.0.0.1;for="2001:db8::1";host="a:1"', '2001:db8::1'],
    ['for=unknown', '10.0.0.1'],
    ['for=_gazonk', '10.0.0.1'],
    ['for="_SEVKISEK"', '10.0.0.1'],
    ['for=192.0.2.7;for=198.51.100.1', '10.0.0.1'],
    ['by=192.0.2.7', '10.0.0.1'],
    ['192.0.2.7', '10.0.0.1'],
    ['for=', '10.0.0.1'],
    ['for=192.0.2.7;host="a,b"', '10.0.0.1'],
  ])('%j is from %s', (value, client) => {
    expect(of(value, { header: 'forwarded' })).toBe(client);
  });

  test('is not read where the proxies set the other header: they pass on what a client sends', () => {
    const headers = new Headers({ Forwarded: 'for=127.0.0.1', 'X-Forwarded-For': '192.0.2.7' });
    expect(clientAddress(headers, '10.0.0.1', { proxies, header: 'x-forwarded-for' })).toBe('192.0.2.7');
    expect(clientAddress(headers, '10.0.0.1', { proxies, header: 'forwarded' })).toBe('127.0.0.1');
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8::1', '2001:db8:0:0::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is limited as %s', (address, key) => {
  expect(limitKeyOf(address)).toBe(key);
});
