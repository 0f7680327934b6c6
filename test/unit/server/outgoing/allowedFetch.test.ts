import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { allowedFetch } from '../../../../server/src/outgoing/allowedFetch.ts';
import { HostList } from '../../../../server/src/outgoing/HostList.ts';

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const fetchHere = allowedFetch(new HostList());

it('sends method, headers and body, and gives status, headers and body', async () => {
  const port = await serve((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      response.writeHead(201, { 'x-method': request.method, 'set-cookie': ['a=1', 'b=2'] });
      response.end(`${request.headers.authorization} ${body}`);
    });
  });
  const response = await fetchHere(`http://localhost:${port}/a?b=c`, {
    method: 'POST',
    body: '{"x":1}',
    headers: { authorization: 'Bearer t' },
  });
  expect([response.status, response.headers.get('x-method'), await response.text()]).toEqual([
    201,
    'POST',
    'Bearer t {"x":1}',
  ]);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

it('follows no redirect', async () => {
  const port = await serve((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  });
  const response = await fetchHere(`http://127.0.0.1:${port}/`);
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
});

it.each([
  ['http://10.0.0.1/', /10\.0\.0\.1 is an address of a private network/],
  ['http://[::ffff:169.254.169.254]/', /not on the list/],
  ['http://0x7f.1.1:1/', /ECONNREFUSED|127\.1\.0\.1|connect/],
  ['http://93.184.216.34/', /93\.184\.216\.34 is not on the list/],
  ['ftp://127.0.0.1/', /only http and https/],
  ['http://user:word@127.0.0.1/', /credentials/],
])('refuses %s', async (url, reason) => {
  await expect(fetchHere(url)).rejects.toThrow(reason);
});

it('gives up on the signal, also while the body comes', async () => {
  const port = await serve((_, response) => void response.write('half'));
  const cancel = new AbortController();
  const response = await fetchHere(`http://127.0.0.1:${port}/`, { signal: cancel.signal });
  cancel.abort();
  await expect(response.text()).rejects.toThrow();
});
