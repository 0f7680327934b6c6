import { expect, it } from 'vitest';
import { HostList } from '../../../../server/src/outgoing/HostList.ts';

const allowed = (list: HostList, name: string, address = name) => list.refusal(name, address) === undefined;

it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
  'this machine may be called without a list: %s',
  (address) => {
    expect(allowed(new HostList(), 'localhost', address)).toBe(true);
  },
);

it.each([
  ['gis.example', '93.184.216.34'],
  ['metadata', '169.254.169.254'],
  ['router', '192.168.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
  ['::ffff:a9fe:a9fe', '::ffff:a9fe:a9fe'],
  ['nat64', '64:ff9b::a00:1'],
  ['nat64', '64:ff9b:1::a00:1'],
  ['6to4', '2002:7f00:1::1'],
  ['teredo', '2001:0:a00:1::1'],
  ['compatible', '::a00:1'],
  ['segment', '5f00::1'],
  ['site', 'fec0::1'],
  ['all', '0.0.0.0'],
  ['all', '::'],
  ['link', 'fe80::1'],
  ['private', 'fd00::1'],
  ['group', '239.1.1.1'],
])('nothing else may: %s', (name, address) => {
  expect(allowed(new HostList(), name, address)).toBe(false);
});

it('a listed name may lead to public addresses, and not to private ones', () => {
  const list = new HostList(['models.example', '*.gis.example']);
  expect(allowed(list, 'models.example', '93.184.216.34')).toBe(true);
  expect(allowed(list, 'MODELS.example.', '93.184.216.34')).toBe(true);
  expect(allowed(list, 'a.gis.example', '2606:2800::1')).toBe(true);
  expect(allowed(list, 'gis.example', '93.184.216.34')).toBe(false);
  expect(allowed(list, 'notmodels.example', '93.184.216.34')).toBe(false);
  for (const address of [
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '2002:7f00:1::1',
    '64:ff9b::a9fe:a9fe',
    '::7f00:1',
    '5f00::1',
  ]) {
    expect(list.refusal('models.example', address), address).toMatch(/private/);
  }
  expect(list.refusal('models.example', '10.1.2.3')).toMatch(/models\.example \(10\.1\.2\.3\).*private/);
});

it('a listed network may be reached by any name, and its neighbours not', () => {
  const list = new HostList(['10.1.0.0/16', '192.168.7.7', '[fd00::]/8']);
  expect(allowed(list, 'service', '10.1.2.3')).toBe(true);
  expect(allowed(list, 'service', '::ffff:10.1.2.3')).toBe(true);
  expect(allowed(list, 'service', '10.2.0.1')).toBe(false);
  expect(allowed(list, 'service', '192.168.7.7')).toBe(true);
  expect(allowed(list, 'service', '192.168.7.8')).toBe(false);
});

it.each(['', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', 'a b', 'http://x', '-a.example', '*', 'x/8'])(
  '"%s" is refused, by its name',
  (entry) => {
    expect(() => new HostList([entry])).toThrow(`"${entry}" is no host`);
  },
);
