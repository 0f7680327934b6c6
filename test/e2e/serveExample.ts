import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type InlineConfig, preview } from 'vite';
import { sourceAliases } from '../../scripts/entries.mjs';

/**
 * What docs/openlayers.md and docs/maplibre.md say that a server may send. 'unsafe-eval' is for zod alone, which
 * tries whether it may evaluate. The zod in the published package does not.
 */
const CSP = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "connect-src 'self'",
].join('; ');

/** Builds an example on the sources as they are now, and serves it on a free port. */
export async function serveExample(name: string): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), `lrt-example-${name}-`));
  const root = join(import.meta.dirname, '../..');
  const shared: InlineConfig = {
    root: join(root, 'examples', name),
    resolve: { alias: sourceAliases },
    // What `msw init` writes.
    publicDir: join(root, 'harness/public'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  };
  await build(shared);
  const server = await preview({
    ...shared,
    preview: { port: 0, headers: { 'Content-Security-Policy': CSP } },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error(`examples/${name} is not served at a local address.`);
  return {
    url,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
