import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a page of a bench and serves it at an origin of its own, as a GIS client would be.
 *
 * @param entries the scripts of the page, in the order in which they run
 */
export async function serveBenchPage(...entries: string[]): Promise<{ origin: string; close(): void }> {
  const built = await build({
    entryPoints: entries,
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
  const server = createServer((request, response) => {
    const text = files.get(new URL(request.url ?? '/', 'http://page').pathname);
    response.setHeader('content-type', text === undefined ? 'text/html' : 'text/javascript');
    response.end(text ?? `<!doctype html><link rel="icon" href="data:,"><body>${scripts.join('')}`);
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
