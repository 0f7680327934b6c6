import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How a connection over the line ends, and how long it lasts. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 15_000;
/** After a cut the line takes no connection for so long. */
const DOWN_MS = 1_000;

/**
 * A line of a mobile user: each connection over it is cut after 1 to 15 s, by an end or by a reset, and for up to a
 * second nothing gets through. One in ten goes silent first.
 */
export async function openFlakyLine(port: number, random: () => number) {
  const sockets = new Set<Socket>();
  let cuts = 0;
  let downUntil = 0;

  const line = createServer((client) => {
    if (performance.now() < downUntil) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', port });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    const close = () => {
      clearTimeout(timer);
      client.destroy();
      server.destroy();
    };
    const cut = () => {
      cuts += 1;
      downUntil = performance.now() + DOWN_MS * random();
      if (random() < 0.5) client.resetAndDestroy();
      else client.end();
      server.destroy();
    };
    const fail = () => {
      if (random() >= 0.1) return cut();
      client.unpipe(server);
      server.unpipe(client);
      timer = setTimeout(cut, 3_000);
    };
    let timer = setTimeout(fail, SHORTEST_MS + (LONGEST_MS - SHORTEST_MS) * random());
    client.on('close', close).on('error', close);
    server.on('close', close).on('error', close);
    client.pipe(server).pipe(client);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address() as AddressInfo;
  return {
    port: address.port,
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      line.close();
      await once(line, 'close');
    },
  };
}
