import { parseArgs } from 'node:util';
import { createBackend } from '../../backend/app.ts';
import { customerConnectionTask } from '../../backend/definitions/customerConnection.ts';
import { MemoryStore } from '../../backend/network/MemoryStore.ts';
import { EmbeddedEngine } from '../../backend/tasks/EmbeddedEngine.ts';
import { startServer } from './nodeServer.ts';
import { builtInTown, readTown } from './readTown.ts';

const USAGE = 'usage: serve [--port 8080] [--host 127.0.0.1] [--town FOLDER]';

const { port, host, town } = readArguments();
const store = new MemoryStore({
  town:
    town === undefined
      ? builtInTown()
      : await readTown(town).catch((error) => giveUp(`--town ${town}`, error)),
});
const engine = new EmbeddedEngine({ definitions: [customerConnectionTask], store });
const backend = createBackend({ engine, store, onError: (error) => console.error(error) });
const server = await startServer({ fetch: backend.fetch, port, hostname: host }).catch((error) =>
  giveUp(`--host ${host} --port ${port}`, error),
);
const designs = (await store.designs()).map(({ name }) => `design/${name}`).join(', ');
console.log(`${server.url}/tasks  (${designs || 'no designs'})`);

let closing: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time the user means it.
    if (closing) process.exit(1);
    closing = close();
  });
}

async function close(): Promise<void> {
  await engine.close();
  await server.close();
}

function giveUp(what: string, error: unknown): never {
  console.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function readArguments(): { port: number; host: string; town: string | undefined } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      town: { type: 'string' },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) {
    console.error(`--port must be a number from 0 to 65535, not "${values.port}"\n${USAGE}`);
    process.exit(2);
  }
  return { port, host: values.host, town: values.town };
}
