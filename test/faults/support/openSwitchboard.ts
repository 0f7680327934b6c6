import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A load balancer as there is one in front of several servers: hands each connection to the next of the ports that
 * takes it, and ends it where the other side does.
 */
export async function openSwitchboard(ports: readonly number[]) {
  const sockets = new Set<Socket>();
  let turn = 0;

  const open = (client: Socket, tries: number): void => {
    const port = ports[turn++ % ports.length];
    const server = connect({ host: '127.0.0.1', port: port ?? 0 });
    sockets.add(server);
    server.on('close', () => sockets.delete(server));
    server.once('error', () => {
      if (server.pending && tries < ports.length && !client.destroyed) open(client, tries + 1);
      else client.destroy();
    });
    server.once('connect', () => {
      client.pipe(server).pipe(client);
      const cut = () => {
        client.destroy();
        server.destroy();
      };
      client.on('close', cut).on('error', cut);
      server.on('close', cut).on('error', cut);
    });
  };

  const switchboard = createServer((client) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client));
    client.on('error', () => client.destroy());
    open(client, 1);
  });
  switchboard.listen(0, '127.0.0.1');
  await once(switchboard, 'listening');
  const { port } = switchboard.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      switchboard.close();
      await once(switchboard, 'close');
    },
  };
}
