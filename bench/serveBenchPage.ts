import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a page of a bench and serves it at an origin of its own, as a GIS client would be.
 *
 * @param entries the scripts of the page, in the order in which they run
 */
export function serveBenchPage(...entries: string[]): Promise<{ origin: string; close(): void }> {
  return servePage(entries, async () => undefined);
}

/**
 * Does the same for a page that asks for more than its scripts.
 *
 * @param more answers a path that is none of the page's scripts; undefined: the page itself is the answer
 */
export async function servePage(
  entries: readonly string[],
  more: (path: string) => Promise<{ type: string; body: string } | undefined>,
): Promise<{ origin: string; close(): void }> {
  const built = await build({
    entryPoints: [...entries],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: '/',
    write: false,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const files = new Map(built.outputFiles.map(({ path, text }) => [path, text]));
  const scripts = entries.map(
    (entry) => `<script type="module" src="/${basename(entry).replace(/\.tsx?$/, '.js')}"></script>`,
  );
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    const script = files.get(path);
    const known = script === undefined ? await more(path) : { type: 'text/javascript', body: script };
    response.setHeader('content-type', known?.type ?? 'text/html');
    response.end(known?.body ?? `<!doctype html><link rel="icon" href="data:,"><body>${scripts.join('')}`);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
