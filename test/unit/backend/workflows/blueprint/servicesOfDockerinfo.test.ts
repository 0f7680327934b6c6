import { expect, test } from 'vitest';
import { graphOfBlueprint } from '../../../../../backend/workflows/blueprint/graphOfBlueprint.ts';
import { servicesOfDockerinfo } from '../../../../../backend/workflows/blueprint/servicesOfDockerinfo.ts';
import { blueprintOf, SEED_BODY } from '../../../../support/tasks/seedBlueprint.ts';

const graph = graphOfBlueprint(blueprintOf({ a: { x: ['b:y'] }, b: { y: [] } }), (name) => name === 'y');
const at = (ip_address: unknown, port: unknown = '8080') => ({
  docker_info_list: [{ container_name: 'a', ip_address, port }],
});

test('the addresses of the template', () => {
  const seed = graphOfBlueprint(SEED_BODY.blueprint, () => false);
  expect(servicesOfDockerinfo(SEED_BODY.dockerinfo, seed)).toEqual({ 'my-service': 'http://localhost:8080' });
});

test.each(['localhost', '127.0.0.1', 'grid_service-1', 'grid.example.org', 'a1', '10.in-addr.arpa'])(
  '%s is a host, and a port may be a number',
  (host) => {
    expect(servicesOfDockerinfo(at(host, 80), graph)).toEqual({ a: `http://${host}:80` });
  },
);

test('containers that no node asks are passed over, and a graph of our own tasks needs none', () => {
  const more = {
    docker_info_list: [
      ...at('localhost').docker_info_list,
      { container_name: 'c', ip_address: 'c', port: 1 },
    ],
  };
  expect(servicesOfDockerinfo(more, graph)).toEqual({ a: 'http://localhost:8080' });
  const own = graphOfBlueprint(blueprintOf({ b: { y: [] } }), () => true);
  expect(servicesOfDockerinfo(undefined, own)).toEqual({});
});

test.each([
  '[::1]',
  '::1',
  'user@host',
  'host/path',
  'host:80',
  'host\n',
  'host\r\nX: 1',
  ' host',
  'host?',
  'host#',
  '',
  '.',
  'host.',
  '-host',
  'a..b',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '256.1.1.1',
  '01.2.3.4',
  'ho%73t',
  'höst',
  'a'.repeat(64),
  `${'a.'.repeat(130)}a`,
  7,
  null,
  undefined,
  {},
])('%j is no host', (host) => {
  expect(() => servicesOfDockerinfo(at(host), graph)).toThrow(
    /"dockerinfo.docker_info_list.a.ip_address" must be a host name/,
  );
});

test.each([
  '',
  '0',
  '65536',
  '80a',
  '-1',
  '8080/tcp',
  '8e1',
  ' 80',
  '080',
  0,
  65_536,
  80.5,

  null,
  undefined,
  [],
])('%j is no port', (port) => {
  expect(() =>
    servicesOfDockerinfo({ docker_info_list: [{ container_name: 'a', ip_address: 'a', port }] }, graph),
  ).toThrow(/"dockerinfo.docker_info_list.a.port" must be a number from 1 to 65535/);
});

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /misses container "a", which node "a:x" needs/],
  ['an empty list', { docker_info_list: [] }, /misses container "a"/],
  ['no list', {}, /"dockerinfo.docker_info_list" must be a list/],
  ['a text', 'x', /"dockerinfo" must be an object/],
  [
    'what cannot be read',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    ),
    /"dockerinfo" cannot be read/,
  ],
  ['null', null, /"dockerinfo" must be an object/],
  ['a container without a name', { docker_info_list: [{}] }, /docker_info_list.0.container_name" must be/],
  ['an entry of null', { docker_info_list: [null] }, /docker_info_list.0.container_name" must be/],
  [
    'a container twice',
    { docker_info_list: [...at('a').docker_info_list, ...at('b').docker_info_list] },
    /docker_info_list.a" is there twice/,
  ],
  ['10,000 containers', { docker_info_list: new Array(10_000) }, /has 10000 entries/],
])('%s is refused, and named', (_, dockerinfo, message) => {
  expect(() => servicesOfDockerinfo(dockerinfo, graph)).toThrow(message);
});
